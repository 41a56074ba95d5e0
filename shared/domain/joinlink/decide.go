package joinlink

import (
	"cmp"
	"context"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

// The faults of deciding twice.
var (
	ErrWasApproved = fault.New(fault.Conflict, "joinrequest_approved", "This request was approved already. Change the person's access instead.")
	ErrWasRefused  = fault.New(fault.Conflict, "joinrequest_refused", "This request was refused already. Invite the person instead.")
)

// Approve lets somebody in who waits: their contact, account and grant are made
// with the link's creator as owner, and they are told. wanted is the role; empty
// takes the link's. It returns not_found, role_unknown, deactivated,
// joinrequest_approved or joinrequest_refused.
func (d Desk) Approve(ctx context.Context, one id.JoinRequest, wanted id.Role) (Request, change.Set, error) {
	var set change.Set
	r, err := d.waiting(ctx, one)
	if err != nil {
		return r, set, err
	}
	chosen, err := d.role(ctx, r.Portal, cmp.Or(wanted, r.Role))
	if err != nil {
		return r, set, err
	}
	r.Role = chosen.ID
	l, err := d.Store.JoinLink(ctx, r.Workspace, r.Link)
	if err != nil {
		return r, set, err
	}
	first, err := d.Store.Known(ctx, r.Workspace, invitation.Wanted{
		Workspace: true, Portals: []id.Portal{r.Portal}, Identities: some(l.Creator),
	})
	if err != nil {
		return r, set, err
	}
	box, who, found, err := look(ctx, d.Store, r.Workspace, r.Portal, r.Key)
	if err != nil {
		return r, set, err
	}
	if first.Workspace.Settings.Owns(r.Key) && box.Test == "" {
		return r, set, workspace.ErrOwn
	}
	if !who.Active() || box.Leaving {
		return r, set, session.ErrDeactivated
	}
	joined := who.Joined()
	seat := seating{firm: first.Workspace, link: l, box: box, found: found, address: r.Address, person: joined, role: r.Role,
		owner: owner(first.Identities[l.Creator], first.Workspace.Settings.DefaultOwner, d.Actor.Identity), now: d.Now}
	if err := seat.reserve(ctx, d.Store); err != nil {
		return r, set, err
	}
	given, err := seat.once(&set)
	if err != nil {
		return r, set, err
	}
	if joined != who {
		set.Replace(joined)
	}
	r.State, r.EndedAt = Approved, d.Now
	set.Replace(r)
	if box.Takes(message.JoinApproved) {
		m := first.Workspace.Letter(id.New[id.Message](d.Now), message.JoinApproved, r.Address, who.Profile.Language, d.Now)
		p := first.Portals[r.Portal]
		m.Test = who.Tested()
		m.Identity, m.Model.Recipient, m.Model.Portal, m.Model.PortalURL = who.ID, who.Name, p.Title, p.Name
		set.Insert(m)
	}
	set.Insert(d.decided("joinrequest.approved", r, given))
	return r, set, nil
}

// owner is to whom belongs what somebody creates who joined by a link: its
// creator while they are staff, else the workspace's default, else who approves.
func owner(creator identity.Identity, byDefault, approver id.Identity) id.Identity {
	if creator.ID != "" && creator.Active() && creator.Level != access.None {
		return creator.ID
	}
	return cmp.Or(byDefault, approver)
}

// Refuse ends a request; the person is not told, but asking again says so. It
// returns not_found, joinrequest_approved or joinrequest_refused.
func (d Desk) Refuse(ctx context.Context, one id.JoinRequest) (Request, change.Set, error) {
	var set change.Set
	r, err := d.waiting(ctx, one)
	if err != nil {
		return r, set, err
	}
	r.State, r.EndedAt = Refused, d.Now
	set.Replace(r)
	set.Insert(d.decided("joinrequest.refused", r, grant.Grant{}))
	return r, set, nil
}

func (d Desk) waiting(ctx context.Context, one id.JoinRequest) (Request, error) {
	r, err := d.Store.JoinRequest(ctx, d.Actor.Workspace, one)
	switch {
	case err != nil:
		return r, err
	case r.State == Approved:
		return r, ErrWasApproved
	case r.State == Refused:
		return r, ErrWasRefused
	}
	return r, nil
}
