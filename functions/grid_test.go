package functions_test

import (
	"bytes"
	"fmt"
	"testing"
	"text/tabwriter"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

// personas are everybody who may knock at a row. The live grid asks each of them
// over HTTP.
var personas = []struct {
	name  string
	actor access.Actor
}{
	{"nobody", access.Actor{}},
	{"link", access.Actor{Kind: access.Link}},
	{"client", access.Actor{Kind: access.Person, Grant: access.Grant{Account: id.Account("acc_"), Role: "rol_"}}},
	{"former", access.Actor{Kind: access.Person}}, // signed in once, neither staff nor member any more
	{"member", access.Actor{Kind: access.Person, Level: access.Member}},
	{"admin", access.Actor{Kind: access.Person, Level: access.Admin}},
	{"key", access.Actor{Kind: access.Key, Level: access.Admin, Scopes: access.ScopesOf(access.Permissions())}}, // an admin's, for everything
	{"owing", access.Actor{Kind: access.Person, Level: access.Admin, Owes: access.OwesSecondFactor}},            // signed in, and not done with it
}

// TestTheGridSaysWhoMayAskForWhat writes the grid that people review: a row
// without an entry cannot be, since the grid is made from the rows.
func TestTheGridSaysWhoMayAskForWhat(t *testing.T) {
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "row\tneeds")
	for _, p := range personas {
		fmt.Fprintf(w, "\t%s", p.name)
	}
	fmt.Fprintln(w)
	for _, row := range functions.Rows() {
		e, ok := row.(contract.Endpoint)
		if !ok {
			continue
		}
		needs := string(e.Needs)
		if e.Auth == contract.Public {
			needs = "(public)"
		} else if e.Auth == contract.Link {
			needs = "(link)"
		}
		fmt.Fprintf(w, "%s\t%s", e.Name, needs)
		for _, p := range personas {
			fmt.Fprintf(w, "\t%s", answer(e, p.actor))
		}
		fmt.Fprintln(w)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/authz.golden", out.Bytes())
}

// answer is what the row's own question comes to.
func answer(e contract.Endpoint, a access.Actor) string {
	switch {
	case e.Auth == contract.Public:
		return "yes"
	case e.Auth == contract.Link:
		return "link" // the link in the body decides
	case a.Kind == access.Key && !access.Delegable(e.Needs):
		return "401"
	case a.Kind != access.Person && a.Kind != access.Key:
		return "401"
	case !access.May(a, e.Needs):
		return "403"
	case access.NeedsSwitch(a, e.Needs):
		return "switch" // while the workspace lets members invite
	}
	return "yes"
}
