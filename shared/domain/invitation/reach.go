package invitation

import (
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/mailbox"
)

// Reach is how far a draft goes: putting people on file, granting access and
// inviting are separate choices (rows T1, T3).
type Reach string

// The reaches.
const (
	Invites  Reach = ""         // they are invited
	Grants   Reach = "grant"    // access is granted, nothing is sent
	Contacts Reach = "contacts" // they are put on file
)

// keep does what a line that sends nothing is for. made says that the contact is
// new at this account.
func (p *party) keep(o *Outcome, h mailbox.Holder, made bool) {
	r := p.round
	if with, _ := p.box.With(h); !p.box.Holds(h) {
		p.box, p.stale = with, true
	}
	p.seats[h] = true
	o.Account, o.Contact = h.Account, h.Contact
	if made {
		p.enter("contact.created", h, nil)
	}
	if r.draft.Reach == Contacts {
		if o.Verdict = Added; !made {
			o.refuse(alreadyKnown)
		}
		return
	}
	k := r.grantKey(h)
	if now, there := r.seats.Role(o.Role); there {
		o.Role = now.ID // its users may have moved on
	}
	g := r.offered(h, o.Role, Invitation{})
	before, known := r.found.Grants[k]
	if known && before.SignIn && before.Role == g.Role {
		o.refuse(alreadyGranted)
		return
	}
	// What was offered is not any more: its seat is given up.
	_ = r.seats.Regrant(p.number, before, g, false)
	if action := "grant.created"; !known {
		p.set.Insert(g)
		p.enter(action, h, map[string]string{"role": string(g.Role), "owner": string(g.Owner)})
	} else {
		p.set.Replace(g)
		p.enter("grant.changed", h, map[string]string{"role": string(g.Role), "sign_in": "true"})
	}
	r.found.Grants[k] = g
	o.Verdict = Granted
}

// enter adds an entry about a contact to the trail.
func (p *party) enter(action string, h mailbox.Holder, after map[string]string) {
	entry := audit.Of(p.round.desk.Actor, p.round.desk.Now, action, string(h.Contact))
	entry.After = map[string]string{"account": string(h.Account)}
	if p.round.portal.ID != "" {
		entry.After["portal"] = string(p.round.portal.ID)
	}
	for name, value := range after {
		entry.After[name] = value
	}
	p.set.Insert(entry)
}

// kept returns everything the party's lines come to where nothing is sent.
func (p *party) kept() change.Set {
	var set change.Set
	if p.set.Empty() {
		return set
	}
	if p.stale {
		p.box.Address = p.address
		p.box.Save(&set)
	}
	set.Add(p.set)
	p.round.seats.Save(p.number, &set)
	return set
}
