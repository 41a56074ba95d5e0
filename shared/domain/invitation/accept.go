package invitation

import (
	"context"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
)

// Welcome is what accepting comes to: an entrance, or a code that was mailed to
// the address because the link proves no mailbox.
type Welcome struct {
	Entrance
	Workspace  id.Workspace
	PortalName string     // in its URL; empty for staff
	Binding    link.Token // what the browser keeps until the code is typed; zero: it is in
	Expires    time.Time  // of the code
}

// Coded reports whether a code must be typed first.
func (w Welcome) Coded() bool { return !w.Binding.Zero() }

// Accept answers an open invitation with yes. A mailed link and a good password
// make the person a member at once; whoever is signed in with the address needs
// none, whoever has a password may sign in with it here. It returns
// link_unknown; invitation_accepted, invitation_declined, invitation_cancelled
// or invitation_expired; signed_in_as_other; sign_in_first for an address that
// has a password, sign_in_failed or too_many_requests for a wrong one, no_password_yet
// for signing in with an address that has none;
// deactivated; password_…, name_malformed or a profile's codes. None of them
// spends anything.
func (g Guest) Accept(ctx context.Context, t link.Token, e Entry, v Visitor) (Welcome, error) {
	o, err := g.follow(ctx, t)
	if err != nil {
		return Welcome{}, err
	}
	if err := over(o.offer.StateAt(v.Now)); err != nil {
		return Welcome{}, err
	}
	c, err := g.company(ctx, o)
	if err != nil {
		return Welcome{}, err
	}
	in := entering{offered: o, company: c, visitor: v, entry: e}
	known, err := g.known(ctx, in)
	if err != nil {
		return Welcome{}, err
	}
	if !known {
		if in.hash, err = g.hash(in); err != nil {
			return Welcome{}, err
		}
	}
	answer := Welcome{Workspace: o.firm.ID, PortalName: o.door.Name}
	if o.copied() && !known {
		err = g.mailCode(ctx, in, &answer)
		return answer, err
	}
	answer.Entrance, err = in.enter()
	return answer, err
}

// known reports whether the person has shown that they are the identity of the
// address: they are signed in as it, or have typed its password. It refuses
// everybody who must.
func (g Guest) known(ctx context.Context, e entering) (bool, error) {
	if err := e.entry.Check(); err != nil {
		return false, err
	}
	switch {
	case e.who.ID != "" && !e.who.Active():
		return false, session.ErrDeactivated
	case e.visitor.signedIn():
		if e.visitor.Actor.Identity != identity.IDOf(e.firm.ID, e.offer.Key) {
			return false, ErrSignedInAsOther
		}
		return true, nil
	case !e.who.HasPassword() && e.entry.SignIn:
		return false, ErrNoPassword
	case !e.who.HasPassword():
		return false, nil
	case !e.entry.SignIn:
		return false, ErrSignInFirst
	}
	desk := session.Desk{Store: g.Store, Actor: e.visitor.Actor, Cost: g.Cost, Now: e.visitor.Now}
	return true, desk.Prove(ctx, e.who, e.entry.Password, e.visitor.Network)
}

// hash hashes the password that a person chose: after everything else was
// checked, before anything is committed.
func (g Guest) hash(e entering) (password.Hash, error) {
	if err := identity.CheckPassword("password", e.firm, e.offer.Address, e.entry.Name, e.entry.Password); err != nil {
		return "", err
	}
	return password.New(e.entry.Password, g.Cost, g.Random)
}

// mailCode begins the proof that the address is theirs.
func (g Guest) mailCode(ctx context.Context, e entering, answer *Welcome) error {
	codes := verification.Desk{Store: g.Store}
	if err := codes.Allow(ctx, e.firm.ID, e.offer.Key, e.visitor.Now); err != nil {
		return err
	}
	begun, binding := verification.Verification{
		Workspace: e.firm.ID, Purpose: verification.Accept, Address: e.offer.Address, Key: e.offer.Key,
		Name: e.entry.Name, Language: e.offer.Language, Profile: e.entry.Profile, Password: e.hash, Invitation: e.offer.ID, Test: e.offer.Test,
	}.Begin(e.visitor.Now)
	answer.Binding, answer.Expires = binding, begun.ExpiresAt
	answer.Change.Insert(begun)
	answer.Change.Insert(begun.Letter(e.firm, e.visitor.Now))
	return nil
}

// Confirm accepts the invitation of a verification whose code was typed: as
// Accept, with the password that was chosen then.
func (g Guest) Confirm(ctx context.Context, proved verification.Verification, v Visitor) (Welcome, error) {
	o := offered{firm: workspace.Workspace{ID: proved.Workspace}}
	if err := g.answerable(ctx, &o, proved.Invitation, proved.Key, true); err != nil {
		return Welcome{}, err
	}
	if err := over(o.offer.StateAt(v.Now)); err != nil {
		return Welcome{}, err
	}
	c, err := g.company(ctx, o)
	if err == nil {
		err = g.entrance(ctx, &o)
	}
	switch {
	case err != nil:
		return Welcome{}, err
	case c.who.HasPassword():
		return Welcome{}, ErrSignInFirst
	case c.who.ID != "" && !c.who.Active():
		return Welcome{}, session.ErrDeactivated
	}
	answer := Welcome{Workspace: o.firm.ID, PortalName: o.door.Name}
	in := entering{offered: o, company: c, visitor: v, hash: proved.Password,
		entry: Entry{Name: proved.Name, Profile: proved.Profile}}
	if answer.Entrance, err = in.enter(); err == nil {
		answer.Change.Replace(proved.Use(v.Now))
	}
	return answer, err
}

// Admit accepts an open invitation for somebody who has proved in another way
// that its address is theirs: by a join link and a code. hash is what they
// chose; empty for one who has a password.
func (g Guest) Admit(ctx context.Context, w workspace.Workspace, p portal.Portal, i Invitation, box mailbox.Mailbox, e Entry, hash password.Hash, v Visitor) (Entrance, error) {
	o := offered{firm: w, offer: i, box: box, door: p}
	c, err := g.company(ctx, o)
	if err != nil {
		return Entrance{}, err
	}
	return entering{offered: o, company: c, visitor: v, entry: e, hash: hash}.enter()
}

// Return answers the repeat of a request that let somebody in: the same session
// with a new secret, the former one dead. proved says that the repeat itself
// shows who asks; else they must be signed in, or type the password again.
// sign_in_first if they do not, or if the session has ended since.
func (g Guest) Return(ctx context.Context, who id.Identity, one id.Session, typed password.Plain, proved bool, v Visitor) (session.Token, change.Set, error) {
	var set change.Set
	former, err := g.Store.Session(ctx, v.Actor.Workspace, who, one)
	if err != nil {
		if missing(err) {
			err = ErrSignInFirst
		}
		return session.Token{}, set, err
	}
	found, err := g.Store.Known(ctx, v.Actor.Workspace, Wanted{Identities: []id.Identity{who}})
	if err != nil {
		return session.Token{}, set, err
	}
	person := found.Identities[who]
	if !former.Live(v.Now) || former.Generation != person.Generation || !person.Active() {
		return session.Token{}, set, ErrSignInFirst
	}
	if !proved && (v.Actor.Kind != access.Person || v.Actor.Identity != who) {
		ok, err := matches(person, typed, g.Cost)
		if err != nil {
			return session.Token{}, set, err
		}
		if !ok {
			return session.Token{}, set, ErrSignInFirst
		}
	}
	again, token := former.Rekey()
	set.Replace(again)
	return token, set, nil
}

func matches(who identity.Identity, typed password.Plain, cost password.Cost) (bool, error) {
	if !who.HasPassword() {
		return false, nil
	}
	ok, err := who.Password.Verify(typed)
	if err != nil {
		return false, fault.New(fault.Internal, fault.CodeInternal, "").Because(err)
	}
	return ok, nil
}
