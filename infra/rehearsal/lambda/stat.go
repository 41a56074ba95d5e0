package lambda

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Stat is what one function did so far.
type Stat struct {
	Function    string
	Invocations int             // those that reached a process
	Failures    int             // that ended as a FunctionError, among them those whose process did not start
	ColdStarts  int             // processes that came to ask for their first event
	Retired     int             // processes ended by RetireEvery
	Processes   int             // the most there were at once
	PeakBytes   int64           // the most memory one process had, measured after start and answer and before a kill of ours
	Durations   []time.Duration // of each invocation, hand-over to the next question, in the order they ended
	Starts      []time.Duration // of each cold start, exec to the first question, in order

	// Err is set once a process had more memory than the template allows, or
	// when its memory could not be measured.
	Err error
}

// Stats is a copy of every function's, in the order of their names.
func (h *Host) Stats() []Stat {
	all := make([]Stat, 0, len(h.pools))
	for _, name := range slices.Sorted(maps.Keys(h.pools)) {
		p := h.pools[name]
		p.mu.Lock()
		s := p.stat
		s.Durations, s.Starts = slices.Clone(s.Durations), slices.Clone(s.Starts)
		p.mu.Unlock()
		if s.ColdStarts > 0 && s.PeakBytes == 0 {
			s.Err = fmt.Errorf("function %q: its memory could not be measured", name)
		}
		all = append(all, s)
	}
	return all
}

// weigh records the peak memory of one of the processes so far.
func (p *pool) weigh(peak int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stat.PeakBytes = max(p.stat.PeakBytes, peak)
	if allowed := int64(p.MemoryMiB) * mib; p.stat.PeakBytes > allowed {
		p.stat.Err = fmt.Errorf("function %q had %.1f MiB of memory at its peak; its template allows %d MiB",
			p.Name, float64(p.stat.PeakBytes)/mib, p.MemoryMiB)
	}
}

// began, took and failed count a cold start, an invocation that reached a
// process, and one that ended as a FunctionError.
func (p *pool) began(start time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stat.ColdStarts++
	p.stat.Starts = append(p.stat.Starts, start)
}

func (p *pool) took(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stat.Invocations++
	p.stat.Durations = append(p.stat.Durations, d)
}

func (p *pool) failed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stat.Failures++
}

// Quantile returns the smallest time that a share of all, in percent, does not
// exceed, in milliseconds; 0 of none.
func Quantile(all []time.Duration, percent int) float64 {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return float64(sorted[(len(sorted)*percent+99)/100-1].Microseconds()) / 1000
}
