package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"portero/infra/rehearsal/policy"
)

// gate stands in front of every stand-in. It knows who calls by the access key
// of the signature, lets through what that function's role allows, and makes
// calls fail as it is told.
type gate struct {
	place     policy.Place
	upstream  map[string]*url.URL // by the signature's service
	transport http.RoundTripper
	ledger    *Ledger
	meter     *Meter // nil: nobody asks
	kill      func(accessKey string)
	tagged    func(accessKey string) string

	mu      sync.Mutex
	callers map[string]*caller // by access key
	fault   func(Call) Fault
	calls   map[string]int // by function and operation
	seen    map[string]int // the SDK's own attempts share an invocation id
	denied  []string
}

// caller is a function with its role.
type caller struct {
	name, row string
	role      *policy.Role
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	call, who, credential, err := g.judge(r, body)
	if err != nil {
		g.refuse(err)
		refusal(credential.Service, denied, err.Error()).write(w)
		return
	}
	g.ledger.use(who, call.Uses)
	f := g.next(&call, r.Header.Get("Amz-Sdk-Invocation-Id"))
	if answer, done := f.instead(call.Service, call.Operation); done {
		g.answer(w, answer)
		return
	}
	if g.meter != nil {
		body = metered(call.Service, body)
	}
	res, err := g.forward(r.Context(), r, call.Service, body)
	if err != nil {
		abort()
	}
	if g.meter != nil {
		g.meter.add(call, res.status, res.body)
	}
	switch f {
	case After:
		abort()
	case Kill:
		g.kill(credential.AccessKey)
		abort()
	case Cut:
		res.body, res.length = res.body[:len(res.body)/2], len(res.body)
		res.write(w)
		abort()
	}
	res.write(w)
}

// maxCall bounds a call: SES takes 10 MB in base64, DynamoDB 16 MB.
const maxCall = 32 << 20

// judge says which function calls what, and whether its role allows it.
func (g *gate) judge(r *http.Request, body []byte) (Call, *caller, policy.Credential, error) {
	credential, err := policy.CredentialOf(r)
	if err != nil {
		return Call{}, nil, credential, fmt.Errorf("a call that nobody signed: %w", err)
	}
	who := g.who(credential.AccessKey)
	if who == nil {
		return Call{}, nil, credential, errors.New("a call signed with an access key that is no function's")
	}
	call := Call{Function: who.name, Row: who.row, Service: credential.Service, Operation: operation(r, body)}
	if g.tagged != nil {
		call.Tag = g.tagged(credential.AccessKey)
	}
	if call.Uses, err = policy.Calls(g.place, credential.Service, r, body); err != nil {
		return call, who, credential, fmt.Errorf("%s calls %s: %w", who.row, call.Operation, err)
	}
	// AWS does not say which of two readings of a transaction's leading keys it
	// takes, so a role must allow both.
	for _, use := range slices.Concat(call.Uses, policy.Together(call.Uses)) {
		if d := who.role.Decide(use); !d.Allowed {
			return call, who, credential, fmt.Errorf("%s may not %s on %s; missing: %s", who.row, use.Action, use.Resource, d.Missing)
		}
	}
	return call, who, credential, nil
}

// admit gives a process its access key.
func (g *gate) admit(who *caller) (accessKey string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	accessKey = fmt.Sprintf("ASIAREHEARSAL%07d", len(g.callers))
	g.callers[accessKey] = who
	return accessKey
}

func (g *gate) who(accessKey string) *caller {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.callers[accessKey]
}

// operation is what a request asks for: DynamoDB's target or the Query API's
// action.
func operation(r *http.Request, body []byte) string {
	if _, op, ok := strings.Cut(r.Header.Get("X-Amz-Target"), "."); ok {
		return op
	}
	form, _ := url.ParseQuery(string(body))
	return form.Get("Action")
}

// next numbers a call and asks what befalls it. What the SDK tries again has
// the number of its first attempt.
func (g *gate) next(c *Call, invocation string) Fault {
	g.mu.Lock()
	defer g.mu.Unlock()
	id := c.Function + " " + invocation
	if c.Number = g.seen[id]; c.Number == 0 {
		which := c.Function + " " + c.Tag + " " + c.Operation
		g.calls[which]++
		c.Number = g.calls[which]
		g.seen[id] = c.Number
	}
	if g.fault == nil {
		return None
	}
	return g.fault(*c)
}

func (g *gate) refuse(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.denied = append(g.denied, err.Error())
}

// refusals are what roles did not allow, one line each.
func (g *gate) refusals() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]string(nil), g.denied...)
}

// forward passes a call on as it came.
func (g *gate) forward(ctx context.Context, r *http.Request, service string, body []byte) (response, error) {
	to := g.upstream[service]
	if to == nil {
		return response{}, fmt.Errorf("no stand-in for %s", service)
	}
	out, err := http.NewRequestWithContext(ctx, r.Method, to.String(), bytes.NewReader(body))
	if err != nil {
		return response{}, err
	}
	out.Header = r.Header.Clone()
	res, err := g.transport.RoundTrip(out)
	if err != nil {
		return response{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return response{status: res.StatusCode, header: res.Header, body: raw, length: len(raw)}, err
}

// response is an answer of AWS.
type response struct {
	status int
	header http.Header
	body   []byte
	length int // what the header says; above len(body) where the connection is cut
}

func (r response) write(w http.ResponseWriter) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(r.length))
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
	if f, ok := w.(http.Flusher); ok && r.length > len(r.body) {
		f.Flush()
	}
}

func (g *gate) answer(w http.ResponseWriter, r response) {
	if r.status == 0 {
		abort()
	}
	r.write(w)
}

// abort ends the connection without an answer, in the way net/http has for it.
func abort() { panic(http.ErrAbortHandler) }

// refused is an error of AWS in a service's own form.
type refused struct {
	status int
	code   string // DynamoDB's
	ses    string // SES's
}

// Errors by the services' own codes
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html,
// https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html).
var (
	denied    = refused{status: 400, code: "com.amazon.coral.service#AccessDeniedException", ses: "AccessDenied"}
	throttled = refused{status: 400, code: "com.amazonaws.dynamodb.v20120810#ThrottlingException", ses: "Throttling"}
	broken    = refused{status: 500, code: "com.amazonaws.dynamodb.v20120810#InternalServerError", ses: "InternalFailure"}
	conflict  = refused{status: 400, code: "com.amazonaws.dynamodb.v20120810#TransactionConflictException"}
	cancelled = refused{status: 400, code: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"}
)

// instead is what a fault answers in place of the service; a response without a
// status is no answer at all. done is false where the call goes through first.
func (f Fault) instead(service, operation string) (answer response, done bool) {
	switch f {
	case Throttle:
		return refusal(service, throttled, "Rate exceeded"), true
	case Before:
		return response{}, true
	case Broken:
		return refusal(service, broken, "Internal server error"), true
	case Deny:
		return refusal(service, denied, "User is not authorized to perform this action"), true
	case Conflict:
		if operation == "TransactWriteItems" {
			return refusal(service, cancelled, "Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]"), true
		}
		return refusal(service, conflict, "Transaction is ongoing for the item"), true
	}
	return response{}, false
}

// refusal writes an error as the service would.
func refusal(service string, e refused, message string) response {
	header, body := http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, []byte(nil)
	if service == "dynamodb" {
		fields := map[string]any{"__type": e.code, "message": message, "Message": message}
		if e == cancelled {
			fields["CancellationReasons"] = []map[string]string{{"Code": "TransactionConflict", "Message": message}}
		}
		body, _ = json.Marshal(fields) // strings only
	} else {
		header = http.Header{"Content-Type": {"text/xml"}}
		body = fmt.Appendf(nil, `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>rehearsal</RequestId></ErrorResponse>`, e.ses, message)
	}
	return response{status: e.status, header: header, body: body, length: len(body)}
}
