package triggers

import (
	"regexp"
	"strings"
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
)

// mailEvent is what SES publishes through EventBridge, as far as it is read
// (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html).
type mailEvent struct {
	Time   time.Time `json:"time"`
	Detail struct {
		EventType string `json:"eventType"`
		Mail      struct {
			MessageID string              `json:"messageId"`
			Tags      map[string][]string `json:"tags"`
		} `json:"mail"`
		Delivery  occasion `json:"delivery"`
		Delay     occasion `json:"deliveryDelay"`
		Complaint occasion `json:"complaint"`
		Bounce    struct {
			occasion
			Type       string `json:"bounceType"`
			SubType    string `json:"bounceSubType"`
			Recipients []struct {
				Status string `json:"status"`
			} `json:"bouncedRecipients"`
		} `json:"bounce"`
	} `json:"detail"`
}

// occasion is when it happened. SES writes milliseconds or none.
type occasion struct {
	Timestamp string `json:"timestamp"`
}

// report is what an event says of one of our messages.
type report struct {
	Workspace id.Workspace
	Message   id.Message
	Delivery  message.Delivery
	Reason    string         // stable words; SES's own for bounces, in lower case
	Stop      mailbox.Reason // why the address gets no more mail; "" if it does
	Detail    string         // the enhanced status code, such as 5.1.1 (RFC 3463)
	At        time.Time
}

// tagged returns the message that the event's tags name; false if they name
// none of ours.
func (e mailEvent) tagged() (ws id.Workspace, m id.Message, ours bool) {
	ws, m = id.Workspace(e.tag("workspace")), id.Message(e.tag("message"))
	return ws, m, ws.Check() == nil && m.Check() == nil
}

func (e mailEvent) tag(name string) string {
	if all := e.Detail.Mail.Tags[name]; len(all) == 1 {
		return all[0]
	}
	return ""
}

// report reads the event; false if its kind changes nothing here: sends, opens,
// clicks and what SES may invent.
func (e mailEvent) report() (report, bool) {
	ws, m, _ := e.tagged()
	r := report{Workspace: ws, Message: m}
	when := ""
	switch d := e.Detail; d.EventType {
	case "Delivery":
		r.Delivery, when = message.Delivered, d.Delivery.Timestamp
	case "DeliveryDelay":
		r.Delivery, when = message.Delayed, d.Delay.Timestamp
	case "Bounce":
		r, when = e.bounced(r), d.Bounce.Timestamp
	case "Complaint":
		r.Delivery, r.Reason, r.Stop, when = message.Complained, "complaint", mailbox.Complained, d.Complaint.Timestamp
	case "Reject":
		r.Delivery, r.Reason = message.Failed, "rejected_content"
	default:
		return r, false
	}
	r.At = e.at(when)
	return r, true
}

// bounced tells an address that does not work from a mail that did not get
// through this time, such as an answer "out of office" or a full mailbox.
func (e mailEvent) bounced(r report) report {
	b := e.Detail.Bounce
	r.Reason = snake(b.SubType)
	if len(b.Recipients) > 0 && statusCode.MatchString(b.Recipients[0].Status) {
		r.Detail = b.Recipients[0].Status
	}
	switch {
	case b.Type != "Permanent":
		r.Delivery, r.Detail = message.Delayed, ""
	case b.SubType == "Suppressed" || b.SubType == "OnAccountSuppressionList":
		r.Delivery, r.Stop = message.Suppressed, mailbox.Suppressed
	default:
		r.Delivery, r.Stop = message.Bounced, mailbox.Bounced
	}
	return r
}

// at is when it happened by SES's clock, else when the event was made.
func (e mailEvent) at(when string) time.Time {
	t, err := time.Parse(time.RFC3339, when)
	if err != nil {
		t = e.Time
	}
	return t.UTC().Truncate(time.Second)
}

// statusCode is all of a server's words that is kept: they may name addresses.
var statusCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)

// words are the parts of SES's bounce sub-types: OnAccountSuppressionList.
var words = regexp.MustCompile(`[A-Z][a-z]*`)

// snake writes SES's sub-type as a stable word: "mailbox_full"; "general" for
// whatever is not of their form.
func snake(subType string) string {
	parts := words.FindAllString(subType, -1)
	if strings.Join(parts, "") != subType || subType == "" || len(subType) > 40 {
		return "general"
	}
	return strings.ToLower(strings.Join(parts, "_"))
}
