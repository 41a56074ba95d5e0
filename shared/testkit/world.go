package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/infra/rehearsal/invariant"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
)

// CheapCost makes hashing cheap enough for hundreds of trials; ten cases per
// suite use the real one (design.md §9).
var CheapCost = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}

// Password is what everybody in tests chooses.
const Password = "correct horse battery staple 7"

// AdminAddress is the seeded admin's.
const AdminAddress = "ana@firm.example"

// World is a running system with one workspace in it.
type World struct {
	T      testing.TB
	Clock  *Clock
	System System
	// Workspace, Portal and PortalName are the seeded ones; Role is the default
	// client role.
	Workspace, Portal, PortalName, Role string
	// Admin is the seeded admin, signed in by bearer token.
	Admin *Client
	// Tampered says that the test writes to the database by itself, so that
	// nothing is asked of what it leaves.
	Tampered bool

	closed bool
}

// System is what runs: infra/local, or infra/rehearsal when the tests are built
// with the tag "rehearsal".
type System interface {
	// URL is the one origin.
	URL() string
	// Mail is the SES stand-in, with every message that was sent.
	Mail() *ses.Gate
	// Database is the endpoint of the database, and Tables are the tables' names:
	// for looking at what was stored.
	Database() string
	Tables() map[schema.Name]string
	// Settle lets streams and mail events run until nothing is left to do.
	Settle(ctx context.Context) error
	// Invoke calls a function with an event, as the operator would.
	Invoke(ctx context.Context, name string, event any) (json.RawMessage, error)
	// Tick calls a job with an instant, as the clock would.
	Tick(ctx context.Context, job string, now time.Time) (json.RawMessage, error)
	Close() error
}

// seeded is a world with a workspace and its admin, all through the front door:
// the operator's task, the mail, the link, the password.
func (w *World) seeded() *World {
	w.T.Helper()
	w.Seed("Garrigues & Vega", AdminAddress)
	return w
}

// closing ends the system with the test.
func (w *World) closing() *World {
	w.T.Cleanup(w.Close)
	return w
}

// Close ends the system before the test ends, after a look at what was left: the
// invariants hold whatever was done through the front door. More than one call
// is as one.
func (w *World) Close() {
	w.T.Helper()
	if w.closed {
		return
	}
	w.closed = true
	if !w.Tampered {
		for _, wrong := range w.Invariants(invariant.Options{}) {
			w.T.Error(wrong)
		}
	}
	if err := w.System.Close(); err != nil {
		w.T.Error(err)
	}
}

// Invariants says what cannot be true of the database as it is now, beside what
// SES took; see infra/rehearsal/invariant.
func (w *World) Invariants(o invariant.Options) []string {
	w.T.Helper()
	mails, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		w.T.Fatal(err)
	}
	o.Mails = []ses.Message{}
	for _, m := range mails {
		o.Mails = append(o.Mails, m.Message)
	}
	return invariant.Check(context.Background(), local.DatabaseClient(w.System.Database()), w.System.Tables(), w.Now(), o)
}

// testLog shows what the system logs as the test's own.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// logger shows errors only.
func logger(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelError}))
}

// Seed creates a workspace and signs its admin in.
func (w *World) Seed(firm, admin string) {
	w.T.Helper()
	var made struct {
		Workspace  string `json:"workspace"`
		Portal     string `json:"portal"`
		PortalName string `json:"portal_name"`
	}
	w.Invoke("workspaces/create", map[string]any{
		"name": firm, "admin": admin, "language": "es", "zone": "Europe/Madrid", "country": "ES",
	}, &made)
	w.Workspace, w.Portal, w.PortalName = made.Workspace, made.Portal, made.PortalName
	w.Settle()
	w.Admin = w.AcceptMailed(admin, Password)
	roles := w.Admin.Get(w.Path("/roles")).OK()
	w.Role = roles.String("items.0.id")
}

// Path is a path within the workspace.
func (w *World) Path(rest string) string { return "/v1/workspaces/" + w.Workspace + rest }

// Now is the test's instant.
func (w *World) Now() time.Time { return w.Clock.Now() }

// Advance moves the clock.
func (w *World) Advance(d time.Duration) { w.Clock.Advance(d) }

// Settle lets streams and mail events run until nothing is left to do.
func (w *World) Settle() {
	w.T.Helper()
	if err := w.System.Settle(context.Background()); err != nil {
		w.T.Fatal(err)
	}
}

// Tick calls a job at the test's instant and returns its answer.
func (w *World) Tick(job string) map[string]any {
	w.T.Helper()
	answer, err := w.System.Tick(context.Background(), job, w.Now())
	if err != nil {
		w.T.Fatalf("%s: %v", job, err)
	}
	var out map[string]any
	if err := json.Unmarshal(answer, &out); err != nil {
		w.T.Fatal(err)
	}
	return out
}

// Invoke calls a function by name with an event and decodes its answer.
func (w *World) Invoke(name string, event, answer any) {
	w.T.Helper()
	raw, err := w.System.Invoke(context.Background(), name, event)
	if err != nil {
		w.T.Fatalf("%s: %v", name, err)
	}
	if answer != nil {
		if err := json.Unmarshal(raw, answer); err != nil {
			w.T.Fatal(err)
		}
	}
}

// MailTo returns what was sent to an address, oldest first.
func (w *World) MailTo(address string) []ses.Mail {
	w.T.Helper()
	all, err := w.System.Mail().Messages(ses.Filter{To: address})
	if err != nil {
		w.T.Fatal(err)
	}
	return all
}

// LastMailTo returns the newest; the test fails if there is none.
func (w *World) LastMailTo(address string) ses.Mail {
	w.T.Helper()
	all := w.MailTo(address)
	if len(all) == 0 {
		w.T.Fatal("no mail to that address")
	}
	return all[len(all)-1]
}

var (
	linkPattern = regexp.MustCompile(`https?://\S+#(\S+)`)
	codePattern = regexp.MustCompile(`\b(\d{4})[ -]?(\d{4})\b`)
)

// TokenIn returns the token behind the "#" of the first link in a mail's text.
func (w *World) TokenIn(m ses.Mail) string {
	w.T.Helper()
	found := linkPattern.FindStringSubmatch(m.Text)
	if found == nil {
		w.T.Fatalf("no link in the mail %q", m.Subject)
	}
	return found[1]
}

// CodeIn returns the code in a mail's text.
func (w *World) CodeIn(m ses.Mail) string {
	w.T.Helper()
	found := codePattern.FindStringSubmatch(m.Text)
	if found == nil {
		w.T.Fatalf("no code in the mail %q", m.Subject)
	}
	return found[1] + found[2]
}

// AcceptMailed accepts the newest invitation mailed to an address with a
// password, and returns that person signed in.
func (w *World) AcceptMailed(address, pw string) *Client {
	w.T.Helper()
	token := w.TokenIn(w.LastMailTo(address))
	r := w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": pw}).OK()
	return w.Bearer(r.String("token"))
}

// Invite invites addresses to the seeded portal with the default role and
// returns the invitations' identifiers; every line must be invited.
func (w *World) Invite(addresses ...string) []string {
	w.T.Helper()
	var lines []map[string]any
	for _, a := range addresses {
		lines = append(lines, map[string]any{"address": a})
	}
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": lines}).OK()
	var ids []string
	for i := range addresses {
		if v := r.String(fmt.Sprintf("lines.%d.verdict", i)); v != "invited" {
			w.T.Fatalf("line %d: %s", i, v)
		}
		ids = append(ids, r.String(fmt.Sprintf("lines.%d.invitation", i)))
	}
	w.Settle()
	return ids
}

// SignIn signs somebody in by password; the bearer token is theirs.
func (w *World) SignIn(address, pw string) *Client {
	w.T.Helper()
	r := w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": address, "password": pw, "portal": w.PortalName}).OK()
	return w.Bearer(r.String("token"))
}
