package lambda

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// maxRequestBytes and maxResponseBytes are 6 MiB for a synchronous invocation
	// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html); for the
	// answer Lambda's own message says 100 bytes more.
	maxRequestBytes  = 6 << 20
	maxResponseBytes = 6<<20 + 100
	// runtimeAPI is the version that begins every path:
	// docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
	runtimeAPI = "/2018-06-01/runtime/"
	// The Go client says that an answer failed half-way in trailers.
	trailerType = "Lambda-Runtime-Function-Error-Type"
	trailerBody = "Lambda-Runtime-Function-Error-Body"
)

// call is one invocation on its way through a process.
type call struct {
	id, trace string
	tag       string
	payload   []byte
	deadline  time.Time
	settled   atomic.Bool
	answer    chan answer
}

// answer is what an invocation ended with; err is the host's.
type answer struct {
	payload []byte
	failure *FunctionError
	err     error
}

// settle keeps the first answer only.
func (c *call) settle(a answer) bool {
	if !c.settled.CompareAndSwap(false, true) {
		return false
	}
	c.answer <- a
	return true
}

// orElse is the answer posted at the last moment, or the failure.
func (c *call) orElse(f *FunctionError) answer {
	if c.settle(answer{failure: f}) {
		return answer{failure: f}
	}
	return <-c.answer
}

// ServeHTTP is the runtime API of one process:
// docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
func (p *process) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, runtimeAPI)
	id, verb, _ := strings.Cut(strings.TrimPrefix(path, "invocation/"), "/")
	switch {
	case !ok:
		refuse(w, http.StatusNotFound, "NotFound", "no such path: "+r.URL.Path)
	case r.Method == http.MethodGet && path == "invocation/next":
		p.next(w, r)
	case r.Method == http.MethodPost && path == "init/error":
		p.initFailed(w, r)
	case r.Method == http.MethodPost && (verb == "response" || verb == "error"):
		p.answered(w, r, id, verb == "error")
	default:
		refuse(w, http.StatusNotFound, "NotFound", "no such path: "+r.Method+" "+r.URL.Path)
	}
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"errorType":%q,"errorMessage":%q}`, kind, message)
}

func accept(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"status":"OK"}`)
}

// next waits with the process's question until there is an event for it.
func (p *process) next(w http.ResponseWriter, r *http.Request) {
	if c := p.current(); c != nil && !c.settled.Load() {
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the event before has no answer yet")
		return
	}
	select {
	case p.asked <- struct{}{}:
	default: // it asked, gave up and asks again
	}
	select {
	case c := <-p.work:
		head := w.Header()
		head.Set("Content-Type", "application/json")
		head.Set("Lambda-Runtime-Aws-Request-Id", c.id)
		head.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(c.deadline.UnixMilli(), 10))
		head.Set("Lambda-Runtime-Invoked-Function-Arn", p.pool.ARN)
		head.Set("Lambda-Runtime-Trace-Id", c.trace)
		head.Set("Content-Length", strconv.Itoa(len(c.payload)))
		_, _ = w.Write(c.payload)
	case <-r.Context().Done():
	case <-p.gone:
	}
}

// answered takes the answer to the current event, or the function's error.
func (p *process) answered(w http.ResponseWriter, r *http.Request, id string, failed bool) {
	c := p.current()
	if c == nil || c.id != id {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "no such event is worked on: "+id)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxResponseBytes+1))
	if err != nil {
		return // it broke off; it asks again or ends
	}
	a := answer{payload: body}
	switch large := len(body) > maxResponseBytes; {
	case large:
		_, _ = io.Copy(io.Discard, r.Body) // so that it reads the refusal
		a = answer{failure: tooLarge()}
	case failed:
		a = answer{failure: parseFailure(body, r.Header.Get(trailerType))}
	case r.Trailer.Get(trailerType) != "":
		posted, _ := base64.StdEncoding.DecodeString(r.Trailer.Get(trailerBody)) // what is not base64 leaves the type
		a = answer{failure: parseFailure(posted, r.Trailer.Get(trailerType))}
	}
	switch {
	case !c.settle(a):
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the event has its answer")
	case a.failure != nil && a.failure.Type == TypeTooLarge:
		refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", a.failure.Message)
	default:
		accept(w)
	}
}

// initFailed takes the error of a process that could not start.
func (p *process) initFailed(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxResponseBytes))
	if err != nil {
		return
	}
	p.mu.Lock()
	p.initial = parseFailure(body, r.Header.Get(trailerType))
	p.mu.Unlock()
	accept(w)
}
