package invitation

import (
	"context"
	"errors"
	"io"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
)

// Guest serves whoever holds the link of an invitation: it shows, accepts,
// declines, stops and asks for a new link. It loads, decides and returns what
// must become true; it never writes. Nothing is spent by looking, by the wrong
// account or by a password that is not good enough.
type Guest struct {
	Store  GuestStore
	Cost   password.Cost // of a hash
	Random io.Reader     // salts
}

// GuestStore is what a Guest reads from.
type GuestStore interface {
	Store
	verification.Store
	session.Store
	// GrantsAndPeople reads those that are there; they may be a second old, and
	// whatever is written of them is written under the version read.
	GrantsAndPeople(ctx context.Context, ws id.Workspace, grants []grant.Key, people []id.Identity) (map[grant.Key]grant.Grant, map[id.Identity]identity.Identity, error)
}

// Visitor is who holds the link, as the request shows them.
type Visitor struct {
	Actor   access.Actor
	Device  string    // what the browser calls itself
	Network string    // where they come from, as the counters see it
	Now     time.Time // UTC, whole seconds
}

// signedIn reports whether somebody of the link's workspace is signed in.
func (v Visitor) signedIn() bool { return v.Actor.Kind == access.Person }

// The faults of answering an invitation; see faults.go for its states.
var (
	ErrSignInFirst     = fault.New(fault.Conflict, "sign_in_first", "This address has a password already. Sign in with it, then accept.")
	ErrNoPassword      = fault.New(fault.Conflict, "no_password_yet", "This address has no password yet, so nobody can sign in with it. Choose one to accept.")
	ErrSignedInAsOther = fault.New(fault.Conflict, "signed_in_as_other", "You are signed in with another address. Switch to the invited one, or leave the invitation as it is; nothing has changed.")
)

// offered is what a link leads to.
type offered struct {
	token  link.Token
	letter message.Message
	firm   workspace.Workspace
	offer  Invitation
	box    mailbox.Mailbox
	door   portal.Portal // its name and title; zero for staff
}

// copied reports whether the link was never mailed, so that it proves no
// mailbox.
func (o offered) copied() bool { return o.letter.Kind == message.CopiedLink }

// follow finds what a link leads to; link_unknown for everything that is not a
// living secret of an invitation to the address it still has. Whether the
// invitation is open is not asked here. It costs two calls and three units.
func (g Guest) follow(ctx context.Context, t link.Token) (offered, error) {
	o := offered{token: t}
	var err error
	if o.letter, o.firm, err = g.letter(ctx, t, func(m message.Message) bool { return opens(m, t) }); err != nil {
		return o, err
	}
	if err := g.answerable(ctx, &o, o.letter.Invitation, o.letter.Key, false); err != nil {
		return o, err
	}
	o.door.Name, o.door.Title = o.letter.Model.PortalURL, o.letter.Model.Portal
	if o.copied() { // it says nothing but its secret
		err = g.entrance(ctx, &o)
	}
	return o, err
}

// entrance reads where the invitation leads, for what no mail says it.
func (g Guest) entrance(ctx context.Context, o *offered) error {
	if o.offer.Portal == "" {
		return nil
	}
	found, err := g.Store.Known(ctx, o.firm.ID, Wanted{Portals: []id.Portal{o.offer.Portal}})
	o.door = found.Portals[o.offer.Portal]
	return err
}

// letter reads the message of a token that the check accepts. Settings and the
// secrets of a mail may be a second old; before a link is refused, it is looked
// at afresh.
func (g Guest) letter(ctx context.Context, t link.Token, accepts func(message.Message) bool) (message.Message, workspace.Workspace, error) {
	one, err := t.Message()
	if err != nil {
		return message.Message{}, workspace.Workspace{}, err
	}
	for _, fresh := range []bool{false, true} {
		letter, firm, err := g.Store.LinkedMessage(ctx, t.Workspace, one, fresh)
		if err != nil && !missing(err) {
			return letter, firm, err
		}
		if err == nil && accepts(letter) {
			return letter, firm, nil
		}
	}
	return message.Message{}, workspace.Workspace{}, link.ErrUnknown
}

// opens reports whether the token is a link of the message, and the message one
// that leads to an invitation.
func opens(m message.Message, t link.Token) bool {
	return (m.Kind.ToInvitee() || m.Kind == message.CopiedLink) && t.Opens(m.Secrets...)
}

// answerable reads an invitation, its address's mailbox and, if it was not read
// yet, the workspace; link_unknown if the invitation is not there, was moved
// to another address, or goes with its test client.
func (g Guest) answerable(ctx context.Context, o *offered, i id.Invitation, k email.Key, firm bool) error {
	found, err := g.Store.Known(ctx, o.firm.ID, Wanted{Workspace: firm, Invitations: []id.Invitation{i}, Mailboxes: []email.Key{k}})
	if err != nil {
		return err
	}
	offer, there := found.Invitations[i]
	if !there || offer.Key != k || offer.goes(found.mailbox(o.firm.ID, k)) {
		return link.ErrUnknown
	}
	o.offer, o.box = offer, found.mailbox(o.firm.ID, k)
	if firm {
		o.firm = found.Workspace
	}
	return nil
}

// company reads the identity of the invited address, if there is one, the grants
// offered and the inviter.
func (g Guest) company(ctx context.Context, o offered) (company, error) {
	var c company
	keys := make([]grant.Key, len(o.offer.Grants))
	for i, one := range o.offer.Grants {
		keys[i] = o.offer.GrantKey(one)
	}
	grants, people, err := g.Store.GrantsAndPeople(ctx, o.firm.ID, keys, present(o.box.Identity, o.offer.Inviter))
	if err != nil {
		return c, err
	}
	for _, k := range keys {
		// A grant that was offered to somebody else since is not theirs to take.
		if held, there := grants[k]; there && held.Invitation == o.offer.ID {
			c.grants = append(c.grants, held)
		}
	}
	c.who = people[o.box.Identity]
	if o.box.Identity != "" && c.who.ID == "" {
		return c, fault.Stale(errors.New("the mailbox names an identity that was not there"))
	}
	c.inviter, err = g.addressee(ctx, o.firm, people[o.offer.Inviter])
	return c, err
}

// company is who and what an invitation brings together.
type company struct {
	who     identity.Identity // of the invited address; zero: none yet
	inviter identity.Identity // who hears of it; zero: nobody
	grants  []grant.Grant     // offered, in the invitation's order
}

// addressee is who hears of an answer: the inviter, or whoever owns by default
// once the inviter has left; zero if that is nobody.
func (g Guest) addressee(ctx context.Context, w workspace.Workspace, inviter identity.Identity) (identity.Identity, error) {
	if listens(inviter) || w.Settings.DefaultOwner == "" || w.Settings.DefaultOwner == inviter.ID {
		return inviter, nil
	}
	_, people, err := g.Store.GrantsAndPeople(ctx, w.ID, nil, present(w.Settings.DefaultOwner))
	return people[w.Settings.DefaultOwner], err
}

// Listener is who hears of what somebody of staff began: they themselves, or
// whoever owns by default once they have left; zero if that is nobody.
func (g Guest) Listener(ctx context.Context, w workspace.Workspace, began id.Identity) (identity.Identity, error) {
	_, people, err := g.Store.GrantsAndPeople(ctx, w.ID, nil, present(began))
	if err != nil {
		return identity.Identity{}, err
	}
	who, err := g.addressee(ctx, w, people[began])
	if !listens(who) {
		who = identity.Identity{}
	}
	return who, err
}

// listens reports whether somebody is staff who can be written to.
func listens(who identity.Identity) bool {
	return who.ID != "" && who.Active() && who.Level != access.None
}

// notice is what somebody hears of an answer.
func (o offered) notice(to identity.Identity, kind message.Kind, now time.Time) message.Message {
	notice := o.offer.Notice(id.New[id.Message](now), kind, o.firm, to, now)
	notice.Model.Portal = o.door.Title
	return notice
}

// present drops empty identifiers.
func present(all ...id.Identity) []id.Identity {
	var there []id.Identity
	for _, one := range all {
		if one != "" {
			there = append(there, one)
		}
	}
	return there
}

// missing reports whether an error says that nothing is there.
func missing(err error) bool { return errors.Is(err, fault.NotYours()) }
