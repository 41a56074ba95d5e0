package invitation

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/portal"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// Answer is what a draft comes to: an outcome per line, in the lines' order,
// and what must be committed, address by address.
type Answer struct {
	Outcomes  []Outcome
	Parties   []Party
	Workspace workspace.Workspace
}

// Invite decides every line of a draft. One bad line never blocks another; what
// is wrong for all of them is returned: not_allowed, portal_unknown,
// role_unknown, mail_paused, or what Draft.check says. The same answer is the preview of a
// draft whose parties are not committed.
func (d Desk) Invite(ctx context.Context, draft Draft) (Answer, error) {
	if err := draft.check(); err != nil {
		return Answer{}, err
	}
	r := newRound(d, draft)
	if err := r.load(ctx); err != nil {
		return Answer{}, err
	}
	if err := d.held(r.found.Workspace); err != nil && draft.Reach == Invites {
		return Answer{}, err
	}
	a := Answer{Outcomes: r.outcomes, Workspace: r.found.Workspace}
	for n, key := range r.order {
		p := r.party(n, key)
		for _, n := range r.lines[key] {
			p.invite(n)
		}
		if set := p.finish(); !set.Empty() {
			a.Parties = append(a.Parties, Party{Lines: r.numbers(r.lines[key]), Set: set})
		}
	}
	return a, nil
}

// round is one run over a draft.
type round struct {
	desk     Desk
	draft    Draft
	found    Found
	portal   portal.Portal
	outcomes []Outcome
	order    []email.Key         // addresses in the order they first stand in the draft
	lines    map[email.Key][]int // indices into draft.Lines
	variants map[email.Key][]email.Key
	seats    *seat.Book // a page for each address
}

// newRound reads every line as far as it says an address or a contact.
func newRound(d Desk, draft Draft) *round {
	r := &round{desk: d, draft: draft, outcomes: make([]Outcome, len(draft.Lines)), lines: map[email.Key][]int{}, variants: map[email.Key][]email.Key{}}
	for n, line := range draft.Lines {
		o := &r.outcomes[n]
		o.Line, o.Address = line.Number, strings.TrimSpace(line.Address)
		switch {
		case line.Role != "" && line.Role.Check() != nil:
			o.refuse(roleUnknown)
		case line.Account != "" && line.Account.Check() != nil:
			o.refuse(accountUnknown)
		case line.Contact != "" && line.Contact.Check() != nil:
			o.refuse(contactUnknown)
		case line.Contact != "" && o.Address != "":
			o.refuse(contactOrOther)
		case line.Contact != "": // its address is not known yet
		case o.Address == "":
			o.refuse(noAddress)
		default:
			a, err := email.Parse(line.Address)
			switch {
			case errors.Is(err, email.ErrUnsupported):
				o.refuse(unsupported)
			case err != nil:
				o.refuse(malformed)
			default:
				r.place(n, a)
			}
		}
	}
	return r
}

// place notes that a line is about an address.
func (r *round) place(n int, a email.Address) {
	r.outcomes[n].Address = string(a)
	key := a.Key()
	if r.lines[key] == nil {
		r.order = append(r.order, key)
		r.variants[key.Variant()] = append(r.variants[key.Variant()], key)
	}
	r.lines[key] = append(r.lines[key], n)
}

// load reads what the lines name, then what that leads to: three batches at
// most, one where nothing is known of the addresses.
func (r *round) load(ctx context.Context) error {
	var w Wanted
	if r.draft.Reach != Contacts {
		if r.draft.Portal.Check() != nil {
			return ErrPortal
		}
		w.Portals = append(w.Portals, r.draft.Portal)
	}
	if r.draft.Role != "" {
		w.Roles = append(w.Roles, r.draft.Role)
	}
	for n, line := range r.draft.Lines {
		if r.outcomes[n].Verdict != "" {
			continue
		}
		if line.Role != "" {
			w.Roles = append(w.Roles, line.Role)
		}
		if line.Contact != "" {
			w.Contacts = append(w.Contacts, line.Contact)
		}
		if line.Account != "" {
			w.Accounts = append(w.Accounts, line.Account)
		}
	}
	w.Mailboxes, w.Alike = r.mailboxes()
	var err error
	if r.found, err = r.desk.read(ctx, w); err != nil {
		return err
	}
	if err := r.entrance(); err != nil {
		return err
	}
	if r.contacts() {
		boxes, alike := r.mailboxes()
		if err := r.found.add(ctx, r.desk.Store, r.desk.ws(), Wanted{Mailboxes: boxes, Alike: alike}); err != nil {
			return err
		}
	}
	if err := r.found.add(ctx, r.desk.Store, r.desk.ws(), r.details()); err != nil {
		return err
	}
	return r.seated(ctx)
}

// seated reads who sits in the roles that are offered, of the people who are
// known, and how many more may.
func (r *round) seated(ctx context.Context) error {
	if r.draft.Reach == Contacts {
		r.seats = seat.New(r.desk.ws(), seat.Plan{})
		return nil
	}
	var held []grant.Grant
	to := []seat.Key{{Role: r.draft.Role}}
	for _, key := range r.order {
		for _, n := range r.lines[key] {
			line := r.draft.Lines[n]
			role := cmp.Or(line.Role, r.draft.Role)
			to = append(to, seat.Key{Role: role, Contact: line.Contact})
			all, _ := r.candidates(line, r.found.mailbox(r.desk.ws(), key))
			for _, h := range all {
				to = append(to, seat.Key{Role: role, Contact: h.Contact})
				if g, there := r.found.Grants[r.grantKey(h)]; there {
					held = append(held, g)
				}
			}
		}
	}
	var err error
	r.seats, err = seat.Open(ctx, r.desk.Store, r.desk.ws(), held, to...)
	return err
}

// mailboxes are those of the draft's addresses, and of the likely duplicates
// that are warned of, with what is noted of others like them, as far as they were
// not read yet.
func (r *round) mailboxes() (all, alike []email.Key) {
	seen, noted := map[email.Key]bool{}, map[email.Key]bool{}
	for _, key := range r.order {
		for _, k := range []email.Key{key, key.Variant()} {
			if _, known := r.found.Mailboxes[k]; !known && !seen[k] {
				seen[k] = true
				all = append(all, k)
			}
		}
		variant := key.Variant()
		if _, known := r.found.Alike[variant]; !known && !noted[variant] {
			noted[variant] = true
			alike = append(alike, variant)
		}
	}
	return all, alike
}

// entrance finds the portal and the role that holds for lines without one.
func (r *round) entrance() error {
	if r.draft.Reach == Contacts {
		return nil
	}
	p, ok := r.found.Portals[r.draft.Portal]
	if !ok {
		return ErrPortal
	}
	r.portal = p
	if r.draft.Role == "" {
		r.draft.Role = p.DefaultRole
		return nil
	}
	if o, ok := r.found.Roles[r.draft.Role]; !ok || o.Portal != p.ID {
		return ErrRole
	}
	return nil
}

// contacts finds the addresses of lines that name a contact; it reports
// whether there is one.
func (r *round) contacts() (any bool) {
	for n, line := range r.draft.Lines {
		o := &r.outcomes[n]
		if line.Contact == "" || o.Verdict != "" {
			continue
		}
		c, ok := r.found.Contacts[line.Contact]
		switch {
		case !ok:
			o.refuse(contactUnknown)
		case c.Address == "":
			o.refuse(noMailAddress)
		default:
			r.place(n, c.Address)
			slices.Sort(r.lines[c.Address.Key()]) // the first line counts, however it names its person
			any = true
		}
	}
	return any
}

// details are what the mailboxes lead to: identities, open invitations,
// contacts, grants.
func (r *round) details() Wanted {
	var w Wanted
	for _, key := range r.order {
		box := r.found.mailbox(r.desk.ws(), key)
		if box.Identity != "" {
			w.Identities = append(w.Identities, box.Identity)
		}
		if held, ok := box.OpenAt(r.portal.ID); ok && r.draft.Reach != Contacts {
			w.Invitations = append(w.Invitations, held)
		}
		for _, n := range r.lines[key] {
			seats, _ := r.candidates(r.draft.Lines[n], box)
			for _, h := range seats {
				if r.draft.Reach != Contacts {
					w.Grants = append(w.Grants, r.grantKey(h))
				}
				if _, known := r.found.Contacts[h.Contact]; !known {
					w.Contacts = append(w.Contacts, h.Contact)
				}
				if len(seats) > 1 {
					w.Accounts = append(w.Accounts, h.Account)
				}
			}
		}
	}
	return w
}

// settings returns what one line's person is invited in: language and zone, the
// person's own before the draft's before the workspace's.
func (r *round) settings(line Line, box mailbox.Mailbox, h mailbox.Holder) (language, zone string) {
	c, who := r.found.Contacts[h.Contact], r.found.Identities[box.Identity]
	w := r.found.Workspace
	for _, l := range []string{line.Language, who.Profile.Language, c.Language, r.draft.Language} {
		if workspace.Speaks(l) {
			language = l
			break
		}
	}
	for _, z := range []string{line.Zone, c.Zone, who.Profile.Zone} {
		if _, err := localtime.Load(z); err == nil {
			return w.LanguageOf(language), z
		}
	}
	return w.LanguageOf(language), w.Settings.Zone
}

func (r *round) numbers(lines []int) []int {
	out := make([]int, len(lines))
	for i, n := range lines {
		out[i] = r.draft.Lines[n].Number
	}
	return out
}
