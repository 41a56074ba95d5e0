package local_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

// What a fresh reader got past us once.
func TestBadInputThatOncePassed(t *testing.T) {
	w := testkit.New(t)
	for _, c := range []struct {
		name, path, body string
		status           int
		code, field      string
	}{
		{"a name in capitals beside the right one", "/roles", `{"portal":"` + w.Portal + `","name":"zz","for":"leads","FOR":"martians"}`, 422, "invalid", "FOR"},
		{"a name in capitals instead of the right one", "/roles", `{"Portal":"` + w.Portal + `","name":"zz"}`, 422, "invalid", ""},
		{"an empty identifier of a portal", "/joinlinks", `{"portal":""}`, 422, "id_malformed", "portal"},
		{"an empty identifier of a role's portal", "/roles", `{"portal":"","name":"a"}`, 422, "id_malformed", "portal"},
		{"a property that is missing", "/accounts", `{}`, 422, "invalid", "name"},
		{"an identifier of 3,000 bytes", "/invitations/" + strings.Repeat("a", 3000) + "/cancel", `{}`, 404, "not_found", ""},
		{"an identifier of 3,000 bytes with a prefix", "/invitations/inv_" + strings.Repeat("a", 3000) + "/resend", `{}`, 404, "not_found", ""},
		{"a contact of whom nothing is known", "/contacts", `{}`, 422, "contact_empty", "name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.Admin.Post(w.Path(c.path), c.body).Problem(c.status, c.code)
			if c.field != "" && !strings.Contains(string(r.Body), `"name":"`+c.field+`"`) {
				t.Errorf("%s", r.Body)
			}
		})
	}
}
