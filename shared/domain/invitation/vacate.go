package invitation

import (
	"context"

	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/seat"
)

// Vacate adds to a set that invitations that were pending end without a yes:
// what they offered, and no newer one does, gives its seats up. The mailbox must
// have been read before. If it is in the set because an invitation held it, no
// newer one can take the grants meanwhile; one that does not hold it (any more)
// writes the grants again as they are, under the version read.
func Vacate(ctx context.Context, s Store, set *change.Set, holds bool, all ...Invitation) error {
	var keys []grant.Key
	for _, i := range all {
		for _, o := range i.Grants {
			keys = append(keys, i.GrantKey(o))
		}
	}
	if len(keys) == 0 {
		return nil
	}
	found, err := s.Known(ctx, all[0].Workspace, Wanted{Grants: keys})
	if err != nil {
		return err
	}
	var left []grant.Grant
	for _, i := range all {
		for _, o := range i.Grants {
			g, there := found.Grants[i.GrantKey(o)]
			if there && g.AcceptedAt.IsZero() && g.Invitation == i.ID && g.SignIn {
				left = append(left, g)
			}
		}
	}
	if len(left) == 0 {
		return nil
	}
	book, err := seat.Open(ctx, s, all[0].Workspace, left)
	if err != nil {
		return err
	}
	for _, g := range left {
		if !holds && book.Holding(g) {
			set.Replace(g)
		}
		_ = book.Regrant(0, g, g, false) // giving a seat up needs none
	}
	book.Save(0, set)
	return nil
}
