package invitation

import (
	"context"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// file is an invitation with all that a deed of staff decides on.
type file struct {
	desk      Desk
	workspace workspace.Workspace
	portal    portal.Portal // zero for staff
	box       mailbox.Mailbox
	held      Invitation                // the one that holds the door; often the invitation itself
	grants    map[grant.Key]grant.Grant // those the invitation offers and that are there
	changed   map[grant.Key]bool
	seats     *seat.Book // nil where nothing becomes of them
	page      int        // of seats
	Invitation
}

// files reads invitations with what deciding on them needs, in three batches
// at most. Those that are not there, or that the actor may not look after, or that
// go with their test client, are left out. also is read beside the first batch.
func (d Desk) files(ctx context.Context, ids []id.Invitation, also Wanted) (map[id.Invitation]file, Found, error) {
	also.Invitations = append(also.Invitations, ids...)
	f, err := d.read(ctx, also)
	if err != nil {
		return nil, f, err
	}
	var w Wanted
	for _, i := range f.Invitations {
		w.Mailboxes = append(w.Mailboxes, i.Key)
		if i.Kind == Client {
			w.Portals = append(w.Portals, i.Portal)
		}
		for _, o := range i.Grants {
			w.Grants = append(w.Grants, i.GrantKey(o))
		}
	}
	if err := f.add(ctx, d.Store, d.ws(), w); err != nil {
		return nil, f, err
	}
	if err := f.add(ctx, d.Store, d.ws(), f.otherHolders()); err != nil {
		return nil, f, err
	}
	all := make(map[id.Invitation]file, len(ids))
	for _, one := range ids {
		if i, ok := f.Invitations[one]; ok && d.may(i.Kind) && !i.goes(f.Mailboxes[i.Key]) {
			all[one] = d.file(f, i)
		}
	}
	return all, f, nil
}

// otherHolders are the invitations that hold a door which one of those read
// would need again.
func (f Found) otherHolders() Wanted {
	var w Wanted
	for _, i := range f.Invitations {
		held, ok := f.Mailboxes[i.Key].OpenAt(i.Portal)
		if _, known := f.Invitations[held]; ok && !known {
			w.Invitations = append(w.Invitations, held)
		}
	}
	return w
}

func (d Desk) file(f Found, i Invitation) file {
	one := file{desk: d, workspace: f.Workspace, portal: f.Portals[i.Portal], box: f.mailbox(d.ws(), i.Key), Invitation: i,
		grants: map[grant.Key]grant.Grant{}, changed: map[grant.Key]bool{}}
	if held, ok := one.box.OpenAt(i.Portal); ok {
		one.held = f.Invitations[held]
	}
	for _, o := range i.Grants {
		if g, ok := f.Grants[i.GrantKey(o)]; ok {
			one.grants[g.Key()] = g
		}
	}
	return one
}

// open reads one invitation's file, or not_found.
// seats says whether something may become of its seats.
func (d Desk) open(ctx context.Context, one id.Invitation, also Wanted, seats func(file) bool) (file, Found, error) {
	all, f, err := d.files(ctx, []id.Invitation{one}, also)
	if err != nil {
		return file{}, f, err
	}
	if _, ok := all[one]; !ok {
		return file{}, f, fault.NotYours()
	}
	if seats != nil && seats(all[one]) {
		err = d.seated(ctx, all, also.Roles...)
	}
	return all[one], f, err
}

// seated opens the book of seats for what becomes of the offers of some files,
// in their roles or in others.
func (d Desk) seated(ctx context.Context, all map[id.Invitation]file, others ...id.Role) error {
	var held []grant.Grant
	var to []seat.Key
	for _, f := range all {
		for _, g := range f.grants {
			held = append(held, g)
		}
		for _, o := range f.Grants {
			for _, r := range append(others[:len(others):len(others)], o.Role) {
				to = append(to, seat.Key{Role: r, Contact: o.Contact})
			}
		}
	}
	if len(held) == 0 {
		return nil
	}
	book, err := seat.Open(ctx, d.Store, d.ws(), held, to...)
	if err != nil {
		return err
	}
	page := 0
	for one, f := range all {
		f.seats, f.page = book, page
		all[one] = f
		page++
	}
	return nil
}

// taken reports whether another invitation is open at the same door of a
// mailbox.
func (f file) taken(held Invitation) bool {
	return held.ID != "" && held.ID != f.ID && held.Open(f.desk.Now)
}

// kind is what its mail is called.
func (f file) kind() message.Kind {
	if f.Kind == Staff {
		return message.StaffInvitation
	}
	return message.Invitation
}

// mail adds the invitation's newest mail to a set.
func (f file) mail(set *change.Set) {
	set.Insert(f.Letter(f.Message, f.kind(), f.workspace, f.portal, f.desk.Now))
}

// regrant changes one of the grants; saveGrants writes each once.
// live says that the invitation is open then, so that what is offered holds a
// seat; no_seat if none is free.
func (f file) regrant(g grant.Grant, live bool) error {
	before := f.grants[g.Key()]
	if f.seats != nil {
		if err := f.seats.Regrant(f.page, before, g, live && g.SignIn); err != nil {
			return err
		}
	}
	if before != g {
		f.grants[g.Key()], f.changed[g.Key()] = g, true
	}
	return nil
}

func (f file) saveGrants(set *change.Set) {
	for _, o := range f.Grants {
		if k := f.GrantKey(o); f.changed[k] {
			set.Replace(f.grants[k])
		}
	}
	if f.seats != nil {
		f.seats.Save(f.page, set)
	}
}
