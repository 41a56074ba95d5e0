package invitations_test

import (
	"fmt"
	"strings"

	"portero/shared/testkit"
)

// one is an object of a request.
type one map[string]any

// body is a request to invite lines to the seeded portal.
func body(w *testkit.World, lines ...one) one { return one{"portal": w.Portal, "lines": lines} }

func address(a string) one { return one{"address": a} }

// verdicts of an answer, in order.
func verdicts(r testkit.Response) string {
	var all []string
	for n := range r.Len("lines") {
		all = append(all, r.String(fmt.Sprintf("lines.%d.verdict", n)))
	}
	return strings.Join(all, " ")
}

// state of an invitation, as staff see it.
func state(w *testkit.World, invitation string) string {
	return w.Admin.Get(w.Path("/invitations/" + invitation)).OK().String("state")
}

// open asks what a link leads to.
func open(w *testkit.World, token string) testkit.Response {
	return w.Anonymous().Post("/v1/invitations/open", one{"token": token})
}

// listed are the addresses of a list, in order.
func listed(w *testkit.World, query string) []string {
	r := w.Admin.Get(w.Path("/invitations?" + query)).OK()
	var all []string
	for n := range r.Len("items") {
		all = append(all, r.String(fmt.Sprintf("items.%d.address", n)))
	}
	return all
}

// audited are the actions recorded about a thing, newest first.
func audited(w *testkit.World, subject string) []string {
	r := w.Admin.Get(w.Path("/audit?subject=" + subject)).OK()
	var all []string
	for n := range r.Len("items") {
		all = append(all, r.String(fmt.Sprintf("items.%d.action", n)))
	}
	return all
}
