package statements_test

import (
	"testing"
	"time"

	"portero/shared/contract"
	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// stay is somebody's access, and what takes it away from one request to the
// next; begin, if any, makes it what is taken away, undo gives it back for the
// next trial.
type stay struct {
	name  string
	end   func(c *testkit.Client)
	undo  func()
	begin func()
	why   string // the code of the refusal; empty: sign_in_required
}

// TestD24NothingIsAllowedFromTheNextRequestOn ends access in every way there is,
// and asks once more, each time another row: none of the next requests is
// authorized. The password reset is with the other deeds of passwords, leaving the
// staff in the live grid.
func TestD24NothingIsAllowedFromTheNextRequestOn(t *testing.T) {
	w := testkit.New(t)
	const eva, member = "eva@client.example", "member@firm.example"
	rows := sessionRows(t, w)
	stays := map[string][]stay{eva: clientStays(w, eva), member: staffStays(w, member)}
	for n := range soak.Trials(t, 1_000) {
		who := []string{eva, member}[n%2]
		s := stays[who][n/2%len(stays[who])]
		if s.begin != nil {
			s.begin()
		}
		c := w.SignIn(who, testkit.Password)
		c.Get(w.Path("/sessions/current")).OK()
		s.end(c)
		row := rows[n%len(rows)]
		if r := row.ask(c); s.why == "" {
			refused(t, s.name, r)
		} else if r.Status != 403 || r.String("code") != s.why {
			t.Errorf("%s: %s is answered %d %s", s.name, r.What, r.Status, r.Body)
		}
		if s.undo != nil {
			s.undo()
		}
		if t.Failed() {
			return
		}
	}
}

// sessionRows are the rows that need a session.
func sessionRows(t *testing.T, w *testkit.World) []asking {
	t.Helper()
	var all []asking
	for _, a := range everyRow(t) {
		if a.Auth == contract.Session {
			all = append(all, a.of(w.Workspace))
		}
	}
	return all
}

// everybodys are the ways of whoever is signed in.
func everybodys(w *testkit.World, address string) []stay {
	return []stay{
		{name: "after signing out", end: func(c *testkit.Client) { c.Delete(w.Path("/sessions/current")).OK() }},
		{name: "after ending all sessions elsewhere", end: func(*testkit.Client) {
			w.SignIn(address, testkit.Password).Delete(w.Path("/sessions")).OK()
		}},
		{name: "after ending this session elsewhere", end: func(c *testkit.Client) {
			id := c.Get(w.Path("/sessions/current")).OK().String("session.id")
			w.SignIn(address, testkit.Password).Delete(w.Path("/sessions/" + id)).OK()
		}},
		{name: "after another password", end: func(*testkit.Client) {
			other := w.SignIn(address, testkit.Password)
			r := other.Post(w.Path("/me/password"), object{"old": testkit.Password, "new": "another long password 3"}).OK()
			w.Bearer(r.String("token")).Post(w.Path("/me/password"), object{"old": "another long password 3", "new": testkit.Password}).OK()
		}},
	}
}

func clientStays(w *testkit.World, address string) []stay {
	grant := client(w, address)
	who := w.AcceptMailed(address, testkit.Password).Get(w.Path("/sessions/current")).OK().String("identity.id")
	member := func(deed string) func() {
		return func() { w.Admin.Post(w.Path("/members/"+who+"/"+deed), nil).OK() }
	}
	other := w.Admin.Post(w.Path("/roles"), object{"portal": w.Portal, "name": "Accountant"}).OK()
	w.Admin.Patch(w.Path(""), object{"settings": object{"support_dates": true}}).OK()
	set := func(body object) func() { return func() { w.Admin.Patch(grant, body).OK() } }
	as := func(f func()) func(*testkit.Client) { return func(*testkit.Client) { f() } }
	return append(everybodys(w, address),
		stay{name: "after sign-in was switched off", end: as(set(object{"sign_in": false})), undo: set(object{"sign_in": true})},
		stay{name: "after the last day was set to yesterday", end: as(set(object{"until": "2026-11-22"})), undo: set(object{"until": ""}), why: "access_ended"},
		stay{name: "after the first day was set to tomorrow", end: as(set(object{"from": "2026-11-24"})), undo: set(object{"from": ""}), why: "access_not_yet"},
		stay{name: "after they were deactivated", end: as(member("deactivate")), undo: member("reactivate")},
		stay{name: "after another role", end: as(set(object{"role": other.String("id")})), undo: set(object{"role": w.Role})},
	)
}

func staffStays(w *testkit.World, address string) []stay {
	_, who := colleague(w, address, "member")
	level := func(to string) func() {
		return func() { w.Admin.Patch(w.Path("/staff/"+who), object{"level": to}).OK() }
	}
	return append(everybodys(w, address),
		stay{name: "after the level rose", end: func(*testkit.Client) { level("admin")() }, undo: level("member")},
		stay{name: "after the level fell", begin: level("admin"), end: func(*testkit.Client) { level("member")() }},
	)
}

// TestD25ASessionIsNewAtEverySignInAndEndsAtItsSecond: lifetimes are those of
// design.md §7 (staff 60 minutes idle and 12 hours, members a day and 30 days),
// not the anchor's, and settings within their limits.
func TestD25ASessionIsNewAtEverySignInAndEndsAtItsSecond(t *testing.T) {
	w := testkit.New(t)
	const eva = "eva@client.example"
	client(w, eva)
	w.AcceptMailed(eva, testkit.Password)
	w.Admin.Patch(w.Path(""), object{"settings": object{"staff_idle_min": 5, "staff_life_min": 20, "member_idle_min": 10, "member_life_min": 60}}).OK()
	idOf := func(c *testkit.Client) string { return c.Get(w.Path("/sessions/current")).OK().String("session.id") }

	t.Run("each sign-in and each change of what one may do has a session of its own", func(t *testing.T) {
		one, two := w.SignIn(eva, testkit.Password), w.SignIn(eva, testkit.Password)
		r := one.Post(w.Path("/me/password"), object{"old": testkit.Password, "new": "another long password 3"}).OK()
		seen := map[string]bool{idOf(w.Bearer(r.String("token"))): true, idOf(w.SignIn(eva, "another long password 3")): true}
		refused(t, "after another password", two.Get(w.Path("/sessions/current")))
		w.Bearer(r.String("token")).Post(w.Path("/me/password"), object{"old": "another long password 3", "new": testkit.Password}).OK()
		seen[idOf(w.SignIn(eva, testkit.Password))] = true
		if len(seen) != 3 {
			t.Errorf("a session twice: %v", seen)
		}
	})
	for _, c := range []struct {
		who, address string
		idle, life   time.Duration
	}{{"staff", testkit.AdminAddress, 5 * time.Minute, 20 * time.Minute}, {"a client", eva, 10 * time.Minute, time.Hour}} {
		t.Run(c.who+" who does nothing is out at the second", func(t *testing.T) {
			one, two := w.SignIn(c.address, testkit.Password), w.SignIn(c.address, testkit.Password)
			w.Advance(c.idle - time.Second)
			one.Get(w.Path("/sessions/current")).OK()
			w.Advance(time.Second)
			refused(t, "idle", two.Get(w.Path("/sessions/current")))
			one.Get(w.Path("/sessions/current")).OK()
		})
		t.Run(c.who+" who never rests is out at the second", func(t *testing.T) {
			one := w.SignIn(c.address, testkit.Password)
			for at := time.Minute; at < c.life; at += time.Minute {
				w.Advance(time.Minute)
				one.Get(w.Path("/sessions/current")).OK()
			}
			w.Advance(time.Minute - time.Second)
			one.Get(w.Path("/sessions/current")).OK()
			w.Advance(time.Second)
			refused(t, "after its life", one.Get(w.Path("/sessions/current")))
		})
	}
}
