package pending

import (
	"context"

	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/web"
)

// errAction says what can be done to who has not come yet.
var errAction = fault.On("action", invitation.ErrAction.Code, "An action is resend or cancel.")

// selection is a request under way: its lines are invitations, or grants that
// were never sent, and each kind is decided by the desk that knows it.
type selection struct {
	store    *dynamo.Store
	mail     invitation.Desk
	people   directory.Desk
	body     PendingBatch
	key      string // the request's, which makes what it makes (see invitation.Draft)
	verdicts []PendingVerdict
}

func selected(a *app.App, call web.Call, body PendingBatch) (*selection, error) {
	switch {
	case body.Action != "resend" && body.Action != "cancel":
		return nil, errAction
	case len(body.Lines) == 0:
		return nil, directory.ErrNoLines
	case len(body.Lines) > directory.MaxLines:
		return nil, directory.ErrLines
	}
	s := &selection{store: a.Store, body: body, key: call.Key, verdicts: make([]PendingVerdict, len(body.Lines)),
		mail:   invitation.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now, Override: body.Override},
		people: directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}}
	if s.key == "" {
		s.key = string(id.New[id.Message](call.Now))
	}
	return s, nil
}

// settle does everything: in one transaction with the answer where it fits and
// is of one kind; else the invitations first and what was never sent after them,
// since both may be about one address.
func (s *selection) settle(ctx context.Context) (change.Set, bool, error) {
	kinds := s.kinds()
	for _, lines := range kinds {
		units, err := s.decide(ctx, lines)
		if err != nil {
			return change.Set{}, false, err
		}
		bulk := dynamo.Bulk{Commit: s.store.Commit, Again: s.decide}
		if len(kinds) == 1 {
			set, lost, written, err := bulk.Settle(ctx, units)
			s.lose(lost)
			return set, written, err
		}
		lost, err := bulk.Run(ctx, units)
		if err != nil {
			return change.Set{}, false, err
		}
		s.lose(lost)
	}
	return change.Set{}, len(kinds) > 0 && !s.lost(), nil
}

// kinds are the lines about invitations, and those about grants, as far as they
// name anything.
func (s *selection) kinds() (kinds [][]int) {
	var sent, never []int
	for n, l := range s.body.Lines {
		s.verdicts[n].Line = n
		k := l.grant()
		switch {
		case l.Invitation != "":
			sent = append(sent, n)
		case k.Account.Check() == nil && k.Contact.Check() == nil && k.Portal.Check() == nil:
			never = append(never, n)
		default:
			s.refuse(n, fault.NotYours())
		}
	}
	for _, lines := range [][]int{sent, never} {
		if len(lines) > 0 {
			kinds = append(kinds, lines)
		}
	}
	return kinds
}

func (l PendingLine) grant() grant.Key {
	return grant.Key{Account: id.Account(l.Account), Contact: id.Contact(l.Contact), Portal: id.Portal(l.Portal)}
}

// decide decides lines of one kind, once more if need be.
func (s *selection) decide(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
	switch {
	case s.body.Lines[lines[0]].Invitation != "":
		return s.deeds(ctx, lines)
	case s.body.Action == "resend":
		return s.invite(ctx, lines)
	}
	return s.withdraw(ctx, lines)
}

// deeds resends or cancels invitations.
func (s *selection) deeds(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
	asked := invitation.Batch{Action: invitation.Action(s.body.Action), Withdraw: s.body.Withdraw}
	for _, n := range lines {
		asked.IDs = append(asked.IDs, id.Invitation(s.body.Lines[n].Invitation))
	}
	all, err := s.mail.Many(ctx, asked)
	if err != nil {
		return nil, err
	}
	done := map[string]string{"resend": "resent", "cancel": "cancelled"}[s.body.Action]
	var units []dynamo.Unit
	for i, d := range all {
		n := lines[i]
		s.verdicts[n] = PendingVerdict{Line: n, Verdict: done}
		if d.Err != nil {
			s.refuse(n, d.Err)
		} else if s.body.Action == "resend" {
			s.verdicts[n].Invitation = d.ID
		}
		if d.Later || !d.Set.Empty() {
			units = append(units, dynamo.Unit{Lines: []int{n}, Set: d.Set, Later: d.Later})
		}
	}
	return units, nil
}

// withdraw switches sign-in off where nothing was sent: there is nothing else to
// cancel. It is what managing grants is.
func (s *selection) withdraw(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
	if !access.May(s.people.Actor, access.GrantManage) {
		for _, n := range lines {
			s.refuse(n, fault.NotAllowed())
		}
		return nil, nil
	}
	off, all := false, make([]grant.Key, len(lines))
	for i, n := range lines {
		all[i] = s.body.Lines[n].grant()
	}
	outcomes, groups, err := s.people.ChangeGrants(ctx, all, directory.Switches{SignIn: &off})
	if err != nil {
		return nil, err
	}
	for i, o := range outcomes {
		n := lines[i]
		if s.verdicts[n] = (PendingVerdict{Line: n, Verdict: "withdrawn"}); o.Err != nil {
			s.refuse(n, o.Err)
		}
	}
	return dynamo.Units(groups, lines), nil
}

func (s *selection) refuse(n int, why error) {
	f := fault.As(why)
	s.verdicts[n] = PendingVerdict{Line: n, Verdict: "refused", Code: f.Code, Detail: f.Detail}
}

func (s *selection) lose(lines []dynamo.Lost) {
	for _, l := range lines {
		s.refuse(l.Line, directory.Lost(l.Unsure).Err)
	}
}

// lost reports whether something did not get through: then the answer is not
// remembered, and the same request does the rest.
func (s *selection) lost() bool {
	for _, v := range s.verdicts {
		if v.Code == directory.ErrLost.Code {
			return true
		}
	}
	return false
}

func (s *selection) answer() PendingVerdicts {
	out := PendingVerdicts{Lines: s.verdicts, Counts: map[string]int{}}
	for _, v := range s.verdicts {
		out.Counts[v.Verdict]++
	}
	return out
}
