package ses

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Options says how a gate behaves. The zero value works: messages in memory, no
// limits, no faults, nobody told.
type Options struct {
	// Dir keeps the messages between runs; made when missing. Empty: in memory.
	Dir string
	// ConfigurationSet is the only one that exists. Empty: any name exists.
	ConfigurationSet string
	// Quota is enforced on every send; see SetQuota.
	Quota Quota
	// Fault is asked before each call; see SetFault.
	Fault func(call int, action string) Fault
	// OnEvent gets each EventBridge event, one after the other, after the send that
	// caused it was answered. It may send mail through the same gate.
	OnEvent func(event []byte)
	// Inbox is the base URL of an aws-ses-v2-local that gets a copy of each message,
	// the newest of those that Dir kept first: it forgets everything when it ends. A
	// copy that fails is told to OnError and forgotten.
	Inbox string
	// OnError gets what goes wrong behind an answered call.
	OnError func(error)
	// Now is the clock. Nil means the system's.
	Now func() time.Time
}

// Gate is the stand-in. It is an http.Handler, and all methods may be called
// concurrently.
type Gate struct {
	options Options
	now     func() time.Time
	queue   *queue
	mux     *http.ServeMux

	mu       sync.Mutex // guards what follows
	messages []*Message
	byID     map[string]*Message
	limits   limits
	fault    func(call int, action string) Fault
	calls    map[string]int
}

// Open returns a gate that knows every message in o.Dir. It must be closed.
func Open(o Options) (*Gate, error) {
	g := &Gate{
		options: o, now: o.Now,
		byID: map[string]*Message{}, calls: map[string]int{},
		limits: limits{quota: o.Quota}, fault: o.Fault,
	}
	if g.now == nil {
		g.now = time.Now
	}
	if o.Dir != "" {
		kept, err := load(o.Dir)
		if err != nil {
			return nil, fmt.Errorf("load the kept mail: %w", err)
		}
		for _, m := range kept {
			g.add(m)
		}
	}
	g.queue = newQueue()
	if o.Inbox != "" {
		g.remind()
	}
	g.mux = http.NewServeMux()
	g.mux.HandleFunc("POST /{$}", g.api)
	g.mux.HandleFunc("GET /messages", g.list)
	g.mux.HandleFunc("GET /messages/{id}/raw", g.raw)
	return g, nil
}

// ServeHTTP answers the SES API at POST /, and the view of the kept mail at
// GET /messages and GET /messages/{id}/raw.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

// SetFault replaces what is asked before each call. It gets the number of the
// call among those of its action, from 1, and is called by one goroutine at a
// time, which must not call the gate. Nil means no faults.
func (g *Gate) SetFault(f func(call int, action string) Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault = f
}

// SetQuota replaces the limits from the next send on.
func (g *Gate) SetQuota(q Quota) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.limits.quota = q
}

// Drain waits until everything that answered sends have caused is done: events
// handed over, copies forwarded. It must not be called from OnEvent.
func (g *Gate) Drain() { g.queue.drain() }

// Close drains the gate and ends its goroutine. Sends after it cause no events.
// A second call does nothing.
func (g *Gate) Close() error {
	g.queue.close()
	return nil
}

// add takes a message into memory and counts it. Callers other than Open hold
// g.mu.
func (g *Gate) add(m *Message) {
	g.messages = append(g.messages, m)
	g.byID[m.ID] = m
	g.limits.count(m.At, m.Destinations)
}

func (g *Gate) report(err error) {
	if err != nil && g.options.OnError != nil {
		g.options.OnError(err)
	}
}
