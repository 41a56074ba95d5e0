package invitations

import (
	"context"
	"strings"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create invites people to a portal, each line with a verdict of its own.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/create", Summary: "Invite 1 to 1,000 people; each line has its own verdict.",
		Uses:    deed(known, schema.Account, schema.Contact, schema.Mailbox, schema.Invitation, schema.Message),
		Timeout: dynamo.BulkTimeout,
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations",
	Auth: contract.Session, Needs: access.InvitationSend, MaxBodyBytes: maxDraftBytes,
	Faults: codesOf(draftFaults...),
}, create)

// InviteAnswer says what became of each line.
type InviteAnswer struct {
	Lines  []InviteVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int  `json:"counts" doc:"How many lines have each verdict."`
}

// InviteVerdict is what became of one line.
type InviteVerdict struct {
	Line       int           `json:"line" doc:"From 0."`
	Address    string        `json:"address,omitempty" doc:"Left out, with the warnings, of answers that would be too large: the line's number tells whose it is."`
	Verdict    string        `json:"verdict" enum:"invited,added_to_open,offered,already_pending,already_member,malformed,twice,suppressed,domain_refused,role_unknown,language_unknown,account_unknown,contact_unknown,contact_without_address,cap_reached,no_seat,failed"`
	Code       string        `json:"code,omitempty" doc:"Why, where the verdict is not invited, added_to_open or offered."`
	Detail     string        `json:"detail,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"`
	Warnings   []string      `json:"warnings,omitempty" doc:"like_existing:address or like_line:address: probably the same mailbox."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *Inviting) (web.Reply[InviteAnswer], error) {
	draft, err := in.Body.draft(call)
	if err != nil {
		return web.Reply[InviteAnswer]{}, err
	}
	d := sending(a, call, in.Body.Override)
	got, err := d.Invite(ctx, draft)
	if err != nil {
		return web.Reply[InviteAnswer]{}, err
	}
	units := make([]dynamo.Unit, len(got.Parties))
	for n, p := range got.Parties {
		units[n] = dynamo.Unit{Lines: p.Lines, Set: p.Set}
	}
	again := func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		return inviteAgain(ctx, d, draft, got.Outcomes, lines)
	}
	set, lost, written, err := dynamo.Bulk{Commit: a.Store.Commit, Again: again}.Settle(ctx, units)
	if err != nil {
		return web.Reply[InviteAnswer]{}, err
	}
	for _, l := range lost {
		got.Outcomes[l.Line].Fail(l.Unsure)
	}
	// What did not get through is not remembered: the same request, repeated,
	// does the rest.
	return web.Reply[InviteAnswer]{Body: verdicts(got.Outcomes), Change: set, Committed: written}, nil
}

// inviteAgain decides some lines once more, after others were changing what
// they are about, and puts their new outcomes in place.
func inviteAgain(ctx context.Context, d invitation.Desk, draft invitation.Draft, outcomes []invitation.Outcome, lines []int) ([]dynamo.Unit, error) {
	some := draft
	some.Lines = nil
	for _, n := range lines {
		some.Lines = append(some.Lines, draft.Lines[n])
	}
	got, err := d.Invite(ctx, some)
	if err != nil {
		return nil, err
	}
	for _, o := range got.Outcomes {
		o.Warnings = outcomes[o.Line].Warnings
		outcomes[o.Line] = o
	}
	units := make([]dynamo.Unit, len(got.Parties))
	for n, p := range got.Parties {
		units[n] = dynamo.Unit{Lines: p.Lines, Set: p.Set}
	}
	return units, nil
}

// verdicts translates outcomes.
func verdicts(all []invitation.Outcome) InviteAnswer {
	a := InviteAnswer{Lines: make([]InviteVerdict, len(all)), Counts: map[string]int{}}
	echoed := 0
	for n, o := range all {
		a.Lines[n] = verdict(o)
		a.Counts[string(o.Verdict)]++
		echoed += len(a.Lines[n].Address) + len(strings.Join(a.Lines[n].Warnings, ""))
	}
	for n := range a.Lines {
		if echoed > maxEchoed {
			a.Lines[n].Address, a.Lines[n].Warnings = "", nil
		}
	}
	return a
}

const (
	// maxEcho is how many bytes of what was typed as an address are shown again:
	// as many as email.Parse looks at.
	maxEcho = 1024
	// maxEchoed is how many bytes all lines may show again. The answer is kept
	// under its Idempotency-Key in one item of at most 400 KB
	// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html);
	// a thousand verdicts without addresses take up to 250 (computed).
	maxEchoed = 120 << 10
)

func verdict(o invitation.Outcome) InviteVerdict {
	return InviteVerdict{
		Line: o.Line, Address: cut(o.Address, maxEcho), Verdict: string(o.Verdict), Code: string(o.Code), Detail: o.Detail,
		Invitation: o.Invitation, Warnings: o.Warnings,
	}
}
