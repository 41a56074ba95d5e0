package inbox_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/ses"
	"github.com/aws/aws-sdk-go-v2/service/ses/types"

	"portero/infra/local/standin/inbox"
	"portero/infra/local/standin/ses"
)

func start(t *testing.T, o inbox.Options) *inbox.Inbox {
	t.Helper()
	i, err := inbox.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = i.Close() })
	return i
}

// gate starts an SES gate and a client of it.
func gate(t *testing.T, o ses.Options) (*ses.Gate, *sdk.Client) {
	t.Helper()
	g, err := ses.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(g)
	t.Cleanup(func() { server.Close(); _ = g.Close() })
	return g, sdk.New(sdk.Options{
		Region: "us-east-1", BaseEndpoint: &server.URL,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
		}),
	})
}

func send(t *testing.T, c *sdk.Client) {
	t.Helper()
	_, err := c.SendRawEmail(t.Context(), &sdk.SendRawEmailInput{
		ConfigurationSetName: aws.String("portero"), Destinations: []string{"ana@client.example"},
		Tags: []types.MessageTag{{Name: aws.String("message"), Value: aws.String("msg_1")}},
		RawMessage: &types.RawMessage{Data: []byte("From: Firm <hola@firm.example>\r\nTo: ana@client.example\r\n" +
			"Subject: =?utf-8?q?Invitaci=C3=B3n?=\r\nMIME-Version: 1.0\r\n" +
			"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Hola, =C3=81na</p>\r\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// email is what the inbox shows of a mail.
type email struct {
	From, Subject string
	Destination   struct{ To []string }
	Body          struct{ HTML string }
}

func stored(t *testing.T, i *inbox.Inbox) []email {
	t.Helper()
	res, err := http.Get(i.URL + "/store")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var store struct{ Emails []email }
	if err := json.NewDecoder(res.Body).Decode(&store); err != nil {
		t.Fatal(err)
	}
	return store.Emails
}

func TestANewInboxGetsTheMailThatWasKept(t *testing.T) {
	dir := t.TempDir()
	g, client := gate(t, ses.Options{Dir: dir})
	send(t, client)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	i := start(t, inbox.Options{})
	again, client := gate(t, ses.Options{Dir: dir, Inbox: i.URL, OnError: func(err error) { t.Error(err) }})
	again.Drain()
	if emails := stored(t, i); len(emails) != 1 || emails[0].Subject != "Invitación" {
		t.Errorf("shows %+v", emails)
	}
	send(t, client)
	again.Drain()
	if emails := stored(t, i); len(emails) != 2 {
		t.Errorf("%d mails", len(emails))
	}
}

func TestMailSentToTheGateShowsUp(t *testing.T) {
	var log strings.Builder
	i := start(t, inbox.Options{Log: &log})
	g, client := gate(t, ses.Options{Inbox: i.URL, OnError: func(err error) { t.Error(err) }})
	send(t, client)
	g.Drain()

	emails := stored(t, i)
	if len(emails) != 1 {
		t.Fatalf("%d mails", len(emails))
	}
	if m := emails[0]; m.Subject != "Invitación" || !strings.Contains(m.Body.HTML, "Hola, Ána") || m.Destination.To[0] != "ana@client.example" {
		t.Errorf("mail is %+v", m)
	}

	page, err := http.Get(i.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	if kind := page.Header.Get("Content-Type"); page.StatusCode != 200 || !strings.HasPrefix(kind, "text/html") {
		t.Errorf("the page is %d %s", page.StatusCode, kind)
	}
	if err := i.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "server running at") {
		t.Errorf("log is %q", log.String())
	}
}

func TestAMissingInboxDoesNotFailTheSend(t *testing.T) {
	i := start(t, inbox.Options{})
	if err := i.Close(); err != nil {
		t.Fatal(err)
	}
	var failures int
	g, client := gate(t, ses.Options{Inbox: i.URL, OnError: func(error) { failures++ }})
	send(t, client)
	g.Drain()
	if n := g.Count(ses.Filter{}); n != 1 || failures != 1 {
		t.Errorf("%d kept, %d failures told", n, failures)
	}
}

func TestPort(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	t.Run("a taken one is one clear line", func(t *testing.T) {
		_, err := inbox.Start(t.Context(), inbox.Options{Port: port})
		if err == nil || !strings.Contains(err.Error(), strconv.Itoa(port)) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error is %v", err)
		}
	})
	_ = l.Close()
	t.Run("a free one is used", func(t *testing.T) {
		i := start(t, inbox.Options{Port: port})
		if u, err := url.Parse(i.URL); err != nil || u.Port() != strconv.Itoa(port) {
			t.Errorf("url is %s, %v", i.URL, err)
		}
	})
}

func TestMissingParts(t *testing.T) {
	t.Run("without the package it says what to run", func(t *testing.T) {
		t.Chdir(t.TempDir())
		if _, err := inbox.Start(t.Context(), inbox.Options{}); err == nil || !strings.Contains(err.Error(), "npm ci --prefix infra") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("without node it says what to install", func(t *testing.T) {
		t.Setenv("PATH", "")
		if _, err := inbox.Start(t.Context(), inbox.Options{}); err == nil || !strings.Contains(err.Error(), "install Node.js") {
			t.Errorf("error is %v", err)
		}
	})
}
