package invitations

import (
	"context"
	"slices"
	"strings"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Batch does one thing to up to 1,000 invitations, each with a verdict of its
// own.
var Batch = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/batch", Summary: "Resend, cancel or copy the links of 1 to 1,000 invitations; each has its own verdict.",
		Uses: batchUses, Timeout: dynamo.BulkTimeout,
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations/batch",
	Auth: contract.Session, Needs: access.InvitationSend, Secret: true,
	Faults: codesOf(invitation.ErrAction, invitation.ErrNoIDs, invitation.ErrIDs),
}, batch, batchAgain)

var batchUses = contract.Uses{Tables: append(slices.Concat(linkUses.Tables, app.Seats),
	contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Invitation, schema.Mailbox, schema.Account}})}

// Batching is a request to do one thing to many invitations.
type Batching struct {
	Workspace id.Workspace `path:"workspace"`
	Body      BatchBody
}

// BatchBody says what to do, and to which.
type BatchBody struct {
	Action   string   `json:"action" enum:"resend,cancel,link" code:"action_unknown"`
	IDs      []string `json:"ids" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing" example:"[\"inv_01jd0h5m3w8q4v9x2c6k7n1t5z\"]" doc:"Invitations; plain text here, so that one wrong id does not block the others."`
	Override bool     `json:"override_pause,omitempty" doc:"Of resend: send although the firm's mail is held back (mail_paused)."`
	Withdraw bool     `json:"withdraw,omitempty" doc:"Of cancel: switch off the sign-in that was offered, too."`
}

// BatchAnswer says what became of each.
type BatchAnswer struct {
	Lines  []BatchVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int `json:"counts" doc:"How many were done, how many refused."`
}

// BatchVerdict is what became of one.
type BatchVerdict struct {
	ID      string     `json:"id"`
	Verdict string     `json:"verdict" enum:"done,refused"`
	Code    string     `json:"code,omitempty"`
	Detail  string     `json:"detail,omitempty"`
	Message id.Message `json:"message,omitempty" doc:"What a copied link is kept as; no secret."`
	URL     string     `json:"url,omitempty" doc:"Shown once."`
}

// WithoutSecret is what is kept under an Idempotency-Key.
func (b BatchAnswer) WithoutSecret() BatchAnswer {
	kept := BatchAnswer{Lines: make([]BatchVerdict, len(b.Lines)), Counts: b.Counts}
	for n, l := range b.Lines {
		l.URL = ""
		kept.Lines[n] = l
	}
	return kept
}

func batch(ctx context.Context, a *app.App, call web.Call, in *Batching) (web.Reply[BatchAnswer], error) {
	d := sending(a, call, in.Body.Override)
	asked := invitation.Batch{Action: invitation.Action(in.Body.Action), Withdraw: in.Body.Withdraw, IDs: make([]id.Invitation, len(in.Body.IDs))}
	for n, one := range in.Body.IDs {
		asked.IDs[n] = id.Invitation(one)
	}
	deeds, err := d.Many(ctx, asked)
	if err != nil {
		return web.Reply[BatchAnswer]{}, err
	}
	all := make([]int, len(deeds))
	for n := range deeds {
		all[n] = n
	}
	units := unitsOf(deeds, all)
	set, lost, written, err := dynamo.Bulk{Commit: a.Store.Commit, Again: func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		return batchRest(ctx, d, asked, deeds, lines)
	}}.Settle(ctx, units)
	if err != nil {
		return web.Reply[BatchAnswer]{}, err
	}
	for _, l := range lost {
		deeds[l.Line].Err = directory.Lost(l.Unsure).Err
	}
	return web.Reply[BatchAnswer]{Body: deedsDone(a, deeds), Change: set, Committed: written}, nil
}

// batchRest decides some of a batch once more and puts their deeds in place.
func batchRest(ctx context.Context, d invitation.Desk, asked invitation.Batch, deeds []invitation.Deed, lines []int) ([]dynamo.Unit, error) {
	some := asked
	some.IDs = nil
	for _, n := range lines {
		some.IDs = append(some.IDs, asked.IDs[n])
	}
	got, err := d.Many(ctx, some)
	if err != nil {
		return nil, err
	}
	for n, deed := range got {
		deeds[lines[n]] = deed
	}
	return unitsOf(got, lines), nil
}

// unitsOf are the deeds that have something to commit, or wait for another.
func unitsOf(deeds []invitation.Deed, lines []int) []dynamo.Unit {
	var units []dynamo.Unit
	for n, d := range deeds {
		if d.Later || !d.Set.Empty() {
			units = append(units, dynamo.Unit{Lines: []int{lines[n]}, Set: d.Set, Later: d.Later})
		}
	}
	return units
}

// maxID is how much of what was sent as an identifier is shown again: an
// identifier has 30 bytes.
const maxID = 40

func deedsDone(a *app.App, deeds []invitation.Deed) BatchAnswer {
	out := BatchAnswer{Lines: make([]BatchVerdict, len(deeds)), Counts: map[string]int{}}
	for n, d := range deeds {
		line := BatchVerdict{ID: cut(string(d.ID), maxID), Verdict: "done"}
		if f := fault.As(d.Err); f != nil {
			line.Verdict, line.Code, line.Detail = "refused", string(f.Code), f.Detail
		} else {
			shown := copied(a, d.Token)
			line.Message, line.URL = shown.Message, shown.URL
		}
		out.Lines[n] = line
		out.Counts[line.Verdict]++
	}
	return out
}

// batchAgain answers a repeat: the same verdicts, and for every link that was
// copied another secret, so that the former one is dead.
func batchAgain(ctx context.Context, a *app.App, call web.Call, _ *Batching, prior BatchAnswer) (web.Reply[BatchAnswer], error) {
	var lines []int
	for n, l := range prior.Lines {
		if l.Message != "" {
			lines = append(lines, n)
		}
	}
	again := func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		return relink(ctx, a, call, prior, lines)
	}
	units, err := again(ctx, lines)
	if err != nil {
		return web.Reply[BatchAnswer]{}, err
	}
	lost, err := dynamo.Bulk{Commit: a.Store.Commit, Again: again}.Run(ctx, units)
	for _, l := range lost {
		prior.Lines[l.Line].URL = "" // the next repeat makes another
	}
	return web.Reply[BatchAnswer]{Body: prior}, err
}

// relink gives copied links another secret.
func relink(ctx context.Context, a *app.App, call web.Call, prior BatchAnswer, lines []int) ([]dynamo.Unit, error) {
	var units []dynamo.Unit
	for _, n := range lines {
		m, err := a.Store.Message(ctx, call.Actor.Workspace, prior.Lines[n].Message)
		if err != nil {
			return nil, err
		}
		token, set, err := desk(a, call).LinkAgain(m)
		if err != nil {
			return nil, err
		}
		prior.Lines[n].URL = copied(a, token).URL
		units = append(units, dynamo.Unit{Lines: []int{n}, Set: set})
	}
	return units, nil
}

// cut shortens s to most bytes of whole characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
