//go:build !rehearsal

package dynamo_test

import (
	"context"
	"errors"
	"testing"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/testkit/outbox"
)

func TestALinksMessageAndWorkspaceCostOneUnitOrTwoAfresh(t *testing.T) {
	b := outbox.New(t)
	_, letter := b.Invite("lucia@empresa.example")
	for fresh, units := range map[bool]float64{false: 1, true: 2} {
		b.Spent.Reset()
		m, w, err := b.App.Store.LinkedMessage(context.Background(), b.Firm.ID, letter.ID, fresh)
		if err != nil || m.ID != letter.ID || w.ID != b.Firm.ID {
			t.Errorf("fresh %v: %v %v %v", fresh, m.ID, w.ID, err)
		}
		if b.Spent.Reads() != units || b.Spent.Calls() != 1 {
			t.Errorf("fresh %v: %s", fresh, b.Spent)
		}
	}
	for name, c := range map[string]struct {
		ws id.Workspace
		m  id.Message
	}{
		"another message":       {b.Firm.ID, id.New[id.Message](b.Now())},
		"another's workspace":   {id.New[id.Workspace](b.Now()), letter.ID},
		"neither of the two is": {id.New[id.Workspace](b.Now()), id.New[id.Message](b.Now())},
	} {
		if _, _, err := b.App.Store.LinkedMessage(context.Background(), c.ws, c.m, true); !errors.Is(err, fault.NotYours()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGrantsAndPeopleAreReadTogetherAtHalfPrice(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	k := grant.Key{Account: id.New[id.Account](b.Now()), Contact: id.New[id.Contact](b.Now()), Portal: b.Door.ID}
	b.Insert(grant.Grant{Workspace: b.Firm.ID, Account: k.Account, Contact: k.Contact, Portal: k.Portal, Invitation: i.ID, CreatedAt: b.Now()})
	gone := grant.Key{Account: k.Account, Contact: id.New[id.Contact](b.Now()), Portal: k.Portal}
	b.Spent.Reset()
	grants, people, err := b.App.Store.GrantsAndPeople(context.Background(), b.Firm.ID, []grant.Key{k, gone}, []id.Identity{b.Inviter.ID, id.New[id.Identity](b.Now())})
	if err != nil || len(grants) != 1 || len(people) != 1 || grants[k].Invitation != i.ID || people[b.Inviter.ID].Address != b.Inviter.Address {
		t.Errorf("%v %v %v", grants, people, err)
	}
	if b.Spent.Reads() != 2 || b.Spent.Calls() != 1 {
		t.Errorf("two that are there and two that are not: %s", b.Spent)
	}
}

func TestAUseIsCountedWhileTheLinkIsTheSameOnAndNotFull(t *testing.T) {
	b := outbox.New(t)
	use := func(l joinlink.JoinLink) error {
		var set change.Set
		set.Raise(l.Use(false))
		return b.App.Store.Commit(context.Background(), set)
	}
	for name, c := range map[string]struct {
		change func(*joinlink.JoinLink) // of what is stored, behind the back of who follows it
		most   int
		want   int // uses after three tries
	}{
		"without a most": {nil, 0, 3},
		"for two":        {nil, 2, 2},
		"switched off":   {func(l *joinlink.JoinLink) { l.Off = true }, 0, 0},
		"reset":          {func(l *joinlink.JoinLink) { *l, _ = l.Reset() }, 0, 0},
	} {
		followed, _ := joinlink.JoinLink{ID: id.New[id.JoinLink](b.Now()), Workspace: b.Firm.ID, Portal: b.Door.ID, MaxUses: c.most, CreatedAt: b.Now()}.Reset()
		stored := followed
		if c.change != nil {
			c.change(&stored)
		}
		b.Insert(stored)
		for n := range 3 {
			if err := use(followed); n < c.want != (err == nil) || (err != nil && !errors.Is(err, fault.Stale(nil))) {
				t.Errorf("%s: use %d: %v", name, n+1, err)
			}
		}
		l, w, err := b.App.Store.LinkAndWorkspace(context.Background(), b.Firm.ID, followed.ID)
		if err != nil || l.Uses != c.want || w.ID != b.Firm.ID {
			t.Errorf("%s: %d uses, want %d, %v", name, l.Uses, c.want, err)
		}
	}
	var none change.Set
	none.Raise(use)
	if b.App.Store.Commit(context.Background(), none) == nil {
		t.Error("anything can be raised")
	}
}
