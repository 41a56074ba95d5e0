package dynamo

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
)

// holding makes a unit of one line with so many writes, the first of which
// names the line.
func holding(line, writes int) Unit {
	u := Unit{Lines: []int{line}}
	for range writes {
		u.Set.Insert(line)
	}
	return u
}

// table is a store that refuses a line's set so many times.
type table struct {
	mu      sync.Mutex
	refuse  map[int]int // by line; how often it is still stale
	err     error       // what a refused one gets
	done    []int
	largest int
}

func (s *table) commit(_ context.Context, set change.Set) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.largest = max(s.largest, len(set.Writes))
	var lines []int
	for _, w := range set.Writes {
		if line := w.Record.(int); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		if s.refuse[line] > 0 {
			s.refuse[line]--
			return s.err
		}
	}
	s.done = append(s.done, lines...)
	return nil
}

func (s *table) bulk() Bulk {
	return Bulk{Commit: s.commit, Again: func(_ context.Context, lines []int) ([]Unit, error) {
		var all []Unit
		for _, n := range lines {
			all = append(all, holding(n, 8))
		}
		return all, nil
	}}
}

func TestABulkCommitsEveryLineOnce(t *testing.T) {
	stale := fault.Stale(nil)
	down := fault.New(fault.Unavailable, fault.CodeUnavailable, "")
	cases := []struct {
		name   string
		refuse map[int]int
		err    error
		lost   []Lost
	}{
		{"when nothing is in the way", nil, nil, nil},
		{"when some were changed meanwhile", map[int]int{3: 1, 40: 5}, stale, nil},
		{"when the database does not answer at first", map[int]int{0: 2, 17: 2}, down, nil},
		{"but one that is always stale, alone", map[int]int{25: 1000}, stale, []Lost{{Line: 25}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &table{refuse: c.refuse, err: c.err}
			var units []Unit
			for n := range 50 {
				units = append(units, holding(n, 8))
			}
			lost, err := s.bulk().Run(context.Background(), units)
			if err != nil || !slices.Equal(lost, c.lost) {
				t.Fatalf("lost %v, %v; want %v", lost, err, c.lost)
			}
			slices.Sort(s.done)
			if len(s.done)+len(lost) != 50 || len(slices.Compact(s.done)) != len(s.done) {
				t.Errorf("%d lines were committed", len(s.done))
			}
			if s.largest > maxWrites {
				t.Errorf("%d writes in one transaction", s.largest)
			}
		})
	}
}

func TestABulkStopsAtAFaultOfOurs(t *testing.T) {
	broken := errors.New("no such table")
	s := &table{refuse: map[int]int{1: 1}, err: broken}
	if _, err := s.bulk().Run(context.Background(), []Unit{holding(0, 60), holding(1, 60)}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestABulkWhoseTimeIsUpSaysWhatIsLeft(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &table{refuse: map[int]int{1: 1000}, err: fault.Stale(nil)}
	b := s.bulk()
	again := b.Again
	b.Again = func(ctx context.Context, lines []int) ([]Unit, error) { cancel(); return again(ctx, lines) }
	lost, err := b.Run(ctx, []Unit{holding(0, 60), holding(1, 60)})
	if err != nil || !slices.Equal(lost, []Lost{{Line: 1}}) {
		t.Errorf("lost %v, %v", lost, err)
	}
}

func TestALineWhoseAnswerIsLostIsNeverSaidNotToBeThrough(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &table{refuse: map[int]int{2: 1000}, err: fault.Stale(nil)}
	b := s.bulk()
	b.Commit = func(ctx context.Context, set change.Set) error {
		err := s.commit(ctx, set)
		if set.Writes[0].Record.(int) == 1 { // it is done, and nobody hears
			cancel()
			return fault.New(fault.Unavailable, fault.CodeUnavailable, "")
		}
		return err
	}
	lost, err := b.Run(ctx, []Unit{holding(0, 60), holding(1, 60), holding(2, 60), {Lines: []int{3}, Later: true}})
	if err != nil || len(lost) == 0 {
		t.Fatalf("lost %v, %v", lost, err)
	}
	for _, l := range lost {
		if slices.Contains(s.done, l.Line) && !l.Unsure {
			t.Errorf("line %d is through", l.Line)
		}
		if l.Line >= 2 && l.Unsure {
			t.Errorf("nothing of line %d was written, and it is known", l.Line)
		}
	}
}

func TestNoCommitIsBegunThatCannotBeHeard(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), toHear-time.Millisecond)
	defer cancel()
	s := &table{}
	lost, err := s.bulk().Run(ctx, []Unit{holding(0, 60), holding(1, 60)})
	if err != nil || !slices.Equal(lost, []Lost{{Line: 0}, {Line: 1}}) || len(s.done) != 0 {
		t.Errorf("lost %v, done %v, %v", lost, s.done, err)
	}
}

func TestUnitsThatWaitAreDecidedAgainFirst(t *testing.T) {
	s := &table{}
	lost, err := s.bulk().Run(context.Background(), []Unit{holding(0, 3), {Lines: []int{1}, Later: true}, holding(2, 3)})
	if err != nil || lost != nil || len(s.done) != 3 || s.done[2] != 1 {
		t.Errorf("done %v, lost %v, %v", s.done, lost, err)
	}
}

func TestWhatFitsOneTransactionGoesTogether(t *testing.T) {
	if _, fits := Together([]Unit{holding(0, 50), holding(1, 49)}); !fits {
		t.Error("99 writes leave room for the idempotency record")
	}
	if _, fits := Together([]Unit{holding(0, 50), holding(1, 50)}); fits {
		t.Error("100 writes leave none")
	}
}
