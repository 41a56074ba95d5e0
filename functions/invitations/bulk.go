package invitations

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/dynamo"
)

// unit is what must become true together, with the lines it is from.
type unit struct {
	lines []int
	set   change.Set
	later bool // waits for another unit: it must be decided again first
}

const (
	// maxWrites leaves room in a transaction for the idempotency record.
	maxWrites = dynamo.MaxItems - 1
	// atOnce is how many transactions of one request run at the same time
	// (chosen; more gain nothing against one table on two cores).
	atOnce = 8
	// maxTries is how often a unit is decided again before its lines fail
	// (chosen; 50 requests for the same address at once need about 8).
	maxTries = 12
	// bulkTimeout stays below API Gateway's 30 s
	// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
	bulkTimeout = 28 * time.Second
)

// together puts all units into one set, if they fit one transaction.
func together(units []unit) (all change.Set, fits bool) {
	for _, u := range units {
		if u.later {
			return change.Set{}, false
		}
		all.Add(u.set)
	}
	return all, len(all.Writes) <= maxWrites
}

// bulk commits many units, whole ones together as far as they fit.
type bulk struct {
	commit func(context.Context, change.Set) error
	// again decides lines once more, and returns what they now come to.
	again func(ctx context.Context, lines []int) ([]unit, error)
}

// run commits every unit, some at a time; a unit that was stale is decided
// again and tried alone, so that it holds up no other. It returns the lines
// that did not get through: those that were stale each time, and those that
// were left when the request's time was up.
func (b bulk) run(ctx context.Context, units []unit) (lost []int, err error) {
	size := maxWrites
	for try := 0; len(units) > 0; {
		bad, progress, err := b.round(ctx, pack(units, size))
		if err != nil || len(bad) == 0 {
			return nil, err
		}
		if !progress {
			try++
		}
		if try == maxTries || dynamo.Pause(ctx, try) != nil {
			return bad, nil
		}
		if units, err = b.again(ctx, bad); err != nil {
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
func (b bulk) round(ctx context.Context, batches [][]unit) (bad []int, progress bool, err error) {
	results := make([]error, len(batches))
	var wait sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for n, batch := range batches {
		if batch[0].later {
			results[n] = errLater
			continue
		}
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			set, _ := together(batch)
			results[n] = b.commit(ctx, set)
		})
	}
	wait.Wait()
	for n, result := range results {
		switch {
		case result == nil:
			progress = true
		case retryable(result) || ctx.Err() != nil:
			for _, u := range batches[n] {
				bad = append(bad, u.lines...)
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
func pack(units []unit, size int) [][]unit {
	var all [][]unit
	room := 0
	for _, u := range units {
		need := len(u.set.Writes)
		if u.later || need > room || len(all) == 0 {
			all = append(all, nil)
			room = size
		}
		all[len(all)-1] = append(all[len(all)-1], u)
		if room -= need; u.later {
			room = 0
		}
	}
	return all
}

// cut shortens s to most bytes of whole characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
