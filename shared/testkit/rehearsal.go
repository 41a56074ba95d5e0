//go:build rehearsal

package testkit

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"portero/infra/rehearsal"
)

// New runs the synthesized templates and seeds a workspace with its admin. What
// is run, and where what was seen is written, `make rehearse` says by the
// environment (infra/rehearsal/rehearse).
func New(t testing.TB) *World {
	t.Helper()
	return Empty(t).seeded()
}

// Alone is New: every system here has a database of its own.
func Alone(t testing.TB) *World {
	t.Helper()
	return New(t)
}

// Empty runs the templates without a workspace.
func Empty(t testing.TB) *World {
	t.Helper()
	w := &World{T: t, Clock: &Clock{now: Start}}
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv(rehearsal.EnvSeed), "1"), 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", rehearsal.EnvSeed, err)
	}
	s, err := rehearsal.Start(context.Background(), rehearsal.Options{
		Assembly: os.Getenv(rehearsal.EnvAssembly), Binary: os.Getenv(rehearsal.EnvBinary),
		Now: w.Clock.Now, Seed: seed, Log: logger(t), Ledger: ledger(),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.System = s
	t.Cleanup(func() {
		for _, p := range s.Problems() {
			t.Error(p)
		}
		if dir := os.Getenv(rehearsal.EnvLedgers); dir != "" {
			if err := ledger().Write(filepath.Join(dir, fmt.Sprintf("%d.json", os.Getpid()))); err != nil {
				t.Error(err)
			}
		}
	}) // after Close, whose clean-up is registered later
	return w.closing()
}

// Rehearsal is the system itself, for tests about what befalls its calls.
func (w *World) Rehearsal() *rehearsal.System { return w.System.(*rehearsal.System) }

// ledger takes down what this test package's systems saw.
var ledger = sync.OnceValue(func() *rehearsal.Ledger { return &rehearsal.Ledger{} })

// asker asks the system, whose certificate nobody else trusts.
func asker() *http.Client { return rehearsal.Client() }

// freshKey is the Idempotency-Key of a POST for which a test sets none, as our
// pages send one with each; rows that take none leave it alone.
func freshKey() string { return rand.Text() }
