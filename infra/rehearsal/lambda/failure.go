package lambda

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The host's own failures; everything a function does wrong is a FunctionError.
var (
	// ErrClosed is returned by Invoke once Close has begun.
	ErrClosed = errors.New("the functions' host is closed")
	// ErrUnknownFunction is returned by Invoke for a name no template has.
	ErrUnknownFunction = errors.New("no function of that name")
	// ErrPayloadTooLarge is returned by Invoke for an event over 6 MiB; Lambda
	// answers 413: docs.aws.amazon.com/lambda/latest/api/API_Invoke.html.
	ErrPayloadTooLarge = errors.New("the payload is too large")
)

// Error types Lambda itself gives. Its pages show Runtime.ExitError
// (docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html); the
// others, and the wording of all three messages, are as functions' callers
// report them, without a page of AWS's.
const (
	TypeTimeout  = "Sandbox.Timedout"              // the timeout passed
	TypeExit     = "Runtime.ExitError"             // the process ended
	TypeTooLarge = "Function.ResponseSizeTooLarge" // the answer is over the limit
)

// Frame is one line of a FunctionError's stack trace.
type Frame struct {
	Path  string `json:"path"`
	Line  int    `json:"line"`
	Label string `json:"label"`
}

// FunctionError is an invocation the function did not answer: it returned an
// error or panicked (its own type and message), timed out, exited, or answered
// too much (the types above, in Lambda's words).
type FunctionError struct {
	Type, Message string
	StackTrace    []Frame
}

// Error is the type and the message in one line.
func (e *FunctionError) Error() string { return e.Type + ": " + e.Message }

// parseFailure reads the body of a posted error,
// docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html: errorMessage,
// errorType, and stackTrace, which is a list of frames from the Go client and of
// strings from others. header is Lambda-Runtime-Function-Error-Type, taken when
// the body names no type. It never fails: what cannot be read is the message.
func parseFailure(body []byte, header string) *FunctionError {
	var posted struct {
		Message string            `json:"errorMessage"`
		Type    string            `json:"errorType"`
		Stack   []json.RawMessage `json:"stackTrace"`
	}
	f := &FunctionError{Type: header}
	if json.Unmarshal(body, &posted) != nil {
		f.Message = string(body)
	} else {
		f.Message = posted.Message
		if posted.Type != "" {
			f.Type = posted.Type
		}
	}
	if f.Type == "" {
		f.Type = "Runtime.Unknown" // chosen; no evidence
	}
	for _, raw := range posted.Stack {
		var frame Frame
		if json.Unmarshal(raw, &frame) != nil {
			frame = Frame{}
			if json.Unmarshal(raw, &frame.Label) != nil {
				continue
			}
		}
		f.StackTrace = append(f.StackTrace, frame)
	}
	return f
}

// timedOut is Lambda's answer for a function that ran into its timeout.
func timedOut(id string, after time.Duration) *FunctionError {
	return &FunctionError{Type: TypeTimeout, Message: fmt.Sprintf("RequestId: %s Error: Task timed out after %.2f seconds", id, after.Seconds())}
}

// exited is Lambda's answer for a process that ended without one; exit is what
// waiting for it returned.
func exited(id string, exit error) *FunctionError {
	reason := "Runtime exited without providing a reason"
	if exit != nil {
		reason = "Runtime exited with error: " + exit.Error()
	}
	return &FunctionError{Type: TypeExit, Message: fmt.Sprintf("RequestId: %s Error: %s", id, reason)}
}

// tooLarge is Lambda's answer for a response over maxResponseBytes.
func tooLarge() *FunctionError {
	return &FunctionError{
		Type:    TypeTooLarge,
		Message: fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxResponseBytes),
	}
}
