package invitation

import (
	"context"
	"maps"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/link"
)

// Action is a deed that can be done to many invitations at once.
type Action string

// The actions.
const (
	DoResend Action = "resend"
	DoCancel Action = "cancel"
	DoLink   Action = "link"
)

// Batch is one action for up to MaxLines invitations.
type Batch struct {
	Action   Action
	IDs      []id.Invitation
	Withdraw bool // of DoCancel
}

// Deed is what an action comes to for one invitation.
type Deed struct {
	ID    id.Invitation
	Err   error      // a *fault.Error: why it is refused
	Token link.Token // of DoLink
	Set   change.Set
	// Later says that another deed of this batch is about the same address:
	// this one is decided again once that is committed.
	Later bool
}

// The faults of a batch.
var (
	ErrAction = fault.On("action", "action_unknown", "An action is resend, cancel or link.")
	ErrNoIDs  = fault.On("ids", "lines_missing", "A request has at least one id.")
	ErrIDs    = fault.On("ids", "too_many_lines", "A request has up to 1,000 ids. Send the rest in another one.")
	ErrTwice  = fault.New(fault.Conflict, twice.code, "This invitation stands in the list twice. The first one counts.")
)

// Many decides an action for each invitation, in their order. One that is
// refused never blocks another. What is wrong for all is returned: not_allowed,
// action_unknown, lines_missing, too_many_lines.
func (d Desk) Many(ctx context.Context, b Batch) ([]Deed, error) {
	switch {
	case b.Action != DoResend && b.Action != DoCancel && b.Action != DoLink:
		return nil, ErrAction
	case len(b.IDs) == 0:
		return nil, ErrNoIDs
	case len(b.IDs) > MaxLines:
		return nil, ErrIDs
	}
	seats := file.pending
	if b.Action == DoResend {
		seats = file.ended
	}
	wellFormed := slices.DeleteFunc(slices.Clone(b.IDs), func(one id.Invitation) bool { return one.Check() != nil })
	all, _, err := d.files(ctx, wellFormed, Wanted{})
	if err != nil {
		return nil, err
	}
	if b.Action != DoLink && slices.ContainsFunc(slices.Collect(maps.Values(all)), seats) {
		if err := d.seated(ctx, all); err != nil {
			return nil, err
		}
	}
	deeds := make([]Deed, len(b.IDs))
	seen, busy := map[id.Invitation]bool{}, map[email.Key]bool{}
	for n, one := range b.IDs {
		f, there := all[one]
		deeds[n] = Deed{ID: one}
		switch {
		case seen[one]:
			deeds[n].Err = ErrTwice
		case !there:
			deeds[n].Err = fault.NotYours()
		case busy[f.Key]:
			deeds[n].Later = true
		default:
			f.do(b, &deeds[n])
			busy[f.Key] = !deeds[n].Set.Empty()
		}
		seen[one] = true
	}
	return deeds, nil
}

func (f file) do(b Batch, d *Deed) {
	switch b.Action {
	case DoResend:
		_, d.Set, d.Err = f.resend()
	case DoCancel:
		_, d.Set, d.Err = f.cancel(b.Withdraw)
	case DoLink:
		d.Token, d.Set, d.Err = f.link()
	}
}
