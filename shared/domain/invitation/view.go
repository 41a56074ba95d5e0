package invitation

import (
	"cmp"
	"context"

	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// View is what the holder of a link is shown. Of an invitation that is over it
// says no more than where it led.
type View struct {
	Offer    Invitation
	State    State
	Firm     workspace.Workspace
	Portal   portal.Portal // its name and title; zero for staff
	Role     string        // of the first grant; empty once it is over
	Accounts []string      // names of the companies; empty once it is over
	// Newer says that a later mail went out; this link works all the same.
	Newer         bool
	ProvesMailbox bool // false for a copied link
	// HasIdentity says that accepting means signing in.
	HasIdentity bool
	// SignedIn says that somebody is, Same that it is the invited address.
	SignedIn, Same bool
}

// View shows what a link leads to. It changes nothing, whoever asks how often;
// link_unknown.
func (g Guest) View(ctx context.Context, t link.Token, v Visitor) (View, error) {
	o, err := g.follow(ctx, t)
	if err != nil {
		return View{}, err
	}
	view := View{
		Offer: o.offer, State: o.offer.StateAt(v.Now), Firm: o.firm, Portal: o.door, ProvesMailbox: !o.copied(),
		Newer:    !o.copied() && o.offer.Message != o.letter.ID,
		SignedIn: v.signedIn(), Same: v.signedIn() && v.Actor.Identity == identity.IDOf(o.firm.ID, o.offer.Key),
	}
	wanted := Wanted{Identities: present(o.box.Identity)}
	if o.offer.InviterName == "" { // who has not said their name is known by their address
		wanted.Identities = present(o.box.Identity, o.offer.Inviter)
	}
	if view.State == Pending {
		for _, one := range o.offer.Grants {
			wanted.Accounts = append(wanted.Accounts, one.Account)
			wanted.Roles = append(wanted.Roles, one.Role)
		}
	} else {
		view.Offer.Name, view.Offer.Note, view.Offer.Source = "", "", ""
	}
	var found Found
	if err := found.add(ctx, g.Store, o.firm.ID, wanted); err != nil {
		return View{}, err
	}
	view.HasIdentity = found.Identities[o.box.Identity].HasPassword()
	view.Offer.InviterName = cmp.Or(o.offer.InviterName, string(found.Identities[o.offer.Inviter].Address))
	view.Accounts = companies(found, wanted.Accounts)
	if len(wanted.Roles) > 0 {
		view.Role = found.Roles[wanted.Roles[0]].Name
	}
	return view, nil
}

// companies names the accounts that are not one person's own, each once.
func companies(f Found, all []id.Account) []string {
	var names []string
	seen := map[id.Account]bool{}
	for _, a := range all {
		one, there := f.Accounts[a]
		if there && !one.Personal && !seen[a] {
			names = append(names, one.Name)
		}
		seen[a] = true
	}
	return names
}
