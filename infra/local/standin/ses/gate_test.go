package ses_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/ses"
	"github.com/aws/aws-sdk-go-v2/service/ses/types"
	"github.com/aws/smithy-go"

	"portero/infra/local/standin/ses"
)

// rig is a gate behind HTTP, a real SDK client before it, and a clock.
type rig struct {
	*ses.Gate
	client *sdk.Client
	url    string

	mu     sync.Mutex
	now    time.Time
	events []string
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// open starts a gate with the given options. Its client tries once.
func open(t *testing.T, o ses.Options) *rig {
	t.Helper()
	r := &rig{now: noon}
	o.Now = func() time.Time { r.mu.Lock(); defer r.mu.Unlock(); return r.now }
	if o.OnEvent == nil {
		o.OnEvent = func(b []byte) { r.mu.Lock(); defer r.mu.Unlock(); r.events = append(r.events, string(b)) }
	}
	var err error
	if r.Gate, err = ses.Open(o); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(r.Gate)
	r.url = server.URL
	r.client = sdk.New(sdk.Options{
		Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
		}),
	})
	t.Cleanup(func() { server.Close(); _ = r.Close() })
	return r
}

func (r *rig) advance(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
}

const welcome = "From: =?utf-8?q?Asesor=C3=ADa?= <hola@firm.example>\r\n" +
	"To: Ana <ana@client.example>\r\n" +
	"Subject: =?utf-8?q?Su_invitaci=C3=B3n?=\r\n" +
	"Auto-Submitted: auto-generated\r\n" +
	"MIME-Version: 1.0\r\n" +
	"Content-Type: multipart/alternative; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"Bienvenida, Ana =E2=80=93 pase=\r\n.\r\n" +
	"--b\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
	"PHA+Qmllbn\r\nZlbmlkYTwvcD4=\r\n--b--\r\n"

func mailTo(to ...string) *sdk.SendRawEmailInput {
	return &sdk.SendRawEmailInput{
		Source: aws.String("hola@firm.example"), Destinations: to, ConfigurationSetName: aws.String("portero"),
		RawMessage: &types.RawMessage{Data: []byte(welcome)},
		Tags: []types.MessageTag{
			{Name: aws.String("workspace"), Value: aws.String("wsp_1")}, {Name: aws.String("message"), Value: aws.String("msg_1")},
		},
	}
}

func (r *rig) send(t *testing.T, to ...string) string {
	t.Helper()
	out, err := r.client.SendRawEmail(t.Context(), mailTo(to...))
	if err != nil {
		t.Fatal(err)
	}
	return aws.ToString(out.MessageId)
}

// post calls the API without the SDK.
func post(g *ses.Gate, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=local")
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w
}

func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return fmt.Sprint(err)
}

func TestSendIsKeptAsItWasSent(t *testing.T) {
	r := open(t, ses.Options{})
	id := r.send(t, "ana@client.example")
	r.send(t, "Bob <bob@client.example>")
	all, err := r.Messages(ses.Filter{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d messages, %v", len(all), err)
	}
	m := all[0]
	for what, pair := range map[string][2]string{
		"id":      {m.ID, id},
		"raw":     {string(m.Raw), welcome},
		"source":  {m.Source, "hola@firm.example"},
		"to":      {m.Destinations[0], "ana@client.example"},
		"bare to": {all[1].Destinations[0], "bob@client.example"},
		"set":     {m.ConfigurationSet, "portero"},
		"tag":     {m.Tags["message"], "msg_1"},
		"from":    {m.From, "Asesoría <hola@firm.example>"},
		"header":  {m.Header["Auto-Submitted"][0], "auto-generated"},
		"subject": {m.Subject, "Su invitación"},
		"text":    {m.Text, "Bienvenida, Ana – pase."},
		"html":    {m.HTML, "<p>Bienvenida</p>"},
		"time":    {m.At.String(), noon.String()},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", what, pair[0], pair[1])
		}
	}
}

func TestFilter(t *testing.T) {
	r := open(t, ses.Options{})
	r.send(t, "ana@client.example", "bob@client.example")
	r.advance(time.Hour)
	r.send(t, "bob@client.example")
	for name, c := range map[string]struct {
		filter ses.Filter
		want   int
	}{
		"nothing asked chooses all":                    {ses.Filter{}, 2},
		"any recipient counts, without regard to case": {ses.Filter{To: "BOB@client.example"}, 2},
		"another recipient does not":                   {ses.Filter{To: "eve@client.example"}, 0},
		"all tags must fit":                            {ses.Filter{Tags: map[string]string{"message": "msg_1", "workspace": "other"}}, 0},
		"the instant itself is left out":               {ses.Filter{After: noon}, 1},
		"conditions add up":                            {ses.Filter{To: "ana@client.example", After: noon}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Messages(c.filter)
			if err != nil || len(got) != c.want || r.Count(c.filter) != c.want {
				t.Errorf("%d messages, count %d, want %d (%v)", len(got), r.Count(c.filter), c.want, err)
			}
		})
	}
}

func TestMessagesSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	first := open(t, ses.Options{Dir: dir, Quota: ses.Quota{PerDay: 2}})
	id := first.send(t, "ana@client.example")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := open(t, ses.Options{Dir: dir, Quota: ses.Quota{PerDay: 2}})
	second.send(t, "bob@client.example")
	all, err := second.Messages(ses.Filter{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d messages, %v", len(all), err)
	}
	if all[0].ID != id || string(all[0].Raw) != welcome || all[0].Tags["workspace"] != "wsp_1" || all[1].Number != 2 {
		t.Errorf("message is %+v", all[0])
	}
	if _, err := second.client.SendRawEmail(t.Context(), mailTo("eve@client.example")); code(err) != "Throttling" {
		t.Errorf("the daily quota forgot the first run: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	r := open(t, ses.Options{ConfigurationSet: "portero"})
	many := make([]string, 51)
	for i := range many {
		many[i] = fmt.Sprintf("a%d@client.example", i)
	}
	raw := func(s string) func(*sdk.SendRawEmailInput) {
		return func(in *sdk.SendRawEmailInput) { in.RawMessage.Data = []byte(s) }
	}
	for name, c := range map[string]struct {
		change func(*sdk.SendRawEmailInput)
		want   string
	}{
		"a mail without configuration set":         {func(in *sdk.SendRawEmailInput) { in.ConfigurationSetName = nil }, "ConfigurationSetDoesNotExist"},
		"a mail with an unknown configuration set": {func(in *sdk.SendRawEmailInput) { in.ConfigurationSetName = aws.String("x") }, "ConfigurationSetDoesNotExist"},
		"a mail without tags":                      {func(in *sdk.SendRawEmailInput) { in.Tags = nil }, "InvalidParameterValue"},
		"a tag with a character SES does not take": {func(in *sdk.SendRawEmailInput) { in.Tags[0].Value = aws.String("a#b") }, "InvalidParameterValue"},
		"a tag given twice":                        {func(in *sdk.SendRawEmailInput) { in.Tags[1].Name = in.Tags[0].Name }, "InvalidParameterValue"},
		"more than 50 recipients":                  {func(in *sdk.SendRawEmailInput) { in.Destinations = many }, "InvalidParameterValue"},
		"a recipient that is no address":           {func(in *sdk.SendRawEmailInput) { in.Destinations = []string{"ana"} }, "InvalidParameterValue"},
		"a recipient outside ASCII":                {func(in *sdk.SendRawEmailInput) { in.Destinations = []string{"peña@client.example"} }, "InvalidParameterValue"},
		"an empty message":                         {raw(""), "InvalidParameterValue"},
		"a message without From":                   {raw("Subject: a\r\n\r\nb"), "InvalidParameterValue"},
		"a header field given twice":               {raw("From: a@b.example\r\nSubject: a\r\nSubject: b\r\n\r\nc"), "InvalidParameterValue"},
		"a line of more than 1,000 octets":         {raw("From: a@b.example\r\n\r\n" + string(make([]byte, 1001))), "InvalidParameterValue"},
	} {
		t.Run(name, func(t *testing.T) {
			in := mailTo("ana@client.example")
			c.change(in)
			if _, err := r.client.SendRawEmail(t.Context(), in); code(err) != c.want {
				t.Errorf("error is %v, want %s", err, c.want)
			}
		})
	}
	t.Run("a message of more than 10 MB", func(t *testing.T) { // past the SDK, which takes seconds for it
		w := post(r.Gate, url.Values{
			"Action": {"SendRawEmail"}, "RawMessage.Data": {base64.StdEncoding.EncodeToString(make([]byte, 10<<20+1))},
		})
		if w.Code != 400 || !strings.Contains(w.Body.String(), "Message length is more than 10485760 bytes long.") {
			t.Errorf("answer is %d %s", w.Code, w.Body)
		}
	})
	t.Run("a call that is not signed", func(t *testing.T) {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
		if w.Code != 403 || !strings.Contains(w.Body.String(), "<Code>MissingAuthenticationToken</Code>") {
			t.Errorf("answer is %d %s", w.Code, w.Body)
		}
	})
	t.Run("an action that is not served", func(t *testing.T) {
		if _, err := r.client.ListIdentities(t.Context(), &sdk.ListIdentitiesInput{}); code(err) != "InvalidAction" {
			t.Errorf("error is %v", err)
		}
	})
	r.Drain()
	if n := r.Count(ses.Filter{}); n != 0 || len(r.events) != 0 {
		t.Errorf("%d messages and %d events of refused mail", n, len(r.events))
	}
}

func TestRecipientsComeFromTheHeaderWhenTheEnvelopeHasNone(t *testing.T) {
	r := open(t, ses.Options{})
	r.send(t)
	if n := r.Count(ses.Filter{To: "ana@client.example"}); n != 1 {
		t.Errorf("%d messages", n)
	}
}

func TestQuota(t *testing.T) {
	attempt := func(t *testing.T, r *rig, to string) string {
		t.Helper()
		_, err := r.client.SendRawEmail(t.Context(), mailTo(to))
		if err == nil {
			return ""
		}
		var api smithy.APIError
		errors.As(err, &api)
		return api.ErrorCode() + ": " + api.ErrorMessage()
	}
	t.Run("the rate is held over any second", func(t *testing.T) {
		r := open(t, ses.Options{Quota: ses.Quota{PerSecond: 2}})
		for i, want := range []string{"", "", "Throttling: Maximum sending rate exceeded."} {
			if got := attempt(t, r, "ana@client.example"); got != want {
				t.Errorf("send %d: %q, want %q", i+1, got, want)
			}
		}
		r.advance(time.Second)
		if got := attempt(t, r, "ana@client.example"); got != "" {
			t.Errorf("a second later: %q", got)
		}
	})
	t.Run("the day is held over any 24 hours, and the simulator's mail is free", func(t *testing.T) {
		r := open(t, ses.Options{})
		r.SetQuota(ses.Quota{PerDay: 1})
		for i, c := range []struct{ to, want string }{
			{"bounce@simulator.amazonses.com", ""}, {"ana@client.example", ""},
			{"ana@client.example", "Throttling: Daily message quota exceeded."}, {"success@simulator.amazonses.com", ""},
		} {
			if got := attempt(t, r, c.to); got != c.want {
				t.Errorf("send %d: %q, want %q", i+1, got, c.want)
			}
		}
		r.advance(24 * time.Hour)
		if got := attempt(t, r, "ana@client.example"); got != "" {
			t.Errorf("a day later: %q", got)
		}
	})
	t.Run("GetSendQuota tells the limits and what was sent", func(t *testing.T) {
		r := open(t, ses.Options{Quota: ses.Quota{PerSecond: 14, PerDay: 200}})
		r.send(t, "ana@client.example", "bob@client.example")
		out, err := r.client.GetSendQuota(t.Context(), &sdk.GetSendQuotaInput{})
		if err != nil {
			t.Fatal(err)
		}
		if out.MaxSendRate != 14 || out.Max24HourSend != 200 || out.SentLast24Hours != 2 {
			t.Errorf("quota is %+v", out)
		}
	})
	t.Run("no limit is told as SES tells it", func(t *testing.T) {
		r := open(t, ses.Options{})
		out, err := r.client.GetSendQuota(t.Context(), &sdk.GetSendQuotaInput{})
		if err != nil || out.Max24HourSend != -1 || out.MaxSendRate <= 0 {
			t.Errorf("quota is %+v, %v", out, err)
		}
	})
}

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault ses.Fault
		want  string // the error's code; empty: no answer at all
		kept  int
	}{
		"refused":                  {ses.Refuse, "MessageRejected", 0},
		"throttled":                {ses.Throttle, "Throttling", 0},
		"failed":                   {ses.Fail, "ServiceUnavailable", 0},
		"cut off":                  {ses.Cut, "", 0},
		"accepted, but not told":   {ses.Lose, "", 1},
		"not answered for so long": {ses.Hang, "", 0},
	} {
		t.Run("only the second call is "+name, func(t *testing.T) {
			r := open(t, ses.Options{Fault: func(call int, action string) ses.Fault {
				if call == 2 && action == "SendRawEmail" {
					return c.fault
				}
				return ses.None
			}})
			r.send(t, "ana@client.example")
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if c.fault != ses.Hang {
				ctx = t.Context()
			}
			_, err := r.client.SendRawEmail(ctx, mailTo("bob@client.example"))
			var api smithy.APIError
			if err == nil || errors.As(err, &api) != (c.want != "") || c.want != "" && api.ErrorCode() != c.want {
				t.Errorf("error is %v", err)
			}
			r.send(t, "eve@client.example")
			r.Drain()
			if n := r.Count(ses.Filter{To: "bob@client.example"}); n != c.kept {
				t.Errorf("kept %d, want %d", n, c.kept)
			}
			if n := len(r.events); n != 2*(2+c.kept) {
				t.Errorf("%d events, want a send and a delivery for each kept message", n)
			}
		})
	}
}

func TestView(t *testing.T) {
	r := open(t, ses.Options{})
	id := r.send(t, "ana@client.example")
	t.Run("lists the mail of one recipient", func(t *testing.T) {
		for to, want := range map[string]int{"ana@client.example": 1, "eve@client.example": 0} {
			w := httptest.NewRecorder()
			r.ServeHTTP(w, httptest.NewRequest("GET", "/messages?to="+to, nil))
			var got struct {
				Messages []struct{ ID, Subject, Text string }
			}
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if len(got.Messages) != want || want == 1 && (got.Messages[0].ID != id || got.Messages[0].Subject != "Su invitación") {
				t.Errorf("%s: %+v", to, got)
			}
		}
	})
	t.Run("shows one as it was sent", func(t *testing.T) {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest("GET", "/messages/"+id+"/raw", nil))
		if w.Body.String() != welcome {
			t.Errorf("raw is %q", w.Body)
		}
	})
	t.Run("knows no other", func(t *testing.T) {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest("GET", "/messages/x/raw", nil))
		if w.Code != 404 {
			t.Errorf("status %d", w.Code)
		}
	})
}
