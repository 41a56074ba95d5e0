package invitation

import (
	"cmp"
	"context"
	"slices"

	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
)

// Host is where a member, at one instant, invites people of their own account and
// looks after those they invited (row T14). Whether their role lets them was asked
// before; here it is whether the workspace does. What a member is told never
// depends on what else the workspace knows of an address: one that is known
// elsewhere, or takes no mail, is invited like any other, and delivery decides as
// always. It is made per request and not safe for concurrent use.
type Host struct{ Desk Desk }

// host is what is known of the member a Desk invites for.
type host struct {
	grant   grant.Grant
	account account.Account
}

// Colleague is whom a member invites.
type Colleague struct {
	Address string
	Name    string
	Key     string // as Draft.Key
}

// The faults of a member's invitation. They say what members may know only: of
// their own account, and nothing of seats, caps and pauses.
var (
	ErrHostRefused = fault.New(fault.Conflict, "colleague_refused", "This cannot be done from here. Ask your contact at the firm.")
	errHostPending = fault.New(fault.Conflict, ErrAlreadyPending.Code, "There is an open invitation for this person already.")
)

// open reads what a member's deeds need: not_allowed while the workspace lets no
// member invite.
func (h *Host) open(ctx context.Context, w Wanted) (Found, error) {
	using := h.Desk.Actor.Grant
	own := grant.Key{Account: using.Account, Contact: using.Contact, Portal: using.Portal}
	w.Grants, w.Accounts = append(w.Grants, own), append(w.Accounts, own.Account)
	f, err := h.Desk.read(ctx, w)
	if err != nil {
		return f, err
	}
	g, there := f.Grants[own]
	if !f.Workspace.Settings.Colleagues || !there || g.Identity != h.Desk.Self.ID {
		return f, fault.NotAllowed()
	}
	h.Desk.host = &host{grant: g, account: f.Accounts[own.Account]}
	return f, nil
}

// Invite invites somebody to the member's own account and portal, in the member's
// own role. address_malformed, address_unsupported, name_malformed, name_has_link,
// address_own_domain; already_member or already_pending of the same account;
// colleague_refused where the firm must be asked; not_allowed; try_again.
func (h Host) Invite(ctx context.Context, c Colleague) (id.Contact, change.Set, error) {
	if _, err := parseAddress(c.Address); err != nil {
		return "", change.Set{}, err
	}
	if c.Name != "" {
		if err := workspace.CheckName("name", c.Name); err != nil {
			return "", change.Set{}, err
		}
	}
	if _, err := h.open(ctx, Wanted{}); err != nil {
		return "", change.Set{}, err
	}
	return h.invite(ctx, c)
}

func (h Host) invite(ctx context.Context, c Colleague) (id.Contact, change.Set, error) {
	using := h.Desk.Actor.Grant
	got, err := h.Desk.Invite(ctx, Draft{
		Portal: using.Portal, Role: using.Role, Language: h.Desk.Self.Profile.Language, Key: c.Key,
		Lines: []Line{{Address: c.Address, Name: c.Name, Account: using.Account}},
	})
	if err != nil {
		return "", change.Set{}, hide(err)
	}
	o := got.Outcomes[0]
	if !o.Verdict.Good() {
		return "", change.Set{}, o.toHost()
	}
	if len(got.Parties) == 0 {
		return o.Contact, change.Set{}, nil // this very request was carried out before
	}
	return o.Contact, got.Parties[0].Set, nil
}

// hide leaves of what is wrong with the whole request what a member may know.
func hide(err error) error {
	if f := fault.As(err); f != nil && slices.Contains([]fault.Code{ErrPaused.Code, ErrRole.Code, ErrPortal.Code}, f.Code) {
		return ErrHostRefused
	}
	return err
}

// toHost is what a member is told of a line that did not do what it was for.
func (o Outcome) toHost() error {
	switch o.Code {
	case alreadyMember.code:
		return ErrAlreadyMember
	case alreadyPending.code:
		return errHostPending
	case ownDomain.code:
		return workspace.ErrOwn
	case tryAgain.code:
		return fault.New(fault.Unavailable, tryAgain.code, "This did not get through. Send it again.")
	}
	return ErrHostRefused
}

// offers reports whether a grant is the host's to offer: what they offered
// themselves and nobody accepted, or took back. What staff granted or switched off
// is staff's.
func (d Desk) offers(g grant.Grant) bool {
	return g.OfferedBy(d.Self.ID) || g.InvitedBy == d.Self.ID && g.AcceptedAt.IsZero() && !g.SignIn && g.TakenBack
}

// Resend mails the invitation of somebody the member invited again, or invites
// them anew once it is over. not_found; invitation_accepted, invitation_declined;
// colleague_refused; and what Invite says. key is as Draft.Key.
func (h Host) Resend(ctx context.Context, one id.Contact, key string) (change.Set, error) {
	g, c, err := h.invited(ctx, one)
	if err != nil {
		return change.Set{}, err
	}
	f, _, err := h.Desk.open(ctx, g.Invitation, Wanted{}, nil)
	if err != nil {
		return change.Set{}, err
	}
	var set change.Set
	switch f.StateAt(h.Desk.Now) {
	case Declined:
		return set, ErrDeclined
	case Expired:
		_, set, err = h.invite(ctx, Colleague{Address: string(c.Address), Name: c.Name, Key: key})
	default:
		_, set, err = f.resend()
	}
	return set, hide(err)
}

// Cancel takes back what the member offered somebody: the sign-in switch goes off,
// and the invitation ends, unless it offers other things as well. Doing it again
// is not_found. invitation_accepted once the person is in.
func (h Host) Cancel(ctx context.Context, one id.Contact) (change.Set, error) {
	g, _, err := h.invited(ctx, one)
	if err != nil {
		return change.Set{}, err
	}
	f, _, err := h.Desk.open(ctx, g.Invitation, Wanted{}, file.pending)
	if err != nil {
		return change.Set{}, err
	}
	if f.State == Pending && len(f.Grants) == 1 {
		_, set, err := f.cancel(true)
		return set, err
	}
	return f.takeBack(g)
}

// invited reads the grant that the member offered a contact of their account, and
// the contact.
func (h *Host) invited(ctx context.Context, one id.Contact) (grant.Grant, contact.Contact, error) {
	using := h.Desk.Actor.Grant
	k := grant.Key{Account: using.Account, Contact: one, Portal: using.Portal}
	f, err := h.open(ctx, Wanted{Grants: []grant.Key{k}, Contacts: []id.Contact{one}})
	if err != nil {
		return grant.Grant{}, contact.Contact{}, err
	}
	g := f.Grants[k]
	switch {
	case g.InvitedBy == h.Desk.Self.ID && !g.AcceptedAt.IsZero():
		return g, f.Contacts[one], ErrAccepted
	case !g.OfferedBy(h.Desk.Self.ID):
		return g, f.Contacts[one], fault.NotYours()
	}
	return g, f.Contacts[one], nil
}

// takeBack takes one offer off an invitation that offers more, or is over.
func (f file) takeBack(g grant.Grant) (change.Set, error) {
	var set change.Set
	_ = f.regrant(g.Withdrawn(true), false) // giving a seat up needs none
	f.saveGrants(&set)
	entry := f.desk.entry("offer_withdrawn", f.ID)
	entry.After = map[string]string{"contact": string(g.Contact), "sign_in": "off"}
	if f.State == Pending {
		f.Grants = slices.DeleteFunc(slices.Clone(f.Grants), func(o Offer) bool { return f.GrantKey(o) == g.Key() })
		set.Replace(f.Invitation)
	}
	audit.File(&set, entry, g.Account)
	return set, nil
}

// inviter is who a mail of the desk's says invites, and at which account they are:
// empty for staff.
func (d Desk) inviter() (name, at string) {
	if d.host == nil {
		return d.Self.Name, ""
	}
	return cmp.Or(d.Self.Name, string(d.Self.Address)), d.host.account.Name
}

// Check returns not_allowed unless the actor may invite colleagues.
func (h Host) Check(ctx context.Context) error {
	_, err := h.open(ctx, Wanted{})
	return err
}
