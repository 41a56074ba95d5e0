package optouts_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

const lucia = "lucia@client.example"

// stopOf invites somebody and returns the token of the mail's List-Unsubscribe.
func stopOf(w *testkit.World) string {
	w.T.Helper()
	w.Invite(lucia)
	head := strings.Join(w.LastMailTo(lucia).Header["List-Unsubscribe"], "")
	_, token, ok := strings.Cut(strings.TrimSuffix(head, ">"), w.System.URL()+"/v1/unsubscribe?u=")
	if !ok {
		w.T.Fatalf("List-Unsubscribe: %q", head)
	}
	return token
}

func TestC2WhateverAMailProgramPostsStopsTheMail(t *testing.T) {
	for name, c := range map[string]struct{ kind, body string }{
		"a form, as RFC 8058 asks": {"application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"},
		"a multipart form":         {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"},
		"JSON":                     {"application/json", "{}"},
		"broken JSON":              {"application/json", "{"},
		"text":                     {"text/plain", "One-Click"},
		"bytes":                    {"application/octet-stream", "\x00\xff"},
	} {
		w := testkit.New(t)
		token := stopOf(w)
		if r := w.Anonymous().With("Content-Type", c.kind).Do("POST", "/v1/unsubscribe?u="+token, c.body).OK(); string(r.Body) != "{}" {
			t.Errorf("%s: %s", name, r.Body)
		}
		again := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
		if again.String("lines.0.code") != "opted_out" {
			t.Errorf("%s: %s", name, again.Body)
		}
	}
}

func TestWhatIsNoUnsubscribeTokenStopsNothing(t *testing.T) {
	w := testkit.New(t)
	stop := stopOf(w)
	link := w.TokenIn(w.LastMailTo(lucia))
	for name, query := range map[string]string{
		"the mail's link": "?u=" + link, "nonsense": "?u=x", "another workspace": "?u=ws_01jd0h5m3w8q4v9x2c6k7n1t5z" + stop[29:],
	} {
		if r := w.Anonymous().Do("POST", "/v1/unsubscribe"+query, nil).Problem(404, "link_unknown"); r.Len("errors") != 0 {
			t.Errorf("%s: %s", name, r.Body)
		}
	}
	for name, query := range map[string]string{"none": "", "twice": "?u=" + stop + "&u=" + stop, "another parameter": "?u=" + stop + "&x=1"} {
		if r := w.Anonymous().Do("POST", "/v1/unsubscribe"+query, nil); r.Status != 400 && r.Status != 422 {
			t.Errorf("%s: %d %s", name, r.Status, r.Body)
		}
	}
	if r := w.Anonymous().With("Content-Type", "text/plain").Do("POST", "/v1/unsubscribe?u="+stop, strings.Repeat("x", 100_000)); r.Status != 413 {
		t.Errorf("a large body: %d", r.Status)
	}
	again := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
	if again.String("lines.0.verdict") != "already_pending" {
		t.Errorf("something was stopped: %s", again.Body)
	}
}

func TestWhoeverIsSignedInMayStopTheMailToo(t *testing.T) {
	w := testkit.New(t)
	token := stopOf(w)
	me := w.AcceptMailed(lucia, testkit.Password)
	w.Advance(3 * time.Hour) // so long that the session's use is taken down
	for range 2 {
		if r := me.Post("/v1/unsubscribe?u="+token, nil).OK(); string(r.Body) != "{}" {
			t.Errorf("%s", r.Body)
		}
	}
}
