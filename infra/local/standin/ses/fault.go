package ses

// Fault says how a call goes wrong. The zero value is a call that goes well.
type Fault int

const (
	// None answers the call.
	None Fault = iota
	// Refuse answers MessageRejected, 400; the SDK does not retry it.
	Refuse
	// Throttle answers Throttling "Maximum sending rate exceeded.", 400; the SDK
	// retries it.
	Throttle
	// Fail answers ServiceUnavailable, 503; the SDK retries it.
	Fail
	// Hang answers nothing until the caller gives up.
	Hang
	// Cut closes the connection; the message is not accepted.
	Cut
	// Lose accepts and keeps the message, closes the connection instead of
	// answering, and publishes its events all the same.
	Lose
)

// Errors with the codes of
// https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html and of
// SendRawEmail; the two throttling messages are SES's own, the rest is close.
var (
	errRejected    = &apiError{400, "MessageRejected", "Email address is not verified. The following identities failed the check in region US-EAST-1."}
	errRate        = &apiError{400, "Throttling", "Maximum sending rate exceeded."}
	errDaily       = &apiError{400, "Throttling", "Daily message quota exceeded."}
	errUnavailable = &apiError{503, "ServiceUnavailable", "Unable to process the request."}
	errInternal    = &apiError{500, "InternalFailure", "The request processing has failed because of an unknown error."}
	errNoToken     = &apiError{403, "MissingAuthenticationToken", "Request is missing Authentication Token"}
	errAction      = &apiError{400, "InvalidAction", "The action or operation requested is not valid."}
	errMalformed   = &apiError{400, "MalformedInput", "The request body is not a form."}
)

// next counts a call and asks what goes wrong with it.
func (g *Gate) next(action string) Fault {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls[action]++
	if g.fault == nil {
		return None
	}
	return g.fault(g.calls[action], action)
}
