package optouts_test

import (
	"net/http"
	"testing"

	"portero/shared/testkit"
)

func TestWhoeverFollowsAListUnsubscribeIsAskedFirst(t *testing.T) {
	w := testkit.New(t)
	token := stopOf(w)
	client := http.Client{Transport: w.HTTP().Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for query, want := range map[string]string{
		"u=" + token:                "/unsubscribe?u=" + token,
		"u=https%3A%2F%2Fevil%26x#": "/unsubscribe?u=https%3A%2F%2Fevil%26x",
	} {
		r, err := client.Get(w.System.URL() + "/v1/unsubscribe?" + query)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != want {
			t.Errorf("%s: %d to %s", query, r.StatusCode, r.Header.Get("Location"))
		}
	}
	w.Anonymous().Get("/v1/unsubscribe").Problem(422, "invalid")
	again := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
	if again.String("lines.0.verdict") != "already_pending" {
		t.Errorf("something was stopped: %s", again.Body)
	}
}
