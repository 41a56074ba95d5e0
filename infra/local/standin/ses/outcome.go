package ses

import (
	"strings"
	"time"
)

// Outcome is what becomes of a message at one recipient.
type Outcome int

const (
	// Delivered is a mail that the recipient's server took.
	Delivered Outcome = iota
	// Bounced is a permanent bounce, 5.1.1 user unknown.
	Bounced
	// AutoReplied is a mail delivered and answered "out of office", which SES
	// reports as a transient bounce.
	AutoReplied
	// Complained is a mail delivered and then marked as spam.
	Complained
	// Suppressed is a mail that SES did not try to deliver, because the address is
	// on its suppression list: a permanent bounce of the kind Suppressed.
	Suppressed
	// Delayed is a mail that SES goes on trying to deliver.
	Delayed
	// Rejected is a mail in which SES found a virus.
	Rejected
)

const (
	// simulatorDomain ends every address of the mailbox simulator.
	simulatorDomain = "@simulator.amazonses.com"
	// retryFor is how long SES goes on trying to deliver a delayed mail: the most
	// that may be set, and the default
	// (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html).
	retryFor = 14 * time.Hour
)

// outcomeAt is what the mailbox simulator does with an address; a label after a
// plus changes nothing. All other addresses take their mail.
func outcomeAt(address string) Outcome {
	local, isSimulator := strings.CutSuffix(strings.ToLower(address), simulatorDomain)
	if !isSimulator {
		return Delivered
	}
	name, _, _ := strings.Cut(local, "+")
	return map[string]Outcome{
		"bounce": Bounced, "ooto": AutoReplied, "complaint": Complained, "suppressionlist": Suppressed,
	}[name]
}

// outcomeEvents returns the events of one outcome. Their details are those of
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html,
// their names those of
// https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html, and what
// the simulator reports was read from notifications that it had caused.
func outcomeEvents(m *Message, to string, o Outcome, now time.Time) []object {
	at := now.UTC().Format(isoMillis)
	delivery := event(m, now, "Email Delivered", object{"eventType": "Delivery", "delivery": object{
		"timestamp": at, "processingTimeMillis": now.Sub(m.At).Milliseconds(), "recipients": []string{to},
		"smtpResponse": "250 2.6.0 Message received", "reportingMTA": "a8-96.smtp-out.amazonses.com",
	}})
	switch o {
	case Bounced:
		return []object{bounce(m, now, "Permanent", "General", object{
			"emailAddress": to, "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown",
		})}
	case Suppressed:
		return []object{bounce(m, now, "Permanent", "Suppressed", object{
			"emailAddress": to, "action": "failed", "status": "5.1.1",
			"diagnosticCode": "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
		})}
	case AutoReplied:
		return []object{delivery, bounce(m, now, "Transient", "General", object{"emailAddress": to})}
	case Complained:
		return []object{delivery, event(m, now, "Email Complaint Received", object{"eventType": "Complaint", "complaint": object{
			"timestamp": at, "arrivalDate": at, "feedbackId": newMessageID(now), "complaintSubType": nil,
			"complainedRecipients": []object{{"emailAddress": to}},
			"userAgent":            "Amazon SES Mailbox Simulator", "complaintFeedbackType": "abuse",
		}})}
	case Delayed:
		return []object{event(m, now, "Email Delivery Delayed", object{"eventType": "DeliveryDelay", "deliveryDelay": object{
			"timestamp": at, "delayType": "TransientCommunicationFailure",
			"expirationTime": m.At.Add(retryFor).Format(isoMillis),
			"delayedRecipients": []object{{
				"emailAddress": to, "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host",
			}},
		}})}
	case Rejected:
		return []object{event(m, now, "Email Rejected", object{"eventType": "Reject", "reject": object{"reason": "Bad content"}})}
	}
	return []object{delivery}
}

func bounce(m *Message, now time.Time, kind, subKind string, recipient object) object {
	return event(m, now, "Email Bounced", object{"eventType": "Bounce", "bounce": object{
		"bounceType": kind, "bounceSubType": subKind, "bouncedRecipients": []object{recipient},
		"timestamp": now.UTC().Format(isoMillis), "feedbackId": newMessageID(now),
		"reportingMTA": "dsn; a8-96.smtp-out.amazonses.com",
	}})
}
