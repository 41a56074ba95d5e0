package invitations_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"portero/infra/local"
	"portero/shared/testkit"
)

// forgetful does what the database is asked and loses the answers of so many
// transactions.
type forgetful struct{ lose atomic.Int64 }

func (f *forgetful) Do(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultClient.Do(r)
	if err == nil && strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".TransactWriteItems") && f.lose.Add(-1) >= 0 {
		res.Body.Close()
		return nil, errors.New("the answer was lost")
	}
	return res, err
}

// maxAttempts is how often one call is tried: losing as many answers loses it.
const maxAttempts = 3

func TestB2ALostAnswerOfTheDatabaseLosesNoLineAndMailsNobodyTwice(t *testing.T) {
	for name, lines := range map[string]int{"in one transaction": 3, "in many": 30} {
		t.Run(name, func(t *testing.T) {
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
