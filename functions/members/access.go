package members

import (
	"cmp"
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/web"
)

// maxLooked bounds the grants that a page with access looks at: two batches
// (chosen; no evidence). Whoever shares in it always has one account.
const maxLooked = 200

// MemberAccess is what a member accepted at one account.
type MemberAccess struct {
	Account     id.Account  `json:"account"`
	AccountName string      `json:"account_name"`
	Contact     id.Contact  `json:"contact"`
	Portal      id.Portal   `json:"portal"`
	Role        id.Role     `json:"role"`
	State       grant.State `json:"state" enum:"granted,invited,active,not_yet,over,off"`
}

// enter adds what each member of a page may enter, and when they were last in:
// three calls however many there are, and one more for each hundred grants.
func enter(ctx context.Context, a *app.App, call web.Call, all []identity.Identity, items []MemberItem) error {
	if len(all) == 0 {
		return nil
	}
	ws := call.Actor.Workspace
	portals, err := a.Store.Portals(ctx, ws)
	if err != nil {
		return err
	}
	asked := invitation.Wanted{Workspace: true}
	for _, who := range all {
		asked.Mailboxes = append(asked.Mailboxes, who.Address.Key())
	}
	known, err := a.Store.Known(ctx, ws, asked)
	if err != nil {
		return err
	}
	zone, err := localtime.Load(known.Workspace.Settings.Zone)
	if err != nil {
		return err
	}
	each := max(1, maxLooked/(len(all)*max(1, len(portals)))) // accounts of each
	var wanted invitation.Wanted
	held := make([][]grant.Key, len(all))
	for n, who := range all {
		holders := known.Mailboxes[who.Address.Key()].Contacts
		if len(holders) > each {
			holders, items[n].More = holders[:each], true
		}
		for _, h := range holders {
			wanted.Accounts = append(wanted.Accounts, h.Account)
			for _, p := range portals {
				held[n] = append(held[n], grant.Key{Account: h.Account, Contact: h.Contact, Portal: p.ID})
			}
		}
		wanted.Grants = append(wanted.Grants, held[n]...)
	}
	found, err := a.Store.Known(ctx, ws, wanted)
	if err != nil {
		return err
	}
	for n, who := range all {
		for _, k := range held[n] {
			g, there := found.Grants[k]
			if !there || !g.AcceptedBy(who.ID) {
				continue
			}
			if last := g.LastSignIn(); last.After(items[n].LastSignInAt) {
				items[n].LastSignInAt = last.UTC().Truncate(24 * time.Hour)
			}
			items[n].Access = append(items[n].Access, MemberAccess{Account: g.Account, AccountName: cmp.Or(found.Accounts[g.Account].Name, string(g.Account)),
				Contact: g.Contact, Portal: g.Portal, Role: g.Role, State: g.StateAt(call.Now, zone)})
		}
	}
	return nil
}
