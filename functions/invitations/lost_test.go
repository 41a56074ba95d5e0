//go:build !rehearsal

package invitations_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

// forgetful does what the database is asked and loses the answers of so many
// transactions: the call's time is up after the commit.
type forgetful struct{ lose atomic.Int64 }

func (f *forgetful) Do(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultClient.Do(r)
	if err == nil && strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".TransactWriteItems") && f.lose.Add(-1) >= 0 {
		res.Body.Close()
		return nil, &url.Error{Op: "Post", URL: r.URL.Host, Err: context.DeadlineExceeded} // as http.Client's Timeout says it
	}
	return res, err
}

// maxAttempts is how often one call is tried: losing as many answers loses it.
const maxAttempts = 3

func TestB2ALostAnswerOfTheDatabaseLosesNoLineAndMailsNobodyTwice(t *testing.T) {
	for name, lines := range map[string]int{"in one transaction": 3, "in many": 30} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // the SDK waits before it repeats a call
			net := &forgetful{}
			w := testkit.New(t, func(o *local.Options) { o.HTTP = net })
			var all []one
			for n := range lines {
				all = append(all, address(fmt.Sprintf("c%d@client.example", n)))
			}
			keyed := w.Admin.With("Idempotency-Key", "lossy")
			net.lose.Store(int64(maxAttempts * max(1, lines/10))) // every attempt of every transaction, once
			r := keyed.Post(w.Path("/invitations"), body(w, all...))
			if r.Status == 503 { // the whole request was one transaction: the caller repeats it
				r = keyed.Post(w.Path("/invitations"), body(w, all...)).OK()
			}
			if got := r.String("counts.invited"); got != fmt.Sprint(lines) {
				t.Errorf("counts: %v", r.At("counts"))
			}
			w.Settle()
			if got := len(listed(w, "state=pending&kind=client")); got != lines {
				t.Errorf("%d pending, want %d", got, lines)
			}
			for n := range lines {
				if got := len(w.MailTo(fmt.Sprintf("c%d@client.example", n))); got != 1 {
					t.Errorf("line %d got %d mails", n, got)
				}
			}
		})
	}
}

// TestADatabaseThatTimesOutAfterTheCommitDoesNothingTwice: with one answer lost
// the call's own repeat heals it; with all of them the caller repeats under the
// same key. Either way each deed is done once, and mails once.
func TestADatabaseThatTimesOutAfterTheCommitDoesNothingTwice(t *testing.T) {
	for _, c := range []struct {
		deed, state string
		staff       bool
		mails       int // to the invitee, the invitation's own included
		told        int // mails to the inviter
	}{
		{deed: "accept", state: "accepted", mails: 1, told: 1},
		{deed: "decline", state: "declined", mails: 1, told: 1},
		{deed: "cancel", state: "cancelled", staff: true, mails: 1},
		{deed: "resend", state: "pending", staff: true, mails: 2},
	} {
		for _, lost := range []int64{1, maxAttempts} {
			t.Run(fmt.Sprintf("%s, %d lost", c.deed, lost), func(t *testing.T) {
				t.Parallel() // the SDK waits before it repeats a call
				net := &forgetful{}
				w := testkit.New(t, func(o *local.Options) { o.HTTP = net })
				made := w.Invite(lucia)[0]
				who, path, b := w.Anonymous(), "/v1/invitations/"+c.deed, one{"token": w.TokenIn(w.LastMailTo(lucia))}
				if c.deed == "accept" {
					b["password"] = testkit.Password
				}
				if c.staff {
					who, path, b = w.Admin, w.Path("/invitations/"+made+"/"+c.deed), one{}
				}
				before := w.System.Mail().Count(ses.Filter{To: testkit.AdminAddress})
				keyed := who.With("Idempotency-Key", "lossy")
				net.lose.Store(lost)
				r := keyed.Post(path, b)
				if lost == maxAttempts {
					r.Problem(503, "try_again")
					r = keyed.Post(path, b)
				}
				r.OK()
				w.Settle()
				if got := w.Admin.Get(w.Path("/invitations/" + made)).OK(); got.String("state") != c.state {
					t.Errorf("it shows %s", got.String("state"))
				}
				if got := len(w.MailTo(lucia)); got != c.mails {
					t.Errorf("%d mails to the invitee, want %d", got, c.mails)
				}
				if got := w.System.Mail().Count(ses.Filter{To: testkit.AdminAddress}) - before; got != c.told {
					t.Errorf("%d mails to the inviter, want %d", got, c.told)
				}
				if got := w.Count(w.Path("/members")); c.deed == "accept" && got != 1 {
					t.Errorf("%d members", got)
				}
			})
		}
	}
}
