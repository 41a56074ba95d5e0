package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ses"
	"github.com/google/go-cmp/cmp"

	"portero/shared/domain/message"
)

// client returns an SES client of the kind the app makes, with the SDK's own
// retries left on.
func client(endpoint string) *ses.Client {
	return ses.New(ses.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(endpoint),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}, nil
		}),
	})
}

const sent = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100-abc</MessageId></SendRawEmailResult></SendRawEmailResponse>`

func refusal(code, text string) string {
	return fmt.Sprintf(`<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>`, code, text)
}

func TestSendGivesSESTheMailOnce(t *testing.T) {
	var form url.Values
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		form = r.PostForm
		_, _ = io.WriteString(w, sent)
	}))
	defer server.Close()
	l := letter(t, message.Reminder, "es")
	raw := compose(t, l)
	got, err := Sender{SES: client(server.URL), ConfigurationSet: "portero-mail"}.Send(t.Context(), raw, TagsOf(l.Message))
	if err != nil || got != "0100-abc" {
		t.Fatalf("%q, %v", got, err)
	}
	want := url.Values{
		"Action": {"SendRawEmail"}, "Version": {"2010-12-01"}, "ConfigurationSetName": {"portero-mail"},
		"Source": {"portero@portal.example.com"}, "Destinations.member.1": {"ana@clienta.example"},
		"RawMessage.Data":    {base64.StdEncoding.EncodeToString(raw.Bytes)},
		"Tags.member.1.Name": {"workspace"}, "Tags.member.1.Value": {string(ws)},
		"Tags.member.2.Name": {"message"}, "Tags.member.2.Value": {string(msg)},
		"Tags.member.3.Name": {"kind"}, "Tags.member.3.Value": {"reminder"},
		"Tags.member.4.Name": {"number"}, "Tags.member.4.Value": {"2"},
	}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Errorf("what SES got (-want +got):\n%s", diff)
	}
}

func TestWhatSESSaysBecomesAStableReasonAfterOneCall(t *testing.T) {
	const address = "Email address is not verified: ana@clienta.example"
	for name, c := range map[string]struct {
		status     int
		code, text string
		want       error
		reason     string
	}{
		"too fast":                     {400, "Throttling", "Maximum sending rate exceeded.", ErrThrottled, "rate"},
		"too fast, as SES v2 says it":  {400, "ThrottlingException", "Maximum sending rate exceeded", ErrThrottled, "rate"},
		"throttled without a text":     {400, "Throttling", "", ErrThrottled, "rate"},
		"too many requests":            {429, "SomethingNew", "x", ErrThrottled, "rate"},
		"the day is used up":           {400, "Throttling", "Daily message quota exceeded.", ErrQuota, "quota"},
		"rejected":                     {400, "MessageRejected", address, ErrRejected, "message_rejected"},
		"sender's domain not verified": {400, "MailFromDomainNotVerifiedException", address, ErrRejected, "sender_not_verified"},
		"an invalid parameter":         {400, "InvalidParameterValue", address, ErrRejected, "invalid_parameter"},
		"a validation error":           {400, "ValidationError", address, ErrRejected, "invalid_parameter"},
		"the account is paused":        {400, "AccountSendingPausedException", "x", ErrUnavailable, "paused"},
		"the set is paused":            {400, "ConfigurationSetSendingPausedException", "x", ErrUnavailable, "paused"},
		"the set is missing":           {400, "ConfigurationSetDoesNotExist", "x", ErrUnavailable, "configuration_set"},
		"no permission":                {403, "AccessDenied", address, ErrUnavailable, "refused"},
		"expired credentials":          {403, "ExpiredToken", "x", ErrUnavailable, "refused"},
		"an internal failure":          {500, "InternalFailure", "x", ErrUnknown, "server_error"},
		"service unavailable":          {503, "ServiceUnavailable", "x", ErrUnknown, "server_error"},
		"a proxy's error page":         {502, "", "", ErrUnknown, "server_error"},
	} {
		t.Run(name, func(t *testing.T) {
			var calls atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls.Add(1)
				w.WriteHeader(c.status)
				if c.code != "" {
					_, _ = io.WriteString(w, refusal(c.code, c.text))
				}
			}))
			defer server.Close()
			expectFailure(t, server.URL, c.want, c.reason)
			if n := calls.Load(); n != 1 {
				t.Errorf("SES was called %d times", n)
			}
		})
	}
}

func TestWithoutAnAnswerTheOutcomeIsUnknown(t *testing.T) {
	var calls atomic.Int32
	hangUp := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.Close()
	}))
	defer hangUp.Close()
	expectFailure(t, hangUp.URL, ErrUnknown, "no_answer")

	garbage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		_, _ = io.WriteString(w, "<not xml")
	}))
	defer garbage.Close()
	expectFailure(t, garbage.URL, ErrUnknown, "server_error")
	if n := calls.Load(); n != 2 {
		t.Errorf("SES was called %d times", n)
	}
}

func TestATimeoutIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel() // as the deadline would, once SES has the mail
		<-r.Context().Done()
	}))
	defer server.Close()
	l := letter(t, message.Invitation, "es")
	_, err := Sender{SES: client(server.URL)}.Send(ctx, compose(t, l), TagsOf(l.Message))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v", err)
	}
}

func TestWhereNobodyListensNothingWasSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	expectFailure(t, endpoint, ErrUnavailable, "unreachable")
}

func TestATagSESDoesNotTakeIsRefusedBeforeTheCall(t *testing.T) {
	l := letter(t, message.Invitation, "es")
	for _, kind := range []message.Kind{"", "a b", "a.b", "a@b", "ñ", "a\r\n", message.Kind(strings.Repeat("a", 257))} {
		tags := TagsOf(l.Message)
		tags.Kind = kind
		if _, err := (Sender{}).Send(t.Context(), compose(t, l), tags); !errors.Is(err, ErrRejected) {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

// expectFailure sends a mail and holds the failure to its outcome, to nothing
// but that outcome, and to a text without an address.
func expectFailure(t *testing.T, endpoint string, want error, reason string) {
	t.Helper()
	l := letter(t, message.Invitation, "es")
	_, err := Sender{SES: client(endpoint)}.Send(t.Context(), compose(t, l), TagsOf(l.Message))
	for _, outcome := range []error{ErrThrottled, ErrQuota, ErrRejected, ErrUnavailable, ErrUnknown} {
		if errors.Is(err, outcome) != (outcome == want) {
			t.Errorf("is %v: %v, want only %v", outcome, errors.Is(err, outcome), want)
		}
	}
	var f *Failure
	if !errors.As(err, &f) || f.Reason != reason {
		t.Fatalf("got %v, want reason %s", err, reason)
	}
	if f.Cause() == nil || err.Error() != want.Error()+": "+reason {
		t.Errorf("text %q, cause %v", err, f.Cause())
	}
}
