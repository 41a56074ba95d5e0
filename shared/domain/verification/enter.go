package verification

import (
	"context"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/link"
	"portero/shared/domain/session"
)

// Ask begins the proof that an address is the asker's, for coming in by it. Who
// is mailed nothing costs the same: in place of the mail a verification is kept
// that nobody can use and that goes by itself, and no code ever fits the other.
// too_many_requests once an address had its share, known or not.
func (d Desk) Ask(ctx context.Context, k session.Knock, a email.Address, now time.Time) (Verification, link.Token, change.Set, error) {
	var set change.Set
	if err := d.Allow(ctx, k.Firm.ID, a.Key(), now); err != nil {
		return Verification{}, link.Token{}, set, err
	}
	begun, binding := Verification{
		Workspace: k.Firm.ID, Purpose: Enter, Address: a, Key: a.Key(), Name: k.Who.Name, Language: k.Who.Profile.Language, Portal: k.Portal, Test: k.Who.Test,
	}.Begin(now)
	set.Insert(begun)
	if k.Mails {
		set.Insert(begun.Letter(k.Firm, now))
		return begun, binding, set, nil
	}
	decoy, _ := Verification{Workspace: k.Firm.ID, Purpose: Enter, Address: a, Key: a.Key()}.Begin(now)
	decoy.Used = now
	set.Insert(decoy)
	return begun, binding, set, nil
}
