package rehearsal

import "portero/infra/rehearsal/policy"

// Call is one request of a function to AWS, as the gate sees it.
type Call struct {
	Function  string // as the template names it
	Row       string // the function's handler
	Service   string // "dynamodb", "ses"
	Operation string // "TransactWriteItems"
	// Number counts the function's calls of this operation under this tag, from 1;
	// what the SDK tries again keeps its number.
	Number int
	// Tag is the one of lambda.WithTag that the function was invoked with.
	Tag  string
	Uses []policy.Call
}

// Fault is what befalls a call.
type Fault string

// The faults. The zero value lets the call through.
const (
	None     Fault = ""
	Throttle Fault = "throttle" // refused before anything happened, to be tried again
	// No answer is a connection that is closed without one. A call that hangs until
	// the SDK's own time is up ends in the same error, three seconds later; that an
	// SES which really hangs is left in time is functions/triggers' own test.
	Before   Fault = "before"   // no answer, and nothing happened
	After    Fault = "after"    // no answer, and it happened
	Broken   Fault = "5xx"      // an answer of status 500, and nothing happened
	Conflict Fault = "conflict" // a transaction met another; a condition that held does not any more
	Deny     Fault = "deny"     // refused for good
	Cut      Fault = "cut"      // the connection ends in the middle of the answer, and it happened
	Kill     Fault = "kill"     // the process ends before the answer, and it happened
)

// Faults lists every fault that can befall a call.
func Faults() []Fault { return []Fault{Throttle, Before, After, Broken, Conflict, Deny, Cut, Kill} }
