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
)

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
// if they fit one transaction; else it runs them and returns the lines that did
// not get through, and whether it was all written.
func (b Bulk) Settle(ctx context.Context, units []Unit) (set change.Set, lost []int, written bool, err error) {
	if set, fits := Together(units); fits {
		return set, nil, false, nil
	}
	lost, err = b.Run(ctx, units)
	return change.Set{}, lost, err == nil && len(lost) == 0, err
}

// Run commits every unit, some at a time; a unit that was stale is decided
// again and tried alone, so that it holds up no other. It returns the lines
// that did not get through: those that were stale each time, and those that
// were left when the request's time was up.
func (b Bulk) Run(ctx context.Context, units []Unit) (lost []int, err error) {
	size := maxWrites
	for try := 0; len(units) > 0; {
		bad, progress, err := b.round(ctx, pack(units, size))
		if err != nil || len(bad) == 0 {
			return nil, err
		}
		if !progress {
			try++
		}
		if try == maxTries || Pause(ctx, try) != nil {
			return bad, nil
		}
		if units, err = b.Again(ctx, bad); err != nil {
			if ctx.Err() != nil {
				return bad, nil
			}
			return nil, err
		}
		size = 1
	}
	return nil, nil
}

// round commits batches, some at a time. It returns the lines of those that
// must be decided again, and whether anything was committed.
func (b Bulk) round(ctx context.Context, batches [][]Unit) (bad []int, progress bool, err error) {
	results := make([]error, len(batches))
	var wait sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for n, batch := range batches {
		if batch[0].Later {
			results[n] = errLater
			continue
		}
		free <- struct{}{}
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
			}
		default:
			return nil, progress, result
		}
	}
	return bad, progress, nil
}

// errLater marks a unit that was not tried.
var errLater = errors.New("waits for another unit")

// retryable reports whether deciding again may help: something changed under
// the unit, or nobody knows whether it was committed.
func retryable(err error) bool {
	f := fault.As(err)
	return errors.Is(err, errLater) || f != nil && (f.Code == fault.CodeStale || f.Kind == fault.Unavailable)
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
