package statements_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

type object = map[string]any

// client invites somebody to a known contact of an account of its own, and
// returns the path of the grant. They have not accepted.
func client(w *testkit.World, address string) (grant string) {
	w.T.Helper()
	account := w.Admin.Post(w.Path("/accounts"), object{"name": "Casa de " + strings.Split(address, "@")[0]}).OK().String("id")
	contact := w.Admin.Post(w.Path("/contacts"), object{"name": "Eva", "address": address, "accounts": []string{account}}).OK().String("id")
	w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "lines": []object{{"contact": contact, "account": account}}}).OK()
	w.Settle()
	return w.Path("/accounts/" + account + "/contacts/" + contact + "/grants/" + w.Portal)
}

// colleague is a member of staff, signed in, and their identity.
func colleague(w *testkit.World, address, level string) (*testkit.Client, string) {
	w.T.Helper()
	w.Admin.Post(w.Path("/staff/invitations"), object{"address": address, "level": level}).OK()
	w.Settle()
	c := w.AcceptMailed(address, testkit.Password)
	return c, c.Get(w.Path("/sessions/current")).OK().String("identity.id")
}

// joinToken is a fresh join link's token.
func joinToken(w *testkit.World) string {
	w.T.Helper()
	return tokenOf(w.Admin.Post(w.Path("/joinlinks"), object{"portal": w.Portal, "create_contact": true}).OK().String("url"))
}

// tokenOf is what stands behind the "#" of a link.
func tokenOf(link string) string {
	_, token, _ := strings.Cut(link, "#")
	return token
}

// refused fails the test unless the answer lets nobody in.
func refused(t *testing.T, what string, r testkit.Response) {
	t.Helper()
	if r.Status != 401 {
		t.Errorf("%s: %s is answered %d %s", what, r.What, r.Status, r.Body)
	}
}
