//go:build !rehearsal

package testkit

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"portero/infra/local"
)

var worlds atomic.Int64

// New starts a system on this machine and seeds a workspace with its admin.
// Tests that change options belong to this system alone: their files do not
// build with the tag "rehearsal".
func New(t testing.TB, change ...func(*local.Options)) *World {
	t.Helper()
	return Empty(t, change...).seeded()
}

// Alone is New with a database of its own, which is fresh and ends with Close:
// one slows with every record of its streams (design.md §8).
func Alone(t testing.TB) *World {
	t.Helper()
	return New(t, func(o *local.Options) { o.Database = "" })
}

// Empty starts a system without a workspace.
func Empty(t testing.TB, change ...func(*local.Options)) *World {
	t.Helper()
	w := &World{T: t, Clock: &Clock{now: Start}}
	o := local.Options{Database: Database(t), Prefix: fmt.Sprintf("t%d-", worlds.Add(1)), Now: w.Clock.Now, Cost: CheapCost, Log: logger(t)}
	for _, c := range change {
		c(&o)
	}
	s, err := local.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	w.System = s
	return w.closing()
}

// Local is the system itself, for tests within its process.
func (w *World) Local() *local.System { return w.System.(*local.System) }

// asker asks the system.
func asker() *http.Client { return http.DefaultClient }

// freshKey is none: here a test sends the Idempotency-Key that it is about.
func freshKey() string { return "" }
