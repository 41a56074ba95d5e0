package dynamo

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
)

// Unit is what must become true together, with the lines of a bulk request that
// it is from.
type Unit struct {
	Lines []int
	Set   change.Set
	Later bool // waits for another unit: it must be decided again first
}

// Units are groups that were decided of some lines of a request, by the lines'
// places in it.
func Units(groups []directory.Group, lines []int) []Unit {
	units := make([]Unit, len(groups))
	for n, g := range groups {
		units[n] = Unit{Lines: make([]int, len(g.Lines)), Set: g.Set, Later: g.Later}
		for i, line := range g.Lines {
			units[n].Lines[i] = lines[line]
		}
	}
	return units
}

const (
	// maxWrites leaves room in a transaction for the idempotency record.
	maxWrites = MaxItems - 1
	// atOnce is how many transactions of one request run at the same time
	// (chosen; more gain nothing against one table on two cores).
	atOnce = 8
	// maxTries is how often a unit is decided again before its lines fail
	// (chosen; 50 requests for the same address at once need about 8).
	maxTries = 12
	// BulkTimeout is the timeout of rows that commit in bulk: it stays below API Gateway's 30 s
	// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
	BulkTimeout = 28 * time.Second
	// toHear is kept back of a request's time: no commit is begun with less left
	// than one attempt of a call may take (app's callTimeout), so that its answer
	// is heard. The SDK's further attempts may still find the time up: their lines
	// are Unsure. It costs the last tenth of BulkTimeout (chosen: three attempts
	// and their pauses would cost almost half).
	toHear = 3 * time.Second
)

// Lost is a line that is not known to have got through.
type Lost struct {
	Line int
	// Unsure says that a commit of it was begun whose answer nobody heard: it may
	// have got through. Else nothing of it was written.
	Unsure bool
}

// Together puts all units into one set, if they fit one transaction.
func Together(units []Unit) (all change.Set, fits bool) {
	b := newBatch()
	for _, u := range units {
		if u.Later || !b.add(u) {
			return change.Set{}, false
		}
	}
	return b.set, len(b.set.Writes) <= maxWrites
}

// batch is a transaction being put together. What several units count in the
// same place is counted once.
type batch struct {
	units  []Unit
	set    change.Set
	placed map[string]int // where each item's write stands in the set
}

func newBatch() *batch { return &batch{placed: map[string]int{}} }

// add takes a unit in; false if it writes an item that another writes: one
// transaction takes an item once, and the second was decided without the first.
func (b *batch) add(u Unit) bool {
	for _, w := range u.Set.Writes {
		if at, there := b.placed[itemOf(w)]; there {
			if _, counts := plus(b.set.Writes[at].Record, w.Record); !counts {
				return false
			}
		}
	}
	b.units = append(b.units, u)
	for _, w := range u.Set.Writes {
		item := itemOf(w)
		if at, there := b.placed[item]; there {
			if sum, ok := plus(b.set.Writes[at].Record, w.Record); ok {
				b.set.Writes[at].Record = sum
				continue
			}
		}
		if item != "" {
			b.placed[item] = len(b.set.Writes)
		}
		b.set.Writes = append(b.set.Writes, w)
	}
	return true
}

// room is how many writes a unit would add.
func (b *batch) room(u Unit) (n int) {
	for _, w := range u.Set.Writes {
		if _, there := b.placed[itemOf(w)]; !there {
			n++
		}
	}
	return n
}

// itemOf names the item that a write is about; empty for what the store does not
// know, and will refuse.
func itemOf(w change.Write) string {
	f, known := families[reflect.TypeOf(w.Record)]
	if !known {
		return ""
	}
	k := f.keys(w.Record)
	return k.pk + "\x00" + k.sk
}

// plus makes one of two that are raised in the same place.
func plus(a, b change.Record) (change.Record, bool) {
	one, ok := a.(change.Sum)
	if !ok {
		return nil, false
	}
	return one.Plus(b)
}

// Bulk commits many units, whole ones together as far as they fit.
type Bulk struct {
	Commit func(context.Context, change.Set) error
	// Again decides lines once more, and returns what they now come to.
	Again func(ctx context.Context, lines []int) ([]Unit, error)
}

// Settle returns the units as one set, for the caller to commit with its answer,
// if they fit one transaction; else it runs them and returns the lines that are
// lost, and whether it was all written.
func (b Bulk) Settle(ctx context.Context, units []Unit) (set change.Set, lost []Lost, written bool, err error) {
	if set, fits := Together(units); fits {
		return set, nil, false, nil
	}
	lost, err = b.Run(ctx, units)
	return change.Set{}, lost, err == nil && len(lost) == 0, err
}

// Run commits every unit, some at a time; a unit that was stale is decided
// again and tried alone, so that it holds up no other. It returns the lines
// that are lost: those that were stale each time, and those that were left when
// the request's time was up.
func (b Bulk) Run(ctx context.Context, units []Unit) ([]Lost, error) {
	size, unsure := maxWrites, map[int]bool{}
	for try := 0; len(units) > 0; {
		bad, progress, err := b.round(ctx, pack(units, size), unsure)
		if err != nil || len(bad) == 0 {
			return nil, err
		}
		if !progress {
			try++
		}
		if try == maxTries || late(ctx) || Pause(ctx, try) != nil {
			return lose(bad, unsure), nil
		}
		if units, err = b.Again(ctx, bad); err != nil {
			if ctx.Err() != nil {
				return lose(bad, unsure), nil
			}
			return nil, err
		}
		size = 1
	}
	return nil, nil
}

// lose says of lines whether their commit may have been done. One whose answer
// was lost stays so until it is found written: it may arrive late.
func lose(lines []int, unsure map[int]bool) []Lost {
	all := make([]Lost, len(lines))
	for n, line := range lines {
		all[n] = Lost{Line: line, Unsure: unsure[line]}
	}
	return all
}

// late reports whether too little time is left to begin a commit.
func late(ctx context.Context) bool {
	end, bounded := ctx.Deadline()
	return ctx.Err() != nil || bounded && time.Until(end) < toHear
}

// round commits batches, some at a time, as long as there is time. It returns
// the lines of those that must be decided again, notes whose answer was not
// heard, and says whether anything was committed.
func (b Bulk) round(ctx context.Context, batches [][]Unit, unsure map[int]bool) (bad []int, progress bool, err error) {
	results := make([]error, len(batches))
	var wait sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for n, batch := range batches {
		if batch[0].Later {
			results[n] = errUntried
			continue
		}
		free <- struct{}{}
		if late(ctx) {
			results[n] = errUntried
			<-free
			continue
		}
		wait.Go(func() {
			defer func() { <-free }()
			set, _ := Together(batch)
			results[n] = b.Commit(ctx, set)
		})
	}
	wait.Wait()
	for n, result := range results {
		switch {
		case result == nil:
			progress = true
		case retryable(result) || ctx.Err() != nil:
			for _, u := range batches[n] {
				bad = append(bad, u.Lines...)
				for _, line := range u.Lines {
					unsure[line] = unsure[line] || !unwritten(result)
				}
			}
		default:
			return nil, progress, result
		}
	}
	return bad, progress, nil
}

// errUntried marks a unit whose commit was not begun: it waits for another, or
// the time was up.
var errUntried = errors.New("not tried")

// retryable reports whether deciding again may help: something changed under
// the unit, or nobody knows whether it was committed.
func retryable(err error) bool {
	f := fault.As(err)
	return unwritten(err) || f != nil && f.Kind == fault.Unavailable
}

// unwritten reports whether it is known that nothing was committed.
func unwritten(err error) bool {
	f := fault.As(err)
	return errors.Is(err, errUntried) || f != nil && f.Code == fault.CodeStale
}

// pack puts units into batches of at most size writes; a larger unit, and one
// that waits, stands alone.
func pack(units []Unit, size int) [][]Unit {
	var all [][]Unit
	var b *batch
	for _, u := range units {
		if b == nil || u.Later || b.units[0].Later || len(b.set.Writes)+b.room(u) > size || !b.add(u) {
			b = newBatch()
			b.add(u)
			all = append(all, nil)
		}
		all[len(all)-1] = b.units
	}
	return all
}
