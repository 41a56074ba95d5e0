//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/page"
	"portero/shared/testkit/outbox"
)

func TestAnExpiryCostsEightAndFour(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	i = b.Invitation(i).Silence() // no reminders on the way
	b.Replace(i)
	before := i.ExpiresAt.Add(-time.Second)
	if s := tick(b, jobs.Expire, before); s.Due != 0 {
		t.Errorf("a second before its instant: %+v", s)
	}
	b.Spent.Reset()
	if s := tick(b, jobs.Expire, i.ExpiresAt); s != (app.Swept{Due: 1, Done: 1}) {
		t.Fatalf("%+v", s)
	}
	tables, indexes := b.Spent.Writes()
	if tables > 8 || indexes > 4+1 { // the one more is the audit trail's index, see dynamo/keys.go
		t.Errorf("design.md §6 allows 8 and 4: %v", b.Spent)
	}
	i = b.Invitation(i)
	if i.State != invitation.Expired || !i.EndedAt.Equal(i.ExpiresAt) || i.Next != (invitation.Due{}) {
		t.Errorf("recorded %+v", i)
	}
	if _, held := b.Mailbox(i.Key).OpenAt(i.Portal); held {
		t.Error("the address is not free for another invitation")
	}
	b.Settle()
	if told := b.MailTo("ana@firm.example"); len(told) != 1 {
		t.Errorf("the inviter was told %d times", len(told))
	}
	trail, _, err := b.App.Store.Audit(context.Background(), b.Firm.ID, audit.Which{Subject: string(i.ID)}, page.Ask{Now: b.Now()})
	if err != nil || len(trail) != 1 || trail[0].Action != "invitation.expired" {
		t.Errorf("trail %+v, %v", trail, err)
	}
}

func TestManyTicksAtOnceExpireOnce(t *testing.T) {
	b := outbox.New(t)
	var all []invitation.Invitation
	for n := range 10 {
		i, _ := b.Invite(fmt.Sprintf("cliente%d@empresa.example", n))
		b.Replace(i.Silence())
		all = append(all, i)
	}
	b.Settle()
	at := all[0].ExpiresAt
	b.Clock.Set(at)
	var ticks sync.WaitGroup
	for range 6 {
		ticks.Go(func() {
			if err := b.Call(context.Background(), jobs.Expire, app.Tick{Time: at}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	ticks.Wait()
	b.Settle()
	for _, i := range all {
		if got := b.Invitation(i); got.State != invitation.Expired {
			t.Errorf("%s", got.State)
		}
	}
	if told := len(b.MailTo("ana@firm.example")); told != len(all) {
		t.Errorf("the inviter was told %d times of %d", told, len(all))
	}
}

func TestWhoIsToldOfAnExpiry(t *testing.T) {
	boss := func(b *outbox.Bench) identity.Identity {
		a := b.Address("jefe@firm.example")
		return identity.Identity{ID: identity.IDOf(b.Firm.ID, a.Key()), Workspace: b.Firm.ID, Address: a, Key: a.Key(), Level: access.Admin, CreatedAt: b.Now()}
	}
	for _, c := range []struct {
		name      string
		happen    func(b *outbox.Bench)
		ana, jefe int
	}{
		{"the inviter", func(*outbox.Bench) {}, 1, 0},
		{"the default owner, where the inviter is gone", func(b *outbox.Bench) {
			b.Inviter.Deactivated = b.Now()
			b.Replace(b.Inviter)
			b.Insert(boss(b))
			b.Firm.Settings.DefaultOwner = boss(b).ID
			b.Replace(b.Firm)
		}, 0, 1},
		{"nobody, where the inviter is no longer staff and there is no owner", func(b *outbox.Bench) {
			b.Inviter.Level = access.None
			b.Replace(b.Inviter)
		}, 0, 0},
		{"nobody, where the inviter wants no such mail", func(b *outbox.Bench) {
			b.Inviter.Profile.Quiet = true
			b.Replace(b.Inviter)
		}, 0, 0},
	} {
		b := outbox.New(t)
		i, _ := b.Invite("lucia@empresa.example")
		b.Replace(i.Silence())
		c.happen(b)
		if s := tick(b, jobs.Expire, i.ExpiresAt); s.Done != 1 {
			t.Errorf("%s: %+v", c.name, s)
		}
		b.Settle()
		if ana, jefe := len(b.MailTo("ana@firm.example")), len(b.MailTo("jefe@firm.example")); ana != c.ana || jefe != c.jefe {
			t.Errorf("%s: the inviter got %d, the owner %d", c.name, ana, jefe)
		}
	}
}

func TestWhatAnExpiryLeavesAlone(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Replace(i.Silence())
	box := b.Mailbox(i.Key).Hold(i.Portal, "inv_00000000000000000000000000")
	b.Replace(box)
	if s := tick(b, jobs.Expire, i.ExpiresAt); s.Done != 1 {
		t.Fatalf("%+v", s)
	}
	if held, _ := b.Mailbox(i.Key).OpenAt(i.Portal); held != "inv_00000000000000000000000000" {
		t.Errorf("the address is held by %q: a newer invitation keeps its place", held)
	}
	var none mailbox.Mailbox
	if none.Stop != b.Mailbox(i.Key).Stop {
		t.Error("an expiry stops no mail")
	}
}

func TestAnInvitationThatWasNeverRemindedStillExpires(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	// Nothing ran for three weeks.
	late := i.ExpiresAt.Add(7 * 24 * time.Hour)
	if s := tick(b, jobs.Expire, late); s.Done != 0 {
		t.Errorf("%+v: it is due for its reminder first", s)
	}
	tick(b, jobs.Remind, late)
	if s := tick(b, jobs.Expire, late); s.Done != 1 || b.Invitation(i).State != invitation.Expired {
		t.Errorf("%+v", s)
	}
	if reminders(b, "lucia@empresa.example") != 0 {
		t.Error("reminded of what is over")
	}
}

func TestAResendReopensBetweenTicks(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	b.Clock.Set(i.ExpiresAt.Add(-time.Minute))
	again, err := b.Invitation(i).Resend("msg_00000000000000000000000000", b.Terms(), b.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.Replace(again)
	if s := tick(b, jobs.Expire, i.ExpiresAt); s.Done != 0 || b.Invitation(i).State != invitation.Pending {
		t.Errorf("renewed a minute before, and expired: %+v", s)
	}
}
