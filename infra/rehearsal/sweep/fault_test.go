//go:build rehearsal

package sweep

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"portero/infra/rehearsal"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/soak"
)

// call is one request to AWS in a function's success path.
type call struct {
	service, operation string
	number             int  // of this operation within the request, from 1
	counts             bool // it is about a counter
}

func (c call) String() string { return fmt.Sprintf("%s %d", c.operation, c.number) }

// reads are operations that write nothing.
func (c call) reads() bool {
	return strings.HasPrefix(c.operation, "Get") || strings.HasPrefix(c.operation, "BatchGet") || c.operation == "Query"
}

// cannot says which faults cannot befall a call, and why; they are not counted.
var cannot = []struct {
	fault rehearsal.Fault
	call  func(call) bool
	why   string
}{
	{rehearsal.Conflict, call.reads, "a read outside a transaction meets no other: it sees what is committed (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation)"},
	{rehearsal.After, call.reads, "nothing happens in a read: one whose answer is lost is one that was lost"},
	{rehearsal.Conflict, func(c call) bool { return c.service == "ses" }, "SES has no transactions"},
	{rehearsal.Conflict, func(c call) bool { return c.counts }, "no transaction touches a counter (shared/dynamo/counter.go)"},
}

// trial is a fault on a call.
type trial struct {
	call  call
	fault rehearsal.Fault
	// every says that it befalls each of the SDK's own attempts, so that the
	// function sees an error; else the first alone, which the SDK heals.
	every bool
}

func (t trial) String() string {
	depth := "once"
	if t.every {
		depth = "every attempt"
	}
	return fmt.Sprintf("%s, %s, %s", t.call, t.fault, depth)
}

// trials are what there is to try on a call. Where the SDK repeats nothing there
// is one depth: a refusal for good, a transaction that met another, half an
// answer (it takes that for a malformed one: seen, aws-sdk-go-v2 1.42), the end of
// the process; a mail, since SES knows no repeat (shared/mail). What nothing
// happened in and the SDK repeats is a call like any other: one attempt lost so is
// tried with SOAK=full.
func trials(c call) []trial {
	var all []trial
	for _, f := range rehearsal.Faults() {
		if possible(f, c) {
			if c.service == "dynamodb" && slices.Contains(repeated, f) && (f == rehearsal.After || soak.Full()) {
				all = append(all, trial{c, f, false})
			}
			all = append(all, trial{c, f, true})
		}
	}
	return all
}

// repeated are the faults after which the SDK tries again.
var repeated = []rehearsal.Fault{rehearsal.Throttle, rehearsal.Before, rehearsal.After, rehearsal.Broken}

func possible(f rehearsal.Fault, c call) bool {
	for _, no := range cannot {
		if no.fault == f && no.call(c) {
			return false
		}
	}
	return true
}

// healed reports whether the answer must be a success all the same.
func (t trial) healed() bool { return !t.every || t.fault == rehearsal.Conflict }

// spends reports whether the fault itself uses up an allowance: a try is counted
// before what it is for happens, and each of the SDK's attempts has counted once.
// Three reset mails an hour are gone then; the answer says nothing of it, as to
// everybody (design.md §7).
func (t trial) spends() bool { return t.call.counts && t.every && t.fault == rehearsal.After }

// wire is what befalls the calls of a system, by the tag of the invocation.
type wire struct {
	mu     sync.Mutex
	trials map[string]trial
	struck map[string]int
	calls  map[string][]call
	lifted map[string]bool
}

func newWire(s *rehearsal.System) *wire {
	w := &wire{trials: map[string]trial{}, struck: map[string]int{}, calls: map[string][]call{}, lifted: map[string]bool{}}
	s.SetFaults(w.befall)
	return w
}

func (w *wire) befall(c rehearsal.Call) rehearsal.Fault {
	if c.Tag == "" {
		return rehearsal.None
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lifted[c.Tag] {
		return rehearsal.None
	}
	this := call{c.Service, c.Operation, c.Number, counts(c)}
	t, planned := w.trials[c.Tag]
	if !planned {
		if all := w.calls[c.Tag]; len(all) == 0 || all[len(all)-1] != this {
			w.calls[c.Tag] = append(all, this)
		}
		return rehearsal.None
	}
	if t.call != this || (!t.every || t.fault == rehearsal.Conflict) && w.struck[c.Tag] > 0 {
		return rehearsal.None
	}
	w.struck[c.Tag]++
	return t.fault
}

// plan sets what befalls the invocations with a tag.
func (w *wire) plan(tag string, t trial) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trials[tag] = t
}

// lift lets everything through that comes under a tag from now on.
func (w *wire) lift(tag string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lifted[tag] = true
}

// counts reports whether a call is about a counter alone.
func counts(c rehearsal.Call) bool {
	for _, use := range c.Uses {
		for _, key := range use.Context["dynamodb:LeadingKeys"] {
			if strings.Contains(key, schema.Sep+string(schema.Counter)+schema.Sep) {
				return true
			}
		}
	}
	return false
}

// hit reports whether the planned fault came to pass.
func (w *wire) hit(tag string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.struck[tag] > 0
}

// seen are the calls of invocations with a tag that nothing was planned for.
func (w *wire) seen(tag string) []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[tag]
}
