package pending

import (
	"context"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
)

// invite sends to those who were never sent to: the grant as it is, by the
// ordinary way of inviting, a draft for each portal. What is of a second portal
// may be about the same address and waits for the first.
func (s *selection) invite(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
	all := make([]grant.Key, len(lines))
	for i, n := range lines {
		all[i] = s.body.Lines[n].grant()
	}
	held, err := s.store.Grants(ctx, s.people.Actor.Workspace, all)
	if err != nil {
		return nil, err
	}
	drafts := map[id.Portal]*invitation.Draft{}
	var order []id.Portal
	for i, n := range lines {
		g, there := held[all[i]]
		if !there || !g.SignIn {
			s.refuse(n, fault.NotYours())
			continue
		}
		d, begun := drafts[g.Portal]
		if !begun {
			d = &invitation.Draft{Portal: g.Portal, Note: s.body.Note, Key: s.key}
			drafts[g.Portal], order = d, append(order, g.Portal)
		}
		d.Lines = append(d.Lines, invitation.Line{Number: n, Contact: g.Contact, Account: g.Account, Role: g.Role})
	}
	var units []dynamo.Unit
	for at, p := range order {
		got, err := s.mail.Invite(ctx, *drafts[p])
		if err != nil {
			return nil, err
		}
		s.invited(got.Outcomes)
		for _, party := range got.Parties {
			units = append(units, dynamo.Unit{Lines: party.Lines, Set: party.Set, Later: at > 0})
		}
	}
	return units, nil
}

// invited translates what inviting came to.
func (s *selection) invited(all []invitation.Outcome) {
	for _, o := range all {
		v := PendingVerdict{Line: o.Line, Verdict: "invited", Invitation: o.Invitation}
		if !o.Verdict.Good() {
			v.Verdict, v.Code, v.Detail = "refused", o.Code, o.Detail
		}
		s.verdicts[o.Line] = v
	}
}
