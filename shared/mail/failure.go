package mail

import (
	"errors"
	"net"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// What can become of a mail that SES did not take. But for ErrUnknown it was
// certainly not sent.
var (
	// ErrThrottled says that there were too many in a second; try again in a while.
	ErrThrottled = errors.New("mail: sending rate exceeded")
	// ErrQuota says that the account's quota of 24 hours is used up; try again much later.
	ErrQuota = errors.New("mail: daily quota exceeded")
	// ErrRejected says that this mail will never be taken; do not try again.
	ErrRejected = errors.New("mail: rejected")
	// ErrUnavailable says that SES could not be reached, or does not work for this
	// deployment at the moment (paused, no permission, settings); try again later.
	ErrUnavailable = errors.New("mail: unavailable")
	// ErrUnknown says that there was no answer, or one that says nothing. The mail
	// may be out; trying again may send it twice.
	ErrUnknown = errors.New("mail: outcome unknown")
)

// Failure is why SES did not take a mail. Its text is the reason and nothing
// else: what SES says may name addresses.
type Failure struct {
	// Reason is a stable word that may be stored and shown: "rate", "quota",
	// "message_rejected", "sender_not_verified", "invalid_parameter",
	// "invalid_tag", "paused", "configuration_set", "refused", "unreachable",
	// "no_answer", "server_error".
	Reason  string
	outcome error
	cause   error
}

// Error returns the outcome and the reason.
func (f *Failure) Error() string { return f.outcome.Error() + ": " + f.Reason }

// Is reports whether target is the outcome.
func (f *Failure) Is(target error) bool { return target == f.outcome }

// Cause returns what SES or the network said. It may hold addresses: it is for
// tests and a debugger, never for a log.
func (f *Failure) Cause() error { return f.cause }

// translate goes by error codes, never by texts, but for the one difference that
// SES makes in text alone, see throttled. The codes:
// https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
// https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html
func translate(err error) *Failure {
	f := &Failure{cause: err}
	var api smithy.APIError
	if !errors.As(err, &api) {
		f.Reason, f.outcome = lost(err)
		return f
	}
	switch api.ErrorCode() {
	case "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded":
		f.Reason, f.outcome = throttled(api)
	case "MessageRejected":
		f.Reason, f.outcome = "message_rejected", ErrRejected
	case "MailFromDomainNotVerifiedException", "MailFromDomainNotVerified", "FromEmailAddressNotVerified":
		f.Reason, f.outcome = "sender_not_verified", ErrRejected
	case "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "ValidationError", "ValidationException":
		f.Reason, f.outcome = "invalid_parameter", ErrRejected
	case "AccountSendingPausedException", "AccountSendingPaused", "ConfigurationSetSendingPausedException", "ConfigurationSetSendingPaused":
		f.Reason, f.outcome = "paused", ErrUnavailable
	case "ConfigurationSetDoesNotExist", "ConfigurationSetDoesNotExistException":
		f.Reason, f.outcome = "configuration_set", ErrUnavailable
	default:
		f.Reason, f.outcome = other(err)
	}
	return f
}

// throttled tells the second's rate from the day's quota. SES gives both the
// same code and only the text differs: "Maximum sending rate exceeded" and
// "Daily message quota exceeded".
// https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
func throttled(api smithy.APIError) (reason string, outcome error) {
	if strings.Contains(strings.ToLower(api.ErrorMessage()), "daily message quota") {
		return "quota", ErrQuota
	}
	return "rate", ErrThrottled
}

// other judges codes that are not listed by the HTTP status: 4xx says that the
// request was not carried out; anything else says nothing about the mail.
func other(err error) (reason string, outcome error) {
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) {
		switch status := answer.HTTPStatusCode(); {
		case status == 429:
			return "rate", ErrThrottled
		case status >= 400 && status < 500:
			return "refused", ErrUnavailable
		}
	}
	return "server_error", ErrUnknown
}

// lost judges calls without an answer that could be read. Where not even a
// connection stood, nothing was sent.
func lost(err error) (reason string, outcome error) {
	var dns *net.DNSError
	var dial *net.OpError
	if errors.As(err, &dns) || errors.As(err, &dial) && dial.Op == "dial" {
		return "unreachable", ErrUnavailable
	}
	var sending *smithyhttp.RequestSendError
	var answer *smithyhttp.ResponseError
	if !errors.As(err, &sending) && errors.As(err, &answer) && answer.HTTPStatusCode() != 0 { // 0: our time was up first
		return other(err)
	}
	return "no_answer", ErrUnknown
}
