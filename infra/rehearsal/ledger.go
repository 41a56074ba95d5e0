package rehearsal

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"time"

	"portero/infra/rehearsal/policy"
)

// Ledger takes down what rehearsals saw, over as many systems as share it. The
// zero value is ready; methods may be called concurrently.
type Ledger struct {
	mu     sync.Mutex
	grants map[Granted]bool // whether a call ever needed it
	stats  []Measured
}

// Granted is a grant of a function's role.
type Granted struct {
	Row   string
	Grant policy.Grant
}

// grant notes what a role gives.
func (l *Ledger) grant(row string, all []policy.Grant) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grants == nil {
		l.grants = map[Granted]bool{}
	}
	for _, g := range all {
		if _, noted := l.grants[Granted{row, g}]; !noted {
			l.grants[Granted{row, g}] = false
		}
	}
}

// use notes what calls needed.
func (l *Ledger) use(who *caller, calls []policy.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grants == nil {
		l.grants = map[Granted]bool{}
	}
	for _, c := range calls {
		for _, g := range who.role.Used(c) {
			l.grants[Granted{who.row, g}] = true
		}
	}
}

// Measured is what one function's processes took in one system.
type Measured struct {
	Row       string
	MemoryMiB int             // the template's
	Durations []time.Duration // of each invocation
	Starts    []time.Duration // of each cold start
	PeakBytes int64           // of the largest process
}

func (l *Ledger) measure(m Measured) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stats = append(l.stats, m)
}

// Grants is how many grants there are.
func (l *Ledger) Grants() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.grants)
}

// page is a ledger as a file.
type page struct {
	Grants []struct {
		Granted
		Used bool
	}
	Stats []Measured
}

// Write puts the ledger into a file, for Read in another process.
func (l *Ledger) Write(file string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var p page
	for g, used := range l.grants {
		p.Grants = append(p.Grants, struct {
			Granted
			Used bool
		}{g, used})
	}
	p.Stats = l.stats
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o600)
}

// Read adds what another process wrote.
func (l *Ledger) Read(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var p page
	if err := json.Unmarshal(raw, &p); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grants == nil {
		l.grants = map[Granted]bool{}
	}
	for _, g := range p.Grants {
		l.grants[g.Granted] = l.grants[g.Granted] || g.Used
	}
	l.stats = append(l.stats, p.Stats...)
	return nil
}

// Unused are the grants that no call needed, in a stable order.
func (l *Ledger) Unused() []Granted {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []Granted
	for g, used := range l.grants {
		if !used {
			all = append(all, g)
		}
	}
	slices.SortFunc(all, func(a, b Granted) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Grant.String(), b.Grant.String()))
	})
	return all
}

// Stats are what each function's processes took, in the order they came.
func (l *Ledger) Stats() []Measured {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.stats)
}
