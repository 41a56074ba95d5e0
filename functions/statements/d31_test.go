//go:build !rehearsal

package statements_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/infra/local"
	"portero/shared/contract"
	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// canary stands in every text of the other firm that is not meant for everybody:
// names of firm and portals are public where people sign in.
const canary = "kanarienvogel"

// TestD31NothingOfAnotherFirmIsEverSeen sends random requests of an admin of one
// firm with the identifiers of another: in the path, the query and the body, with
// either firm's path, bearer or cookie. No answer and no log line holds a
// byte of the other's texts.
func TestD31NothingOfAnotherFirmIsEverSeen(t *testing.T) {
	var logs safeBuffer
	w := testkit.New(t, func(o *local.Options) { o.Log = slog.New(slog.NewJSONHandler(&logs, nil)) })
	victim := *w
	victim.Seed("Bufete Rival", "jefa@rival.example")
	theirs := plant(&victim)
	mine := identifiers(w, w.Admin)
	rows := everyRow(t)
	random := rand.New(rand.NewPCG(31, 1))
	before := trail(&victim)
	var cursors []string
	for _, path := range []string{"/accounts", "/contacts", "/audit"} {
		cursors = append(cursors, victim.Admin.Get(victim.Path(path)).OK().String("next"))
	}
	allowed := 0
	for n := range soak.Trials(t, 100_000) {
		if n%3_000 == 0 { // rows of links take 3,600 a minute; staff idle for an hour
			w.Advance(time.Minute)
			w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		}
		a := rows[random.IntN(len(rows))]
		a = a.about(func(prefix string) string { return pick(random, prefix, mine, theirs) })
		if a.Method == "GET" && a.query == "" && random.IntN(4) == 0 {
			if c := cursors[random.IntN(len(cursors))]; c != "" {
				a.query = "cursor=" + c
			}
		}
		if endsMine(a.Endpoint) {
			continue
		}
		r := a.ask(w.Admin)
		if r.Status < 300 {
			allowed++
		}
		if r.Status >= 500 {
			t.Fatalf("%s: %d %s", a.Name, r.Status, r.Body)
		}
		if holds(r.Body) || holds([]byte(fmt.Sprint(r.Header))) {
			t.Fatalf("%s %s shows another firm's text: %s", a.Method, a.url(), r.Body)
		}
	}
	if allowed == 0 {
		t.Error("nothing was ever answered: the requests are no test")
	}
	if holds(logs.Bytes()) {
		t.Error("another firm's text is in the log")
	}
	victim.Admin = victim.SignIn("jefa@rival.example", testkit.Password)
	for id, entry := range trail(&victim) {
		// The sign-in above; and anybody may knock at a door: guesses that were refused are in the trail.
		if _, old := before[id]; !old && !strings.HasPrefix(entry, "session.started") && !strings.HasPrefix(entry, "session.refused") {
			t.Errorf("something happened to the other firm: %s", entry)
		}
	}
}

// trail is the audit trail of a firm: action, actor and subject by identifier.
func trail(w *testkit.World) map[string]string {
	w.T.Helper()
	all, next := map[string]string{}, ""
	for {
		r := w.Admin.Get(w.Path("/audit" + next)).OK()
		for i := range r.Len("items") {
			at := fmt.Sprintf("items.%d.", i)
			all[r.String(at+"id")] = r.String(at+"action") + " by " + r.String(at+"actor") + " of " + r.String(at+"subject")
		}
		if r.String("next") == "" {
			return all
		}
		next = "?cursor=" + r.String("next")
	}
}

// endsMine names rows that would end the asker's own session or level, or spend
// the mails of the day.
func endsMine(e contract.Endpoint) bool {
	return slices.Contains([]string{"sessions/end", "sessions/endall", "sessions/switch", "passwords/change", "staff/change"}, e.Name)
}

// holds looks for the canary in any case, and written backwards by nobody.
func holds(b []byte) bool { return bytes.Contains(bytes.ToLower(b), []byte(canary)) }

// pick takes an identifier of a kind: the other firm's three times of four.
func pick(random *rand.Rand, prefix string, mine, theirs map[string][]string) string {
	from := theirs[prefix]
	if len(from) == 0 || random.IntN(4) == 0 {
		from = mine[prefix]
	}
	if len(from) == 0 {
		return ""
	}
	return from[random.IntN(len(from))]
}

// plant puts the canary wherever a firm keeps texts, and returns the identifiers
// by prefix.
func plant(w *testkit.World) map[string][]string {
	w.T.Helper()
	w.LiftCaps()
	c := canary
	account := w.Admin.Post(w.Path("/accounts"), object{"name": c + " cuenta"}).OK().String("id")
	contact := w.Admin.Post(w.Path("/contacts"), object{"name": c + " persona", "address": c + "@client.example", "accounts": []string{account}, "source": c + " origen"}).OK().String("id")
	w.Admin.Post(w.Path("/roles"), object{"portal": w.Portal, "name": c + " papel"}).OK()
	w.Admin.Post(w.Path("/joinlinks"), object{"portal": w.Portal, "label": c + " enlace", "create_contact": true}).OK()
	w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "note": c + " nota", "lines": []object{
		{"contact": contact, "account": account}, {"address": "pending." + c + "@client.example", "name": c},
	}}).OK()
	colleague(w, c+"@rival.example", "member")
	w.Settle()
	w.AcceptMailed(c+"@client.example", testkit.Password)
	return identifiers(w, w.Admin)
}

var anyID = regexp.MustCompile(`\b([a-z]{2,4})_[0-9a-z]{26}\b`)

// identifiers are all that a firm's lists and things show, by prefix.
func identifiers(w *testkit.World, c *testkit.Client) map[string][]string {
	w.T.Helper()
	all := map[string][]string{"ws": {w.Workspace}}
	paths := []string{"", "/accounts", "/contacts", "/staff", "/members", "/roles", "/portals", "/joinlinks", "/joinrequests?state=waiting", "/audit",
		"/sessions", "/sessions/current", "/invitations?state=pending", "/invitations?state=accepted"}
	for _, path := range paths {
		for _, found := range anyID.FindAllStringSubmatch(string(c.Get(w.Path(path)).OK().Body), -1) {
			if !slices.Contains(all[found[1]], found[0]) {
				all[found[1]] = append(all[found[1]], found[0])
			}
		}
	}
	return all
}

// safeBuffer is a log that many write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// Bytes is what was written.
func (s *safeBuffer) Bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.b.Bytes())
}

// lines are what was written, line by line.
func (s *safeBuffer) lines() []string {
	return strings.Split(strings.TrimSuffix(string(s.Bytes()), "\n"), "\n")
}

func (s *safeBuffer) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Reset()
}
