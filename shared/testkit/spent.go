package testkit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"portero/shared/dynamo"
)

// Spent adds up what calls to the database consumed. The zero value is ready;
// its Add is a local.Options.Meter.
type Spent struct {
	mu    sync.Mutex
	calls map[string]int
	units map[string]float64 // by "TransactWriteItems core"
	index float64            // index writes
}

// Add counts a call.
func (s *Spent) Add(c dynamo.Consumed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls == nil {
		s.calls, s.units = map[string]int{}, map[string]float64{}
	}
	s.calls[c.Call]++
	for name, units := range c.Table {
		s.units[c.Call+" "+name[strings.LastIndex(name, "-")+1:]] += units
	}
	for _, units := range c.Index {
		if writes(c.Call) {
			s.index += units
		} else {
			s.units[c.Call+" index"] += units
		}
	}
}

// Reset begins anew.
func (s *Spent) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.units, s.index = nil, nil, 0
}

// Writes returns the write units of tables and of indexes.
func (s *Spent) Writes() (tables, indexes float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for call, units := range s.units {
		if writes(call) {
			tables += units
		}
	}
	return tables, s.index
}

// Reads returns the read units.
func (s *Spent) Reads() (units float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for call, u := range s.units {
		if !writes(call) {
			units += u
		}
	}
	return units
}

// Calls counts the calls.
func (s *Spent) Calls() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		n += c
	}
	return n
}

// String lists the units by call and table.
func (s *Spent) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for _, call := range slices.Sorted(maps.Keys(s.units)) {
		fmt.Fprintf(&b, "%s %g, ", call, s.units[call])
	}
	fmt.Fprintf(&b, "index writes %g", s.index)
	return b.String()
}

func writes(call string) bool {
	return !strings.HasPrefix(call, "GetItem") && !strings.HasPrefix(call, "BatchGetItem") && !strings.HasPrefix(call, "Query")
}
