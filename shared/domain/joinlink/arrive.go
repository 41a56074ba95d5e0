package joinlink

import (
	"cmp"
	"context"
	"errors"

	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

// ErrRefused is for somebody whose request staff have refused.
var ErrRefused = fault.New(fault.Forbidden, "joinrequest_refused", "The firm did not approve your request. Ask them.")

// scene is everything that is known of an address where it wants to join.
type scene struct {
	followed
	joiner
	box   mailbox.Mailbox
	who   identity.Identity // zero: none yet
	found invitation.Found
}

// see reads it.
func (g Guest) see(ctx context.Context, f followed, j joiner) (scene, error) {
	s := scene{followed: f, joiner: j}
	var err error
	s.box, s.who, s.found, err = look(ctx, g.Store, f.firm.ID, f.link.Portal, j.address.Key())
	return s, err
}

// look reads what is known of an address at a portal: its mailbox, its identity,
// the contacts that share it with their accounts and grants, and the invitation
// that is open for it.
func look(ctx context.Context, s invitation.Store, ws id.Workspace, p id.Portal, k email.Key) (mailbox.Mailbox, identity.Identity, invitation.Found, error) {
	who := identity.IDOf(ws, k)
	first, err := s.Known(ctx, ws, invitation.Wanted{Mailboxes: []email.Key{k}, Identities: []id.Identity{who}})
	if err != nil {
		return mailbox.Mailbox{}, identity.Identity{}, first, err
	}
	box, there := first.Mailboxes[k]
	if !there {
		box = mailbox.Mailbox{Workspace: ws, Key: k}
	}
	var w invitation.Wanted
	for _, h := range box.Contacts {
		w.Contacts, w.Accounts = append(w.Contacts, h.Contact), append(w.Accounts, h.Account)
		w.Grants = append(w.Grants, grant.Key{Account: h.Account, Contact: h.Contact, Portal: p})
	}
	if box.Test != "" && len(box.Contacts) == 0 {
		w.Contacts = append(w.Contacts, box.Test)
	}
	if open, ok := box.OpenAt(p); ok {
		w.Invitations = []id.Invitation{open}
	}
	found, err := s.Known(ctx, ws, w)
	return box, first.Identities[who], found, err
}

// arrive lets a person in whose address is proved: as the member they are, by
// the invitation that is open for them, or by a grant of their own; or it leaves
// a request with staff.
func (g Guest) arrive(ctx context.Context, f followed, j joiner) (Arrival, error) {
	s, err := g.see(ctx, f, j)
	if err == nil && f.firm.Settings.Owns(j.address.Key()) && s.box.Test == "" {
		err = workspace.ErrOwn
	}
	if err == nil && s.box.Leaving {
		err = session.ErrDeactivated
	}
	if err == nil {
		err = j.enters(s.who)
	}
	if err != nil {
		return Arrival{}, err
	}
	out := Arrival{Welcome: invitation.Welcome{Workspace: f.firm.ID, PortalName: f.door.Name}}
	if mine := s.mine(); len(mine) > 0 {
		if s.admit(&out, s.who, mine) {
			out.Change.Insert(s.trail(s.who.ID, "session.started", string(s.who.ID), map[string]string{"session": string(out.Session.ID)}))
		}
		return out, nil
	}
	if i, there := s.invited(); there {
		guest := invitation.Guest{Store: g.Store, Cost: g.Cost, Random: g.Random}
		out.Entrance, err = guest.Admit(ctx, f.firm, f.door, i, s.box, j.entry, j.hash(), j.visitor)
		return out, err
	}
	if f.link.Approval || s.withdrawn() {
		out.Waiting, err = true, g.ask(ctx, s, &out)
		return out, err
	}
	return out, s.join(ctx, g.Store, &out)
}

// mine are the grants of this portal that the person has accepted.
func (s scene) mine() []grant.Grant {
	var all []grant.Grant
	for _, h := range s.box.Contacts {
		g, there := s.found.Grants[grant.Key{Account: h.Account, Contact: h.Contact, Portal: s.link.Portal}]
		if there && s.who.ID != "" && g.AcceptedBy(s.who.ID) {
			all = append(all, g)
		}
	}
	return all
}

// invited returns the invitation to this portal that is open for the address.
func (s scene) invited() (invitation.Invitation, bool) {
	held, ok := s.box.OpenAt(s.link.Portal)
	i, there := s.found.Invitations[held]
	return i, ok && there && i.Open(s.visitor.Now) && i.Key == s.box.Key
}

// withdrawn reports whether staff have switched off what the person was offered
// here: a shared link does not undo that by itself.
func (s scene) withdrawn() bool {
	for _, g := range s.found.Grants {
		if !g.SignIn {
			return true
		}
	}
	return false
}

// admit starts a session with the first grant that lets them in today; false if
// a switch or the dates are against it.
func (s scene) admit(out *Arrival, who identity.Identity, grants []grant.Grant) bool {
	out.Identity, out.Home = who, invitation.HomePortal
	for _, g := range grants {
		zone := s.firm.ZoneOf(s.found.Contacts[g.Contact].Zone)
		where, err := localtime.Load(zone)
		if err != nil || !g.Active(s.visitor.Now, where) {
			continue
		}
		facts := session.Facts{Device: s.visitor.Device, From: s.visitor.Actor.From, Zone: zone}
		out.Session, out.Token = session.Start(s.firm, who, g, facts, s.visitor.Now)
		out.Change.Insert(out.Session)
		return true
	}
	return false
}

// join makes the person a member by the link, and counts the use.
func (s scene) join(ctx context.Context, store seat.Store, out *Arrival) error {
	who := s.person(&out.Change, true)
	place := seating{firm: s.firm, link: s.link, box: s.box, found: s.found, address: s.address, person: who, role: s.link.Role, owner: s.link.Creator, now: s.visitor.Now}
	if err := place.reserve(ctx, store); err != nil {
		return err
	}
	given, err := place.give(&out.Change)
	if errors.Is(err, seat.ErrNone) {
		err = seat.ErrNoneForYou
	}
	if err != nil {
		return err
	}
	s.admit(out, who, []grant.Grant{given})
	out.Change.Raise(s.link.Use(s.box.Test != ""))
	out.Change.Insert(s.trail(who.ID, "joinlink.joined", string(s.link.ID), map[string]string{
		"identity": string(who.ID), "account": string(given.Account), "contact": string(given.Contact), "role": string(given.Role),
	}))
	return nil
}

// person makes the address's identity, or sets the password of one that has
// none; member says that a grant comes with it.
func (s scene) person(set *change.Set, member bool) identity.Identity {
	who, isNew := s.who, s.who.ID == ""
	if isNew {
		who = identity.New(s.firm.ID, s.address, "", s.visitor.Now)
		who.Test = s.box.Test != ""
	}
	who.Name = cmp.Or(who.Name, s.entry.Name)
	who.Profile = s.entry.Profile.Or(who.Profile)
	if h := s.hash(); h != "" && !who.HasPassword() {
		who = who.SetPassword(h)
	}
	if member {
		who = who.Joined()
	}
	switch {
	case isNew:
		set.Insert(who)
	case who != s.who:
		set.Replace(who)
	}
	return who
}

// ask leaves a request with staff, and counts the use. Who asked already waits
// on; whom staff refused is told so: joinrequest_refused.
func (g Guest) ask(ctx context.Context, s scene, out *Arrival) error {
	who := identity.IDOf(s.firm.ID, s.box.Key)
	one := id.Named[id.JoinRequest](string(s.firm.ID), string(s.link.ID), string(who))
	before, err := g.Store.JoinRequest(ctx, s.firm.ID, one)
	switch {
	case err == nil && before.State == Refused:
		return ErrRefused
	case err == nil && before.State == Waiting:
		return nil
	case err != nil && !errors.Is(err, fault.NotYours()):
		return err
	}
	person := s.person(&out.Change, false)
	r := Request{
		ID: one, Workspace: s.firm.ID, Link: s.link.ID, Portal: s.link.Portal, Role: s.link.Role, Address: s.address, Key: s.box.Key,
		Name: person.Name, Identity: person.ID, State: Waiting, Test: s.box.Test != "", CreatedAt: s.visitor.Now, Version: before.Version,
	}
	if before.Version == 0 {
		out.Change.Insert(r)
	} else {
		out.Change.Replace(r) // approved once, and taken away since
	}
	s.box.Identity, s.box.Address = person.ID, s.address
	s.box.Save(&out.Change)
	out.Change.Raise(s.link.Use(s.box.Test != ""))
	out.Change.Insert(s.trail(person.ID, "joinrequest.created", string(r.ID), map[string]string{"link": string(s.link.ID), "identity": string(person.ID)}))
	guest := invitation.Guest{Store: g.Store}
	to, err := guest.Listener(ctx, s.firm, s.link.Creator)
	if err == nil && to.ID != "" && !to.Profile.Quiet {
		out.Change.Insert(s.notice(message.JoinRequested, to))
	}
	return err
}

func (s scene) notice(kind message.Kind, to identity.Identity) message.Message {
	m := s.firm.Letter(id.New[id.Message](s.visitor.Now), kind, to.Address, to.Profile.Language, s.visitor.Now)
	if s.box.Test != "" {
		m.Test = s.box.Key
	}
	m.Model.Subject, m.Model.Recipient, m.Model.Portal = string(s.address), to.Name, s.door.Title
	return m
}

func (s scene) trail(who id.Identity, action, subject string, after map[string]string) audit.Entry {
	actor := s.visitor.Actor
	actor.Identity, actor.Workspace = who, s.firm.ID // they have proved it
	entry := audit.Of(actor, s.visitor.Now, action, subject)
	entry.After, entry.Account = after, id.Account(after["account"])
	if s.box.Test != "" {
		after["test"] = "true"
	}
	return entry
}
