package joinlink

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
)

// Guest serves whoever holds a join link: it shows it and lets them join. It
// loads, decides and returns what must become true; it never writes. What it
// answers says nothing about whether an address is known.
type Guest struct {
	Store  GuestStore
	Cost   password.Cost // of a hash
	Random io.Reader     // salts
}

// GuestStore is what a Guest reads from.
type GuestStore interface {
	invitation.GuestStore
	// LinkAndWorkspace reads a join link, or not_found, and its workspace.
	LinkAndWorkspace(ctx context.Context, ws id.Workspace, l id.JoinLink) (JoinLink, workspace.Workspace, error)
	// JoinRequest reads one, or not_found.
	JoinRequest(ctx context.Context, ws id.Workspace, r id.JoinRequest) (Request, error)
}

// Application is what a person supplies who joins.
type Application struct {
	Address string // as typed; may be left out by whoever is signed in
	invitation.Entry
}

// Arrival is what joining comes to: in, waiting for staff, or a code that was
// mailed to the address.
type Arrival struct {
	invitation.Welcome
	Waiting bool
}

// View is what the holder of a link is shown.
type View struct {
	Link   JoinLink
	State  State
	Firm   workspace.Workspace
	Portal portal.Portal
}

// followed is what a join link leads to.
type followed struct {
	link JoinLink
	firm workspace.Workspace
	door portal.Portal
}

// follow finds what a token leads to; link_unknown for everything that is not
// the link's present secret.
func (g Guest) follow(ctx context.Context, t link.Token) (followed, error) {
	one, err := t.JoinLink()
	if err != nil {
		return followed{}, err
	}
	return g.find(ctx, t.Workspace, one, func(l JoinLink) bool { return t.Opens(l.Hash) })
}

func (g Guest) find(ctx context.Context, ws id.Workspace, one id.JoinLink, lives func(JoinLink) bool) (followed, error) {
	var f followed
	var err error
	if f.link, f.firm, err = g.Store.LinkAndWorkspace(ctx, ws, one); err != nil {
		if errors.Is(err, fault.NotYours()) {
			err = link.ErrUnknown
		}
		return f, err
	}
	if !lives(f.link) {
		return f, link.ErrUnknown
	}
	found, err := g.Store.Known(ctx, ws, invitation.Wanted{Portals: []id.Portal{f.link.Portal}})
	f.door = found.Portals[f.link.Portal]
	return f, err
}

// View shows what a link leads to; it changes nothing. link_unknown.
func (g Guest) View(ctx context.Context, t link.Token, v invitation.Visitor) (View, error) {
	f, err := g.follow(ctx, t)
	return View{Link: f.link, State: f.link.StateAt(v.Now), Firm: f.firm, Portal: f.door}, err
}

// Join follows a link. Whoever is signed in (self) joins at once; everybody else
// is mailed a code first, known or not, for the same calls and one hash: the
// password is a new one, or must be the address's own. It returns link_unknown;
// why the link cannot be used (see JoinLink.Usable); address_malformed,
// address_unsupported, address_own_domain, domain_refused; password_…, name_malformed or a
// profile's codes; signed_in_as_other; too_many_requests.
func (g Guest) Join(ctx context.Context, t link.Token, a Application, self identity.Identity, v invitation.Visitor) (Arrival, error) {
	f, err := g.follow(ctx, t)
	if err != nil {
		return Arrival{}, err
	}
	if err := f.link.Usable(v.Now); err != nil {
		return Arrival{}, err
	}
	signedIn := v.Actor.Kind == access.Person
	address := self.Address
	if !signedIn || a.Address != "" {
		if address, err = parse(a.Address); err != nil {
			return Arrival{}, err
		}
	}
	if signedIn && address.Key() != self.Key {
		return Arrival{}, invitation.ErrSignedInAsOther
	}
	if f.firm.Settings.Owns(address.Key()) && !(signedIn && self.Test) { // who is not in yet learns of no test client
		return Arrival{}, workspace.ErrOwn
	}
	if err := f.link.Admits(address); err != nil {
		return Arrival{}, err
	}
	if err := a.Check(); err != nil {
		return Arrival{}, err
	}
	if signedIn {
		return g.arrive(ctx, f, joiner{visitor: v, address: self.Address, entry: a.Entry})
	}
	return g.mailCode(ctx, f, address, a, v)
}

func parse(typed string) (email.Address, error) {
	a, err := email.Parse(typed)
	switch {
	case errors.Is(err, email.ErrUnsupported):
		return a, fault.On("address", "address_unsupported", "Special characters before the @ cannot be mailed. Use another address.")
	case err != nil:
		return a, fault.On("address", "address_malformed", "This is not one address. Correct it to name@example.com.")
	}
	return a, nil
}

// mailCode begins the proof that the address is theirs. Whether the address has
// a password changes neither the answer nor what it costs: that password is
// compared, or the new one is hashed.
func (g Guest) mailCode(ctx context.Context, f followed, address email.Address, a Application, v invitation.Visitor) (Arrival, error) {
	if err := identity.CheckPassword("password", f.firm, address, a.Name, a.Password); err != nil {
		return Arrival{}, err
	}
	codes := verification.Desk{Store: g.Store}
	if err := codes.Allow(ctx, f.firm.ID, address.Key(), v.Now); err != nil {
		return Arrival{}, err
	}
	who := identity.IDOf(f.firm.ID, address.Key())
	found, err := g.Store.Known(ctx, f.firm.ID, invitation.Wanted{Identities: []id.Identity{who}, Mailboxes: []email.Key{address.Key()}})
	if err != nil {
		return Arrival{}, err
	}
	ver := verification.Verification{
		Workspace: f.firm.ID, Purpose: verification.Join, Address: address, Key: address.Key(), Name: a.Name,
		Language: a.Profile.Language, Profile: a.Profile, JoinLink: f.link.ID, LinkHash: f.link.Hash,
		Test: found.Mailboxes[address.Key()].Test != "",
	}
	if known := found.Identities[who]; known.HasPassword() {
		ver.Known, ver.Generation, ver.Language = true, known.Generation, known.Profile.Language
		ver.Proved, err = known.Password.Verify(a.Password)
	} else {
		ver.Password, err = password.New(a.Password, g.Cost, g.Random)
	}
	if err != nil {
		return Arrival{}, err
	}
	begun, binding := ver.Begin(v.Now)
	out := Arrival{Welcome: invitation.Welcome{Workspace: f.firm.ID, Binding: binding, Expires: begun.ExpiresAt}}
	out.Change.Insert(begun)
	out.Change.Insert(begun.Letter(f.firm, v.Now))
	return out, nil
}

// Confirm joins somebody whose code was typed. It returns link_unknown if the
// link was reset meanwhile, why it cannot be used, and sign_in_failed if the
// address has a password and another was typed.
func (g Guest) Confirm(ctx context.Context, proved verification.Verification, v invitation.Visitor) (Arrival, error) {
	f, err := g.find(ctx, proved.Workspace, proved.JoinLink, func(l JoinLink) bool {
		return subtle.ConstantTimeCompare(l.Hash, proved.LinkHash) == 1
	})
	if err != nil {
		return Arrival{}, err
	}
	if err := f.link.Usable(v.Now); err != nil {
		return Arrival{}, err
	}
	out, err := g.arrive(ctx, f, joiner{
		visitor: v, address: proved.Address, proved: &proved,
		entry: invitation.Entry{Name: proved.Name, Profile: proved.Profile},
	})
	if err == nil {
		out.Change.Replace(proved.Use(v.Now))
	}
	return out, err
}

// joiner is somebody who has proved that the address is theirs.
type joiner struct {
	visitor invitation.Visitor
	address email.Address
	entry   invitation.Entry
	proved  *verification.Verification // nil for whoever is signed in
}

// enters decides whether the identity of the address may be entered: an address
// with a password by that password only.
func (j joiner) enters(known identity.Identity) error {
	switch {
	case known.ID != "" && !known.Active():
		return session.ErrDeactivated
	case j.proved == nil || !known.HasPassword():
		return nil
	case !j.proved.Speaks(known):
		return session.ErrSignIn
	case known.Factor != nil: // they sign in first, then follow the link
		return session.ErrSecondFactor
	}
	return nil
}

// hash is the password that was chosen; empty for whoever has one.
func (j joiner) hash() password.Hash {
	if j.proved == nil {
		return ""
	}
	return j.proved.Password
}
