package invitations

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Preview says what inviting would come to, line by line, and changes nothing.
// It decides by the same code as Create.
var Preview = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/preview", Summary: "Say what an invitation of 1 to 1,000 people would come to; nothing is changed.",
		Uses: contract.Uses{Tables: []contract.Access{known, {Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Seat}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Counter}}}},
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations/preview",
	Auth: contract.Session, Needs: access.InvitationSend, MaxBodyBytes: maxDraftBytes,
	NoIdempotency: true, // it changes nothing
	Faults:        codesOf(draftFaults...),
}, preview)

// PreviewAnswer says what would become of each line.
type PreviewAnswer struct {
	Lines  []PreviewVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int   `json:"counts" doc:"How many lines have each verdict."`
}

// PreviewVerdict is what would become of one line.
type PreviewVerdict struct {
	InviteVerdict
	SendsAt   time.Time   `json:"sends_at,omitzero" doc:"When the mail goes; later than now where the day's cap is reached. Absent where no mail goes."`
	ExpiresAt time.Time   `json:"expires_at,omitzero" doc:"Valid until, not including."`
	Reminders []time.Time `json:"reminders,omitempty" doc:"When the person is reminded unless they answer."`
	Language  string      `json:"language,omitempty"`
	Role      id.Role     `json:"role,omitempty"`
}

func preview(ctx context.Context, a *app.App, call web.Call, in *Inviting) (web.Reply[PreviewAnswer], error) {
	draft, err := in.Body.draft(call)
	if err != nil {
		return web.Reply[PreviewAnswer]{}, err
	}
	got, err := sending(a, call, in.Body.Override).Invite(ctx, draft)
	if err != nil {
		return web.Reply[PreviewAnswer]{}, err
	}
	answer := PreviewAnswer{Lines: make([]PreviewVerdict, len(got.Outcomes)), Counts: map[string]int{}}
	queue := invitation.NewQueue(got.Workspace, call.Now)
	if b, capped := queue.Bound(); capped {
		if queue.Counted, err = a.Store.Counted(ctx, b.Counter); err != nil {
			return web.Reply[PreviewAnswer]{}, err
		}
	}
	unmade := imagined(got.Outcomes)
	for n, o := range got.Outcomes {
		answer.Counts[string(o.Verdict)]++
		line := PreviewVerdict{InviteVerdict: verdict(o)}
		if unmade[o.Invitation] {
			line.Invitation = "" // it has no name yet
		}
		if o.Verdict.Good() {
			line.Role, line.Language, line.ExpiresAt = o.Role, o.Offer.Language, o.Offer.ExpiresAt
			line.Reminders = o.Offer.Upcoming(invitation.TermsOf(got.Workspace), call.Now)
			if o.Verdict != invitation.AddedToOpen {
				line.SendsAt = queue.Next()
			}
		}
		answer.Lines[n] = line
	}
	return web.Reply[PreviewAnswer]{Body: answer}, nil
}

// imagined are the invitations that exist in the answer only: those of good lines
// that nothing holds in the store. Other lines of theirs may name them, too.
func imagined(all []invitation.Outcome) map[id.Invitation]bool {
	unmade := map[id.Invitation]bool{}
	for _, o := range all {
		if o.Verdict.Good() && o.Offer.Version == 0 {
			unmade[o.Invitation] = true
		}
	}
	return unmade
}
