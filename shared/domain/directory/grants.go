package directory

import (
	"context"
	"strconv"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// Terms are what staff set on a grant; nil leaves as it is. An empty date takes
// it away.
type Terms struct {
	Owner     *id.Identity
	SignIn    *bool
	Notify    *bool
	EmailSync *bool
	From      *localtime.Date
	Until     *localtime.Date
	Role      *id.Role
}

// AddGrant grants a contact access without sending anything (row T3): it can be
// sent later. The owner is the actor unless the terms say otherwise; the role is
// the portal's default. account_unknown, contact_unknown, portal_unknown,
// role_unknown, owner_unknown, dates_reversed, support_dates_off, already_granted.
func (d Desk) AddGrant(ctx context.Context, k grant.Key, t Terms) (grant.Grant, change.Set, error) {
	var set change.Set
	c, err := d.Store.Contact(ctx, d.ws(), k.Contact)
	if err != nil {
		return grant.Grant{}, set, err
	}
	if !c.Belongs(k.Account) || c.Leaving != "" {
		return grant.Grant{}, set, contact.ErrUnknown
	}
	p, err := d.Store.Portal(ctx, d.ws(), k.Portal)
	if err != nil {
		return grant.Grant{}, set, unknown(err, portal.ErrUnknown)
	}
	g, _, err := d.agree(ctx, d.newGrant(c, k, p), t)
	if err != nil {
		return g, set, err
	}
	set.InsertOr(g, grant.ErrExists)
	set.Insert(d.grantCreated(g))
	return g, set, d.reseat(ctx, &set, regranted{grant.Grant{}, g})
}

// newGrant is a contact's access as it begins: the actor's, in the portal's
// default role, with the contact's support dates.
func (d Desk) newGrant(c contact.Contact, k grant.Key, p portal.Portal) grant.Grant {
	return grant.Grant{Workspace: d.ws(), Account: k.Account, Contact: k.Contact, Portal: k.Portal, Role: p.DefaultRole,
		Owner: d.Actor.Identity, SignIn: true, Notify: true, From: c.From, Until: c.Until, Test: c.Test, CreatedAt: d.Now}
}

func (d Desk) grantCreated(g grant.Grant) audit.Entry {
	entry := d.granted("grant.created", g)
	entry.After["role"], entry.After["owner"] = string(g.Role), string(g.Owner)
	return entry
}

// ChangeGrant changes a grant's switches, dates, role or owner. Another role and
// switching sign-in off end the sessions of whoever holds it (design.md §5).
// role_unknown, owner_unknown, dates_reversed, support_dates_off, no_seat.
//
// Where the workspace says so, whoever is let in is sent their way in; the outcome
// says whether.
func (d Desk) ChangeGrant(ctx context.Context, k grant.Key, t Terms) (grant.Grant, Outcome, change.Set, error) {
	var set change.Set
	before, err := d.Store.Grant(ctx, d.ws(), k)
	if err != nil {
		return before, Outcome{}, set, err
	}
	g, entry, err := d.agree(ctx, before, t)
	if err != nil || len(entry.After) == 0 {
		return g, Outcome{}, set, err
	}
	let, err := d.sends(ctx, []regranted{{before, g}})
	if err != nil {
		return before, Outcome{}, set, err
	}
	if offered, sent := let.sent(k); sent {
		return offered, Outcome{Changed: true, Sent: true}, let.groups[0].Set, nil
	}
	set, err = d.changeGrant(ctx, before, g, entry)
	return g, Outcome{Changed: true, Unsent: let.refused(k)}, set, err
}

// changeGrant writes a grant with what hangs on it.
func (d Desk) changeGrant(ctx context.Context, before, g grant.Grant, entry audit.Entry) (change.Set, error) {
	var set change.Set
	if err := d.reseat(ctx, &set, regranted{before, g}); err != nil {
		return change.Set{}, err
	}
	set.Replace(g)
	set.Insert(entry)
	if g.Identity != "" && endsSessions(before, g) {
		who, err := d.Store.Identity(ctx, d.ws(), g.Identity)
		if err != nil {
			return change.Set{}, err
		}
		set.Replace(who.EndSessions())
	}
	return set, nil
}

// granted begins the trail's entry about a grant: its subject is the contact.
func (d Desk) granted(action string, g grant.Grant) audit.Entry {
	entry := d.entry(action, string(g.Contact))
	entry.Account, entry.Before = g.Account, map[string]string{}
	entry.After = map[string]string{"account": string(g.Account), "portal": string(g.Portal)}
	return entry
}

// agree puts terms onto a grant; the entry names what is new, and nothing if
// nothing is.
func (d Desk) agree(ctx context.Context, g grant.Grant, t Terms) (grant.Grant, audit.Entry, error) {
	entry := d.granted("grant.changed", g)
	before := g
	if t.Role != nil && *t.Role != g.Role {
		to, err := d.roleOf(ctx, g.Portal, *t.Role)
		if err != nil {
			return before, entry, err
		}
		g.Role = to.ID
	}
	if t.Owner != nil && *t.Owner != g.Owner {
		if err := d.staff(ctx, *t.Owner); err != nil {
			return before, entry, err
		}
		g.Owner = *t.Owner
	}
	if t.From != nil || t.Until != nil {
		field := "from"
		if t.From == nil {
			field = "until"
		}
		if err := d.datesOn(ctx, field); err != nil {
			return before, entry, err
		}
	}
	put(&g.SignIn, t.SignIn)
	put(&g.Notify, t.Notify)
	put(&g.EmailSync, t.EmailSync)
	put(&g.From, t.From)
	put(&g.Until, t.Until)
	if err := g.Check(); err != nil {
		return before, entry, err
	}
	return g, d.differs(before, g), nil
}

// differs is the trail's entry about what is new of a grant; it names nothing if
// nothing is.
func (d Desk) differs(before, g grant.Grant) audit.Entry {
	entry := d.granted("grant.changed", g)
	if g == before {
		entry.After = nil
		return entry
	}
	is := values(g)
	for name, was := range values(before) {
		if was != is[name] {
			entry.Before[name], entry.After[name] = was, is[name]
		}
	}
	return entry
}

func values(g grant.Grant) map[string]string {
	return map[string]string{
		"role": string(g.Role), "owner": string(g.Owner), "sign_in": strconv.FormatBool(g.SignIn),
		"notify": strconv.FormatBool(g.Notify), "email_sync": strconv.FormatBool(g.EmailSync),
		"from": g.From.String(), "until": g.Until.String(),
	}
}

// put sets what was given.
func put[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}

// OwnerOf returns to whom what the grant's client creates belongs now (row Z11):
// its owner, or the workspace's default once that person is no longer staff.
// staff holds the identities of both, as far as they are there.
func OwnerOf(w workspace.Workspace, g grant.Grant, staff map[id.Identity]identity.Identity) id.Identity {
	if owner, ok := staff[g.Owner]; ok && owner.Level != access.None && owner.Active() {
		return g.Owner
	}
	return w.Settings.DefaultOwner
}
