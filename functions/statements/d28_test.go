//go:build !rehearsal

package statements_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// TestD28KnownAndUnknownCannotBeToldApart asks about addresses that are known,
// unknown, invited, deactivated and without a way in: for each row the answers
// are the same bytes, the calls the same in kind and number, and the hashes
// exactly as many. The anchor's timing test is replaced by these counts (issue 3
// part 6); make bench prints the times.
func TestD28KnownAndUnknownCannotBeToldApart(t *testing.T) {
	w, wire := wired(t)
	w.LiftCaps()
	w.Admin.Patch(w.Path(""), object{"settings": object{"code_sign_in": true}}).OK()
	people := everySort(w)
	token := joinToken(w)
	for _, row := range []struct {
		name, path string
		body       object
		hashes     int64
	}{
		{"sign in", w.Path("/sessions"), object{"password": "not the password at all", "portal": w.PortalName}, 1},
		{"sign in at the console", w.Path("/sessions"), object{"password": "not the password at all"}, 1},
		{"forget a password", w.Path("/password-resets"), object{}, 0},
		{"ask for a code", w.Path("/sessions/codes"), object{"portal": w.PortalName}, 0},
		{"choose a first password", w.Path("/passwords/first"), object{"temporary": "1234 5678 1234 5678", "password": testkit.Password}, 1},
		{"join by a link", "/v1/joinlinks/join", object{"token": token, "password": "not the password at all", "name": "Eva"}, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			ask := func(address string) seen {
				body := object{"address": address}
				for n, v := range row.body {
					body[n] = v
				}
				w.Advance(time.Minute)
				got := wire.watch(func() testkit.Response { return w.Anonymous().Post(row.path, body) })
				w.Settle()
				return anyIdentifiers(got)
			}
			want := ask("nobody@client.example")
			if want.hashes != row.hashes {
				t.Errorf("%d hashes, want %d", want.hashes, row.hashes)
			}
			for sort, address := range people {
				same(t, sort, ask(address), want)
			}
		})
	}
}

// everySort are people of every sort by what they are.
func everySort(w *testkit.World) map[string]string {
	w.T.Helper()
	people := map[string]string{"an admin": testkit.AdminAddress, "a member": "member@client.example", "somebody invited": "invited@client.example",
		"somebody switched off": "off@client.example", "somebody with a temporary password": "temporary@client.example", "a colleague who left": "left@firm.example"}
	w.Invite("member@client.example", "invited@client.example")
	w.AcceptMailed("member@client.example", testkit.Password)
	w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "by": "credentials", "lines": []object{{"address": "temporary@client.example"}}}).OK()
	grant := client(w, "off@client.example")
	w.AcceptMailed("off@client.example", testkit.Password)
	w.Admin.Patch(grant, object{"sign_in": false}).OK()
	_, left := colleague(w, "left@firm.example", "member")
	w.Admin.Patch(w.Path("/staff/"+left), object{"level": "none"}).OK()
	return people
}

// anyIdentifiers makes what is drawn anew or counted from now alike. Who is
// mailed nothing still costs one put, of rubbish, and that into the table whose
// rubbish goes by itself.
func anyIdentifiers(s seen) seen {
	s.answer = instant.ReplaceAllString(fresh.ReplaceAllString(s.answer, "$1"), "")
	s.trace = strings.Replace(s.trace, "PutItem[idempotency]", "PutItem[message]", 1)
	s.trace = strings.Replace(s.trace, "Items[verification verification]", "Items[message verification]", 1)
	return s
}
