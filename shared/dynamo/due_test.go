//go:build !rehearsal

package dynamo_test

import (
	"context"
	"testing"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/testkit/outbox"
)

// TestDuePagesHoldWhatIsDueOnceOldestFirst pages through 180 due entries among
// 60 that are not, in pages of 20.
func TestDuePagesHoldWhatIsDueOnceOldestFirst(t *testing.T) {
	b := outbox.New(t)
	template, _ := b.Invite("lucia@empresa.example")
	now := b.Now().Add(3 * time.Hour)
	due := map[string]bool{}
	var set change.Set
	for n := range 240 {
		i := template
		i.ID = id.New[id.Invitation](b.Now())
		i.Next = invitation.Due{Job: invitation.JobExpire, At: now.Add(time.Duration(n-179) * time.Minute)}
		due[string(i.ID)] = !i.Next.At.After(now)
		set.Insert(i)
		if len(set.Writes) == 60 {
			b.Commit(set)
			set = change.Set{}
		}
	}
	seen := 0
	for shard := range dynamo.DueShards() {
		after, before := "", time.Time{}
		for {
			page, last, err := b.App.Store.DuePage(context.Background(), invitation.JobExpire, shard, now, after, 20)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) > 20 {
				t.Errorf("a page of %d", len(page))
			}
			for _, d := range page {
				if !due[d.Thing] || d.At.Before(before) || d.Workspace != b.Firm.ID {
					t.Errorf("%+v behind %v: due and not seen before: %v", d, before, due[d.Thing])
				}
				due[d.Thing], before = false, d.At
				seen++
			}
			if last == "" {
				break
			}
			after = last
		}
	}
	if seen != 180 {
		t.Errorf("%d of 180 due entries, the one due at this instant among them", seen)
	}
}
