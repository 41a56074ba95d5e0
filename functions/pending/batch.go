package pending

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Batch sends to a selection of those who have not come yet, or gives them up;
// those who were never sent to are invited (rows T10, T3).
var Batch = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "pending/batch", Summary: "Send to 1 to 1,000 of those who have not come yet, or cancel; each has its own verdict.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Account, schema.Mailbox, schema.Invitation, schema.Message}},
			app.SeatsTaken,
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
		Timeout: dynamo.BulkTimeout,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/pending/batch",
	Auth: contract.Session, Needs: access.InvitationSend, MaxBodyBytes: maxBatchBytes,
	Faults: []fault.Code{"lines_missing", "too_many_lines", "action_unknown", "note_malformed", "mail_paused"},
}, batch)

// maxBatchBytes is room for 1,000 lines of 140 bytes each, and some (computed).
const maxBatchBytes = 256 << 10

// Batching is a request to send to many, or to cancel.
type Batching struct {
	Workspace id.Workspace `path:"workspace"`
	Body      PendingBatch
}

// PendingBatch says what to do, and to whom.
type PendingBatch struct {
	Action   string        `json:"action" enum:"resend,cancel" code:"action_unknown" doc:"cancel ends the invitation and leaves the access granted, never sent; of one never sent to it switches sign-in off."`
	Lines    []PendingLine `json:"lines" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing"`
	Note     string        `json:"note,omitempty" maxLength:"1000" code:"note_malformed" doc:"A personal message to those who were never sent to, shown as text."`
	Withdraw bool          `json:"withdraw,omitempty" doc:"Of cancel: switch off the sign-in that an invitation offered, too."`
	Override bool          `json:"override_pause,omitempty" doc:"Send although the firm's mail is held back (mail_paused)."`
}

// PendingLine is one of them: an invitation, or what was granted and never
// sent. Identifiers are plain text here, so that one wrong one does not block
// the others.
type PendingLine struct {
	Invitation string `json:"invitation,omitempty" example:"inv_01jd0h5m3w8q4v9x2c6k7n1t5z"`
	Account    string `json:"account,omitempty"`
	Contact    string `json:"contact,omitempty"`
	Portal     string `json:"portal,omitempty"`
}

// PendingVerdicts says what became of each.
type PendingVerdicts struct {
	Lines  []PendingVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int   `json:"counts" doc:"How many have each verdict."`
}

// PendingVerdict is what became of one.
type PendingVerdict struct {
	Line       int           `json:"line" doc:"From 0."`
	Verdict    string        `json:"verdict" enum:"resent,invited,cancelled,withdrawn,refused"`
	Code       fault.Code    `json:"code,omitempty"`
	Detail     string        `json:"detail,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty" doc:"That which is open now."`
}

func batch(ctx context.Context, a *app.App, call web.Call, in *Batching) (web.Reply[PendingVerdicts], error) {
	s, err := selected(a, call, in.Body)
	if err != nil {
		return web.Reply[PendingVerdicts]{}, err
	}
	set, written, err := s.settle(ctx)
	return web.Reply[PendingVerdicts]{Body: s.answer(), Change: set, Committed: written}, err
}
