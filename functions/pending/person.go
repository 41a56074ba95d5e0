package pending

import (
	"context"
	"time"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
)

// PendingPerson is somebody who has not come yet: what they were offered
// together, or were granted and never sent.
type PendingPerson struct {
	Address    string         `json:"address,omitempty" doc:"Absent where none is known: there is nothing to send to."`
	Stopped    string         `json:"stopped,omitempty" enum:"bounced,complained,suppressed,opted_out" doc:"Why no mail goes to the address."`
	Name       string         `json:"name,omitempty"`
	Member     bool           `json:"member" doc:"They have signed in before; only this access is not accepted yet."`
	Test       bool           `json:"test,omitempty" doc:"A test client."`
	Portal     id.Portal      `json:"portal"`
	Invitation id.Invitation  `json:"invitation,omitempty" doc:"The last one that offered it; absent: never sent."`
	State      string         `json:"state" enum:"never_sent,pending,expired,declined,cancelled,accepted" doc:"Of that invitation, as of now. A declined one cannot be sent again; name the grant instead, which invites anew."`
	SentAt     time.Time      `json:"sent_at,omitzero" doc:"When it was last mailed; absent: never."`
	InvitedBy  *PendingBy     `json:"invited_by,omitempty"`
	Grants     []PendingGrant `json:"grants"`
}

// PendingGrant is one access that waits for them.
type PendingGrant struct {
	Account id.Account `json:"account"`
	Name    string     `json:"name,omitempty" doc:"Of the account."`
	Contact id.Contact `json:"contact"`
	Role    id.Role    `json:"role"`
}

// PendingBy is who sent it.
type PendingBy struct {
	ID      id.Identity `json:"id"`
	Name    string      `json:"name,omitempty"`
	Address string      `json:"address,omitempty"`
}

// people shows entries with the names that belong to them, in two batches: who
// and where, then what is known of the addresses.
func people(ctx context.Context, s *dynamo.Store, ws id.Workspace, all [][]grant.Grant, now time.Time) ([]PendingPerson, error) {
	items := make([]PendingPerson, len(all))
	var w, boxes invitation.Wanted
	for _, grants := range all {
		for _, g := range grants {
			w.Contacts, w.Accounts = append(w.Contacts, g.Contact), append(w.Accounts, g.Account)
		}
		if first := grants[0]; first.Invitation != "" {
			w.Invitations = append(w.Invitations, first.Invitation)
			if first.InvitedBy != "" {
				w.Identities = append(w.Identities, first.InvitedBy)
			}
		}
	}
	found, err := s.Known(ctx, ws, w)
	if err != nil {
		return nil, err
	}
	for _, c := range found.Contacts {
		if c.Address != "" {
			boxes.Mailboxes = append(boxes.Mailboxes, c.Address.Key())
		}
	}
	known, err := s.Known(ctx, ws, boxes)
	if err != nil {
		return nil, err
	}
	found.Mailboxes = known.Mailboxes
	for n, grants := range all {
		items[n] = person(found, grants, now)
	}
	return items, nil
}

func person(found invitation.Found, grants []grant.Grant, now time.Time) PendingPerson {
	first := grants[0]
	c := found.Contacts[first.Contact]
	box := found.Mailboxes[c.Address.Key()]
	p := PendingPerson{Address: string(c.Address), Name: c.Name, Member: box.Identity != "", Test: first.Test, Portal: first.Portal,
		Invitation: first.Invitation, SentAt: first.SentAt, State: "never_sent"}
	if i, there := found.Invitations[first.Invitation]; there {
		p.State = string(i.StateAt(now))
	}
	if box.Stop != nil {
		p.Stopped = string(box.Stop.Reason)
	}
	if first.Invitation != "" && first.InvitedBy != "" {
		by := found.Identities[first.InvitedBy]
		p.InvitedBy = &PendingBy{ID: first.InvitedBy, Name: by.Name, Address: string(by.Address)}
	}
	for _, g := range grants {
		p.Grants = append(p.Grants, PendingGrant{Account: g.Account, Name: found.Accounts[g.Account].Name, Contact: g.Contact, Role: g.Role})
	}
	return p
}
