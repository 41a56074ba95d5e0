package ses_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"portero/infra/local/standin/ses"
)

// published is what a reader of SES's events takes from them.
type published struct {
	ID         string
	Source     string
	DetailType string `json:"detail-type"`
	Time       string
	Resources  []string
	Detail     struct {
		EventType string
		Mail      struct {
			MessageID   string
			Source      string
			Timestamp   string
			Destination []string
			Tags        map[string][]string
			Headers     []struct{ Name, Value string }
		}
		Bounce struct {
			BounceType, BounceSubType, FeedbackID string
			BouncedRecipients                     []struct{ EmailAddress, Status string }
		}
		Complaint struct {
			ComplaintFeedbackType string
			ComplainedRecipients  []struct{ EmailAddress string }
		}
		Delivery      struct{ Recipients []string }
		DeliveryDelay struct {
			DelayType, ExpirationTime string
			DelayedRecipients         []struct{ EmailAddress string }
		}
		Reject struct{ Reason string }
	}
}

func (r *rig) published(t *testing.T) []published {
	t.Helper()
	r.Drain()
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []published
	for _, e := range r.events {
		var p published
		if err := json.Unmarshal([]byte(e), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func kinds(all []published) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Detail.EventType)
	}
	return strings.Join(names, " ")
}

func TestSimulatorAddresses(t *testing.T) {
	for name, c := range map[string]struct{ to, want string }{
		"an ordinary address takes its mail":           {"ana@client.example", "Send Delivery"},
		"success takes it too":                         {"success@simulator.amazonses.com", "Send Delivery"},
		"bounce bounces":                               {"bounce@simulator.amazonses.com", "Send Bounce"},
		"a label changes nothing":                      {"Bounce+inv_1@Simulator.amazonses.com", "Send Bounce"},
		"complaint takes it and complains":             {"complaint@simulator.amazonses.com", "Send Delivery Complaint"},
		"suppressionlist bounces":                      {"suppressionlist@simulator.amazonses.com", "Send Bounce"},
		"ooto takes it and answers":                    {"ooto@simulator.amazonses.com", "Send Delivery Bounce"},
		"an unknown simulator address takes its mail":  {"other@simulator.amazonses.com", "Send Delivery"},
		"a look-alike of the simulator is an ordinary": {"bounce@simulator.amazonses.com.example", "Send Delivery"},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, ses.Options{})
			id := r.send(t, c.to)
			all := r.published(t)
			if got := kinds(all); got != c.want {
				t.Fatalf("events are %q, want %q", got, c.want)
			}
			for _, p := range all {
				if p.Source != "aws.ses" || p.Detail.Mail.MessageID != id || len(p.ID) != 36 ||
					!slices.Equal(p.Detail.Mail.Tags["message"], []string{"msg_1"}) ||
					!slices.Equal(p.Detail.Mail.Tags["ses:configuration-set"], []string{"portero"}) {
					t.Errorf("event is %+v", p)
				}
			}
		})
	}
}

func TestEventDetails(t *testing.T) {
	r := open(t, ses.Options{})
	r.send(t, "bounce@simulator.amazonses.com")
	r.send(t, "suppressionlist@simulator.amazonses.com")
	r.send(t, "ooto@simulator.amazonses.com")
	id := r.send(t, "complaint@simulator.amazonses.com")
	r.advance(time.Minute)
	for _, o := range []ses.Outcome{ses.Delayed, ses.Rejected} {
		if !r.Report(id, o) {
			t.Fatal("the message is not known")
		}
	}
	if r.Report("unknown", ses.Bounced) {
		t.Error("an unknown message was reported on")
	}
	byKind := map[string][]published{}
	for _, p := range r.published(t) {
		byKind[p.DetailType] = append(byKind[p.DetailType], p)
	}
	bounces := byKind["Email Bounced"]
	if len(bounces) != 3 {
		t.Fatalf("%d bounces", len(bounces))
	}
	for i, want := range []string{"Permanent General 5.1.1", "Permanent Suppressed 5.1.1", "Transient General "} {
		b := bounces[i].Detail.Bounce
		if got := b.BounceType + " " + b.BounceSubType + " " + b.BouncedRecipients[0].Status; got != want || b.FeedbackID == "" {
			t.Errorf("bounce %d is %q, want %q", i, got, want)
		}
	}
	if got := byKind["Email Complaint Received"][0].Detail.Complaint; got.ComplaintFeedbackType != "abuse" ||
		got.ComplainedRecipients[0].EmailAddress != "complaint@simulator.amazonses.com" {
		t.Errorf("complaint is %+v", got)
	}
	delayed := byKind["Email Delivery Delayed"][0]
	if delayed.Time != "2026-11-22T12:01:00Z" || delayed.Detail.DeliveryDelay.ExpirationTime != "2026-11-23T02:00:00.000Z" {
		t.Errorf("delay is %+v", delayed)
	}
	if got := byKind["Email Rejected"][0].Detail.Reject.Reason; got != "Bad content" {
		t.Errorf("reason is %q", got)
	}
	sent := byKind["Email Sent"][0]
	if sent.Detail.Mail.Timestamp != "2026-11-22T12:00:00.000Z" || len(sent.Detail.Mail.Headers) != 6 || len(sent.Resources) != 1 {
		t.Errorf("send is %+v", sent)
	}
}

func TestEachRecipientHasItsOwnOutcome(t *testing.T) {
	r := open(t, ses.Options{})
	r.send(t, "ana@client.example", "bounce@simulator.amazonses.com")
	all := r.published(t)
	if got := kinds(all); got != "Send Delivery Bounce" {
		t.Fatalf("events are %q", got)
	}
	if got := all[1].Detail.Delivery.Recipients; !slices.Equal(got, []string{"ana@client.example"}) {
		t.Errorf("delivered to %v", got)
	}
}

func TestEventsComeAfterTheAnswer(t *testing.T) {
	answered, came := make(chan struct{}), make(chan bool, 2)
	r := open(t, ses.Options{OnEvent: func([]byte) {
		<-answered // would never end if the answer waited for its events
		came <- true
	}})
	r.send(t, "ana@client.example")
	close(answered)
	r.Drain()
	if len(came) != 2 {
		t.Errorf("%d events", len(came))
	}
}

func TestAnEventHandlerMaySendMail(t *testing.T) {
	var r *rig
	r = open(t, ses.Options{OnEvent: func(b []byte) {
		if strings.Contains(string(b), `"eventType":"Bounce"`) {
			if _, err := r.client.SendRawEmail(t.Context(), mailTo("inviter@firm.example")); err != nil {
				t.Error(err)
			}
		}
	}})
	r.send(t, "bounce@simulator.amazonses.com")
	r.Drain()
	if n := r.Count(ses.Filter{}); n != 2 {
		t.Errorf("%d messages", n)
	}
}

func TestCloseDrains(t *testing.T) {
	r := open(t, ses.Options{})
	for range 20 {
		r.send(t, "ana@client.example")
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.events); n != 40 {
		t.Errorf("%d events", n)
	}
	r.send(t, "ana@client.example")
	r.Drain()
	if n := len(r.events); n != 40 {
		t.Errorf("%d events after Close", n)
	}
}
