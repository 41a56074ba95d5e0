package contract

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
)

// Function is what every row says.
type Function struct {
	// Name is the one name: file, handler setting, OpenAPI operation, event
	// sample and log field, for example "invitations/accept".
	Name    string
	Summary string // one sentence with a full stop
	Uses    Uses
	// MemoryMiB is Lambda's memory setting; 0 means DefaultMemoryMiB.
	MemoryMiB int
	// Timeout is Lambda's timeout; 0 means DefaultTimeout.
	Timeout time.Duration
}

// Defaults of a row.
const (
	// DefaultMemoryMiB is enough for a Go function that makes table calls
	// (anchors: 16 MB used; memory does not change its cold start).
	DefaultMemoryMiB = 256
	// HashMemoryMiB buys one whole vCPU, for rows that hash a password
	// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
	HashMemoryMiB = 1769
	// DefaultTimeout stays below API Gateway's 30 s integration timeout.
	DefaultTimeout = 15 * time.Second
	// DefaultBodyBytes bounds a request body (product rule: an ordinary
	// request is a few hundred bytes).
	DefaultBodyBytes = 64 << 10
)

// Row is any of the row types.
type Row interface{ Base() Function }

// Auth says how a caller of an endpoint proves who they are.
type Auth uint8

// The ways. The zero value refuses everybody, so that a forgotten one opens
// nothing.
const (
	Nobody  Auth = iota
	Public       // anyone; the row says why
	Session      // a signed-in person who holds Needs
	Link         // the holder of a mailed or shared secret, which is in the body
)

// Endpoint is a function behind the HTTP API.
type Endpoint struct {
	Function
	Method  string
	Path    string // "/v1/workspaces/{workspace}/invitations"
	Auth    Auth
	Because string            // why a Public or Link row needs no session
	Needs   access.Permission // of a Session row
	// Status is the status of success; 0 means 200, or 204 without a body.
	Status int
	// Secret says that the answer carries a secret: it is not kept under an
	// idempotency key, a repeat gets the object with a new one.
	Secret bool
	// NoIdempotency says that the row needs no record under a key: it changes nothing,
	// or keeps idempotency by itself (sign-in has none: design.md §5).
	NoIdempotency bool
	MaxBodyBytes  int64 // 0 means DefaultBodyBytes
	// Media are the types of an answer that is a file (web.File); none: it is JSON.
	Media []string
	// BodyMedia is the media type of a body that is taken as it is, bytes and all;
	// empty: the body is JSON. The input's Body is a []byte then.
	BodyMedia string
	// AnyBody takes a body of whatever media type and does not look at it: for
	// what others post by a standard of theirs (RFC 8058).
	AnyBody bool
	Limit   Limit
	Faults  []fault.Code // beyond those every row may answer
}

// Limit is how often one caller may ask: Requests per Per. The zero value
// means no limit of its own.
type Limit struct {
	Requests int
	Per      time.Duration
	// ByAddress counts per network as well as per actor, for public rows.
	ByNetwork bool
}

// Job is a function the clock calls.
type Job struct {
	Function
	Every time.Duration
	// Kick is a stream that calls it at once as well, so that nobody waits for the
	// minute; what the stream loses, the clock takes. Empty: the clock alone.
	Kick Source
}

// Trigger is a function an AWS service calls.
type Trigger struct {
	Function
	Source Source
}

// Source names what calls a trigger.
type Source string

// The sources.
const (
	// Outbox is the stream of core, filtered to messages that were just
	// queued.
	Outbox Source = "outbox"
	// Bulk is the stream of core, filtered to jobs that were just queued or have
	// something left to do.
	Bulk Source = "bulk"
	// MailEvents are SES's events for our configuration set, by EventBridge.
	MailEvents Source = "mail-events"
	// AuditChanges is the stream of audit, filtered to what must never happen.
	AuditChanges Source = "audit-changes"
)

// SourceOf is what calls a row beside the clock; empty for a row that nothing
// does.
func SourceOf(r Row) Source {
	switch r := r.(type) {
	case Trigger:
		return r.Source
	case Job:
		return r.Kick
	}
	return ""
}

// Task is a function that the operator invokes.
type Task struct{ Function }

func (j Job) Base() Function     { return j.Function }
func (t Trigger) Base() Function { return t.Function }
func (t Task) Base() Function    { return t.Function }
