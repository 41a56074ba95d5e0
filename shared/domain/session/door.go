package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// Why somebody with the right password cannot enter.
var (
	ErrDeactivated = fault.New(fault.Forbidden, "deactivated", "Your access was deactivated. Ask the firm.")
	ErrWaiting     = fault.New(fault.Forbidden, "access_waiting", "The firm has not let you in yet. You will get a message.")
	ErrNotYet      = fault.New(fault.Forbidden, "access_not_yet", "Your access has not begun yet. Ask the firm from when it is.")
	ErrEnded       = fault.New(fault.Forbidden, "access_ended", "Your access has ended. Ask the firm if you still need it.")
	ErrOff         = fault.New(fault.Forbidden, "access_off", "Your access is switched off. Ask the firm.")
)

// Door is a grant of an identity, with what reading it needs.
type Door struct {
	Grant   grant.Grant
	Portal  portal.Portal
	Contact contact.Contact
	State   grant.State
}

// Doors returns every grant that an identity has accepted, oldest first, with
// what it comes to now. The mailbox is that of its address: it lists the
// contacts who share it.
func (d Desk) Doors(ctx context.Context, w workspace.Workspace, who identity.Identity, m mailbox.Mailbox, portals []portal.Portal) ([]Door, error) {
	var all []grant.Key
	var people []id.Contact
	for _, h := range m.Contacts {
		people = append(people, h.Contact)
		for _, p := range portals {
			all = append(all, grant.Key{Account: h.Account, Contact: h.Contact, Portal: p.ID})
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	grants, err := d.Store.Grants(ctx, w.ID, all)
	if err != nil {
		return nil, err
	}
	contacts, err := d.Store.ContactsOf(ctx, w.ID, people)
	if err != nil {
		return nil, err
	}
	var doors []Door
	for _, p := range portals {
		for _, k := range all {
			g, ok := grants[k]
			if !ok || k.Portal != p.ID || g.Identity != who.ID || g.AcceptedAt.IsZero() {
				continue
			}
			c := contacts[k.Contact]
			zone, err := localtime.Load(w.ZoneOf(c.Zone))
			if err != nil {
				return nil, err
			}
			state := g.StateAt(d.Now, zone)
			if w.Settings.Owns(who.Key) && !g.Test {
				state = grant.Off // no client comes in with the firm's own address
			}
			doors = append(doors, Door{Grant: g, Portal: p, Contact: c, State: state})
		}
	}
	slices.SortStableFunc(doors, func(a, b Door) int {
		return cmp.Or(a.Grant.AcceptedAt.Compare(b.Grant.AcceptedAt), strings.Compare(string(a.Grant.Account), string(b.Grant.Account)))
	})
	return doors, nil
}

// through returns the door to go in by: the first that is open at the portal
// that was asked for, else the first that is open. If none is, why not.
func through(doors []Door, at id.Portal) (Door, error) {
	var first *Door
	for i, door := range doors {
		if door.State != grant.Active {
			continue
		}
		if door.Portal.ID == at {
			return door, nil
		}
		if first == nil {
			first = &doors[i]
		}
	}
	if first != nil {
		return *first, nil
	}
	return Door{}, shut(doors)
}

// shut says why no door is open: the reason that is nearest to being let in.
func shut(doors []Door) error {
	found := map[grant.State]bool{}
	for _, door := range doors {
		found[door.State] = true
	}
	switch {
	case found[grant.NotYet]:
		return ErrNotYet
	case found[grant.Over]:
		return ErrEnded
	case found[grant.Off]:
		return ErrOff
	}
	return ErrWaiting
}
