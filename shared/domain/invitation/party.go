package invitation

import (
	"portero/shared/domain/audit"

	"cmp"
	"strings"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// party is everybody behind one address, and what their lines come to.
type party struct {
	round   *round
	number  int // its page of the book of seats
	address email.Address
	box     mailbox.Mailbox
	who     identity.Identity
	open    Invitation // the one open at this portal; zero: none
	made    bool       // open was made by this request
	letter  id.Message // of the invitation being made
	stale   bool       // box has changed
	grown   bool       // open has changed
	seats   map[mailbox.Holder]bool
	set     change.Set // contacts, accounts, links and grants
	notes   map[string][]string
}

func (r *round) party(number int, key email.Key) *party {
	p := &party{round: r, number: number, seats: map[mailbox.Holder]bool{}, notes: map[string][]string{}}
	p.address = email.Address(r.outcomes[r.lines[key][0]].Address)
	p.box = r.found.mailbox(r.desk.ws(), key)
	p.who = r.found.Identities[p.box.Identity]
	if held, ok := p.box.OpenAt(r.portal.ID); ok && r.draft.Reach != Contacts {
		if i := r.found.Invitations[held]; i.Open(r.desk.Now) {
			p.open, p.made = i, r.ours(key, i.ID)
		}
	}
	return p
}

// invite decides one line.
func (p *party) invite(n int) {
	r, line, o := p.round, p.round.draft.Lines[n], &p.round.outcomes[n]
	o.Warnings = r.likes(p.box.Key)
	o.Role = cmp.Or(line.Role, r.draft.Role)
	if no := p.refused(line); no != nil {
		o.refuse(*no)
		return
	}
	all, no := r.candidates(line, p.box)
	if no != nil {
		o.refuse(*no)
		return
	}
	var h mailbox.Holder
	if len(all) > 0 {
		if h, no = r.choose(all); no != nil {
			o.refuse(*no)
			return
		}
		if p.answered(o, h) {
			return
		}
	}
	if no := p.admits(cmp.Or(h.Contact, line.Contact)); no != nil {
		o.refuse(*no)
		return
	}
	if len(p.open.Grants) >= MaxOffers || !p.fits(line, len(all) > 0) {
		o.refuse(tooManyGrants)
		return
	}
	if !p.box.Holds(h) && len(p.box.Contacts) >= mailbox.MaxHolders {
		o.refuse(tooManySharing)
		return
	}
	if len(all) == 0 {
		if r.draft.Reach == Invites && r.seats.Free(o.Role) < 1 && !r.found.Contacts[line.Contact].Test && !r.desk.testing() {
			o.refuse(noSeat)
			return
		}
		h = p.settle(line)
	}
	if r.draft.Reach != Invites {
		p.keep(o, h, len(all) == 0)
		return
	}
	p.offer(o, line, h)
}

// fits reports whether one more offer fits the party's transaction: its
// invitation, message, mailbox and note, what the lines before it write, the trail's
// entry for each account, and the seats.
func (p *party) fits(line Line, known bool) bool {
	need := 4 // grant, entry, seat and its role's count
	if !known {
		need += 2 // contact and its link
		if line.Account == "" {
			need++
		}
	}
	return 4+len(p.set.Writes)+len(p.open.Grants)+p.round.seats.Size(p.number)+need <= maxWrites
}

// refused says what is wrong with a line's own words, or with its address.
func (p *party) refused(line Line) *refusal {
	r := p.round
	if line.Name != "" {
		if f := fault.As(workspace.CheckName("name", line.Name)); f != nil {
			return &refusal{Malformed, f.Code, f.Detail}
		}
	}
	if line.Language != "" && !workspace.Speaks(line.Language) {
		return &langUnknown
	}
	if !oneLine(line.Source, MaxSourceRune) {
		return &badSource
	}
	if _, err := localtime.Load(line.Zone); line.Zone != "" && err != nil {
		return &badZone
	}
	if o, ok := r.found.Roles[line.Role]; r.draft.Reach != Contacts && line.Role != "" && (!ok || o.Portal != r.portal.ID) {
		return &roleUnknown
	}
	if r.draft.Reach != Contacts && r.found.Workspace.Settings.Owns(p.box.Key) && !p.tests() {
		return &ownDomain
	}
	if r.desk.host != nil {
		return nil // whether the address takes mail is asked where it is delivered: a member is not told
	}
	if p.box.Stop != nil && r.draft.Reach != Contacts {
		no := refuseStopped(p.box.Stop)
		return &no
	}
	if !p.who.Deactivated.IsZero() {
		return &deactivated
	}
	return nil
}

// answered gives a line its verdict if the person has what it offers already.
func (p *party) answered(o *Outcome, h mailbox.Holder) bool {
	g, granted := p.round.found.Grants[p.round.grantKey(h)]
	_, offered := p.open.Offers(h.Account, h.Contact)
	switch {
	case p.seats[h]:
		o.refuse(twice)
		o.Invitation = p.open.ID
	case offered && p.made:
		// A repeat of this very request: what it made is its answer.
		o.Verdict = p.verdict(len(p.seats) == 0)
		o.Invitation, o.Offer, o.Account, o.Contact = p.open.ID, p.open, h.Account, h.Contact
	case offered:
		o.refuse(alreadyPending)
		o.Invitation = p.open.ID
	case granted && p.round.ours(p.box.Key, g.Invitation):
		o.Verdict, o.Invitation, o.Account, o.Contact = p.verdict(true), g.Invitation, h.Account, h.Contact
	case granted && p.round.over(g):
		o.refuse(accessEnded)
	case granted && g.SignIn && !g.AcceptedAt.IsZero():
		o.refuse(alreadyMember)
	case granted && p.round.desk.host != nil && !p.round.desk.offers(g):
		o.refuse(staffDecide)
	default:
		return false
	}
	p.seats[h] = true
	return true
}

// over reports whether an accepted grant's last day has gone by.
func (r *round) over(g grant.Grant) bool {
	zone, err := localtime.Load(r.found.Workspace.Settings.Zone)
	return err == nil && g.SignIn && !g.AcceptedAt.IsZero() && !g.Until.IsZero() && localtime.DateOf(r.desk.Now, zone).After(g.Until)
}

// offer adds a grant to the open invitation, or to a new one.
func (p *party) offer(o *Outcome, line Line, h mailbox.Holder) {
	if role, there := p.round.seats.Role(o.Role); there {
		o.Role = role.ID // its users may have moved on
	}
	before := p.round.found.Grants[p.round.grantKey(h)]
	if p.round.seats.Regrant(p.number, before, p.round.offered(h, o.Role, p.open), true) != nil {
		o.refuse(noSeat)
		return
	}
	first := p.open.ID == ""
	if first {
		if err := p.begin(line, h); err != nil {
			o.refuse(tryAgain)
			return
		}
	}
	p.open.Grants = append(p.open.Grants[:len(p.open.Grants):len(p.open.Grants)], Offer{Account: h.Account, Contact: h.Contact, Role: o.Role})
	p.grown, p.seats[h] = true, true
	if with, _ := p.box.With(h); !p.box.Holds(h) {
		p.box, p.stale = with, true
	}
	g := p.round.offered(h, o.Role, p.open)
	if g.Version == 0 {
		p.set.Insert(g)
	} else {
		p.set.Replace(g)
	}
	p.round.found.Grants[g.Key()] = g
	p.note("grants", strings.Join([]string{string(h.Account), string(h.Contact), string(o.Role)}, "/"))
	o.Verdict = p.verdict(first)
	o.Invitation, o.Offer = p.open.ID, p.open
	o.Account, o.Contact, o.Grant = h.Account, h.Contact, g
}

func (p *party) verdict(first bool) Verdict {
	switch {
	case !first:
		return AddedToOpen
	case p.box.Identity != "":
		return Offered
	}
	return Invited
}

// begin makes the invitation of the party, for the person of its first line.
func (p *party) begin(line Line, h mailbox.Holder) error {
	r, w := p.round, p.round.found.Workspace
	c := r.found.Contacts[h.Contact]
	inviter, at := r.desk.inviter()
	i := Invitation{
		ID: r.derived(p.box.Key), Workspace: w.ID, Kind: Client, Portal: r.portal.ID, Address: p.address, Key: p.box.Key,
		Name: cmp.Or(line.Name, c.Name, p.who.Name), Note: r.draft.Note, Source: cmp.Or(line.Source, r.draft.Source, c.Source),
		Validity: cmp.Or(r.draft.Validity, w.Settings.Validity), Reminders: w.Settings.Reminders,
		Inviter: r.desk.Self.ID, InviterName: inviter, InviterAt: at, CreatedAt: r.desk.Now,
	}
	if cmp.Or(r.draft.By, Way(w.Settings.AccessBy)) == ByCredentials && !p.who.HasPassword() {
		i.By = ByCredentials // who has a password signs in with it, and a link leads there
	}
	if r.draft.Reminders != nil {
		i.Reminders = *r.draft.Reminders
	}
	i.Language, i.Zone = r.settings(line, p.box, h)
	i.Test = c.Test
	letter := id.New[id.Message](r.desk.Now)
	i, err := i.Send(letter, TermsOf(w), r.desk.Now)
	if err != nil {
		return err
	}
	p.open, p.made, p.letter = i, true, letter
	p.box, p.stale = p.box.Hold(r.portal.ID, i.ID), true
	return nil
}

// finish returns everything the party's lines come to, as one set.
func (p *party) finish() change.Set {
	var set change.Set
	if p.round.draft.Reach != Invites {
		return p.kept()
	}
	if !p.grown {
		return set
	}
	r, action := p.round, "grants_added"
	if p.letter != "" {
		action = "created"
		set.Insert(p.open)
		set.Insert(p.open.Letter(p.letter, message.Invitation, r.found.Workspace, r.portal, r.desk.Now))
	} else {
		set.Replace(p.open)
	}
	if p.stale {
		p.box.Address = p.address
		p.box.Save(&set)
	}
	set.Add(p.set)
	r.seats.Save(p.number, &set)
	entry := r.desk.entry(action, p.open.ID)
	entry.After = map[string]string{
		"portal": string(r.portal.ID), "language": p.open.Language, "expires_at": p.open.ExpiresAt.Format(time.RFC3339),
	}
	for name, values := range p.notes {
		entry.After[name] = strings.Join(values, " ")
	}
	audit.File(&set, entry, p.open.Accounts()...)
	return set
}

func (p *party) note(name, value string) { p.notes[name] = append(p.notes[name], value) }
