//go:build !rehearsal

package outbox

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// Bench is a firm with an outbox. Its functions run with App, whose calls go
// over Wire and are counted in Spent; the system around it, with its streams
// and its feedback, runs on its own.
type Bench struct {
	*testkit.World
	App     *app.App
	Wire    *Wire
	Gate    *ses.Gate // that App sends through
	Log     *Log
	Spent   *testkit.Spent
	Firm    workspace.Workspace
	Door    portal.Portal
	Inviter identity.Identity // the firm's one admin
}

// New starts a system with a firm in Madrid that writes Spanish.
func New(t testing.TB) *Bench {
	t.Helper()
	b := &Bench{World: testkit.Empty(t)}
	b.Gate = b.System.Mail()
	return b.start(b.Local().Config())
}

// Deaf is New with an SES that never reports what became of a mail.
func Deaf(t testing.TB) *Bench {
	t.Helper()
	b := &Bench{World: testkit.Empty(t)}
	gate, err := ses.Open(ses.Options{Now: b.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gate)
	t.Cleanup(func() { server.Close(); _ = gate.Close() })
	b.Gate = gate
	c := b.Local().Config()
	c.SES = server.URL
	return b.start(c)
}

func (b *Bench) start(c app.Config) *Bench {
	b.Wire, b.Log, b.Spent = &Wire{}, &Log{}, &testkit.Spent{}
	c.Log, c.HTTP = slog.New(slog.NewJSONHandler(b.Log, nil)), b.Wire
	b.App = app.New(c, contract.Uses{Mail: true, Tables: []contract.Access{{Table: schema.Core}}})
	b.App.Store.Meter = b.Spent.Add
	b.Tampered = true // what a bench needs of an invitation is made by hand
	b.seed()
	b.Spent.Reset()
	return b
}

func (b *Bench) seed() {
	b.T.Helper()
	now := b.Now()
	settings := workspace.Defaults()
	settings.Zone, settings.Language = "Europe/Madrid", "es"
	w, err := workspace.New(id.New[id.Workspace](now), "Garrigues & Vega", settings, now)
	if err != nil {
		b.T.Fatal(err)
	}
	door := portal.Portal{ID: id.New[id.Portal](now), Workspace: w.ID, Name: "garrigues-vega", Title: "Clientes", CreatedAt: now}
	client := role.Role{ID: id.New[id.Role](now), Workspace: w.ID, Portal: door.ID, Name: "Cliente", For: role.Contacts, Default: true, CreatedAt: now}
	door.DefaultRole = client.ID
	ana := b.Address(testkit.AdminAddress)
	who := identity.Identity{ID: identity.IDOf(w.ID, ana.Key()), Workspace: w.ID, Address: ana, Key: ana.Key(), Name: "Ana",
		Level: access.Admin, CreatedAt: now}
	b.Insert(w, door, client, who)
	w.Version, door.Version, who.Version = 1, 1, 1
	b.Firm, b.Door, b.Inviter = w, door, who
}

// Address parses an address.
func (b *Bench) Address(s string) email.Address {
	b.T.Helper()
	a, err := email.Parse(s)
	if err != nil {
		b.T.Fatal(err)
	}
	return a
}

// Insert commits new records in one transaction.
func (b *Bench) Insert(records ...any) {
	b.T.Helper()
	var set change.Set
	for _, r := range records {
		set.Insert(r)
	}
	b.Commit(set)
}

// Replace commits a record that was read.
func (b *Bench) Replace(record any) {
	b.T.Helper()
	var set change.Set
	set.Replace(record)
	b.Commit(set)
}

// Commit commits a set, or fails the test.
func (b *Bench) Commit(set change.Set) {
	b.T.Helper()
	if err := b.App.Store.Commit(context.Background(), set); err != nil {
		b.T.Fatal(err)
	}
}

// Call runs a function with the bench's app.
func (b *Bench) Call(ctx context.Context, f app.Function, event, answer any) error {
	b.T.Helper()
	payload, err := json.Marshal(event)
	if err != nil {
		b.T.Fatal(err)
	}
	out, err := f.Start(b.App)(ctx, payload)
	if err == nil && answer != nil {
		err = json.Unmarshal(out, answer)
	}
	return err
}

// At calls a job with an instant, as the clock would, and fails the test if it
// fails.
func (b *Bench) At(f app.Function, now time.Time, answer any) {
	b.T.Helper()
	if err := b.Call(context.Background(), f, app.Tick{Time: now}, answer); err != nil {
		b.T.Fatal(err)
	}
}

// Faulty makes the next sends go wrong, one by one, and those after them well.
func (b *Bench) Faulty(faults ...ses.Fault) {
	var mu sync.Mutex
	b.Gate.SetFault(func(_ int, action string) ses.Fault {
		mu.Lock()
		defer mu.Unlock()
		if action != "SendRawEmail" || len(faults) == 0 {
			return ses.None
		}
		f := faults[0]
		faults = faults[1:]
		return f
	})
}

// Always makes every send go wrong in the same way.
func (b *Bench) Always(f ses.Fault) {
	b.Gate.SetFault(func(_ int, action string) ses.Fault {
		if action == "SendRawEmail" {
			return f
		}
		return ses.None
	})
}

// Impatient gives a mail this long instead of ten seconds, for an SES that
// hangs.
func (b *Bench) Impatient(patience time.Duration) { b.App.Mail.Timeout = patience }

// Log is what functions logged.
type Log struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write keeps a record.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String returns every record.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
