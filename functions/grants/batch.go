package grants

import (
	"context"
	"net/http"
	"strings"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Batch gives up to 1,000 grants the same switches or role (rows T2, Z12).
var Batch = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "grants/batch", Summary: "Set switches or role of 1 to 1,000 grants, or of all of an account's; each has its own verdict.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Batch}, Kinds: []schema.Kind{schema.Role}}, app.SeatsTaken,
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Invitation}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}, inviting...)},
		Timeout: dynamo.BulkTimeout,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/grants/batch",
	Auth: contract.Session, Needs: access.GrantManage, MaxBodyBytes: maxBatchBytes,
	Faults: []fault.Code{"lines_missing", "too_many_lines", "nothing_to_change", "role_unknown"},
}, batch)

// maxBatchBytes is room for 1,000 lines of 140 bytes each, and some (computed).
const maxBatchBytes = 256 << 10

// Batching is a request to change many grants.
type Batching struct {
	Workspace id.Workspace `path:"workspace"`
	Body      GrantBatch
}

// GrantBatch is which grants, and what they get; what is left out stays.
type GrantBatch struct {
	Lines     []GrantLine `json:"lines" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing" doc:"They may come to 1,000 grants."`
	SignIn    *bool       `json:"sign_in,omitempty"`
	Notify    *bool       `json:"notify,omitempty" example:"true"`
	EmailSync *bool       `json:"email_sync,omitempty"`
	Role      *id.Role    `json:"role,omitempty" doc:"A role of the portal that the grants are for."`
}

// GrantLine names a grant; identifiers are plain text here, so that one wrong
// one does not block the others.
type GrantLine struct {
	Account string `json:"account" example:"acc_01jd0h5m3w8q4v9x2c6k7n1t5z"`
	Contact string `json:"contact,omitempty" doc:"Empty: whoever has access at this account. Up to 100 lines may leave contact or portal out."`
	Portal  string `json:"portal,omitempty" doc:"Empty: each portal."`
}

// GrantVerdicts says what became of each grant.
type GrantVerdicts struct {
	Lines  []GrantVerdict `json:"lines" doc:"In the order of the request; one for each grant that a line is about."`
	Counts map[string]int `json:"counts" doc:"How many have each verdict."`
}

// GrantVerdict is what became of one.
type GrantVerdict struct {
	Line    int    `json:"line" doc:"From 0."`
	Account string `json:"account"`
	Contact string `json:"contact,omitempty"`
	Portal  string `json:"portal,omitempty"`
	Verdict string `json:"verdict" enum:"changed,unchanged,refused"`
	Code    string `json:"code,omitempty"`
	Detail  string `json:"detail,omitempty"`
	// Sent is left out where nothing was to be sent.
	Sent *GrantSent `json:"sent,omitempty" doc:"Where the workspace sends by the sign-in switch and that went on: what became of it."`
}

func batch(ctx context.Context, a *app.App, call web.Call, in *Batching) (web.Reply[GrantVerdicts], error) {
	named := make([]grant.Key, len(in.Body.Lines))
	for n, l := range in.Body.Lines {
		named[n] = grant.Key{Account: id.Account(l.Account), Contact: id.Contact(l.Contact), Portal: id.Portal(l.Portal)}
	}
	d := desk(a, call)
	picks, err := d.PickGrants(ctx, named)
	if err != nil {
		return web.Reply[GrantVerdicts]{}, err
	}
	outcomes := make([]directory.Outcome, len(picks))
	lines := make([]int, 0, len(picks))
	for n, p := range picks {
		if outcomes[n].Err = p.Err; p.Err == nil {
			lines = append(lines, n)
		}
	}
	again := func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		return decide(ctx, d, picks, in.Body.switches(), outcomes, lines)
	}
	units, err := again(ctx, lines)
	if err != nil {
		return web.Reply[GrantVerdicts]{}, err
	}
	set, lost, written, err := dynamo.Bulk{Commit: a.Store.Commit, Again: again}.Settle(ctx, units)
	for _, l := range lost {
		outcomes[l.Line] = directory.Lost(l.Unsure)
	}
	return web.Reply[GrantVerdicts]{Body: verdicts(picks, outcomes), Change: set, Committed: written}, err
}

func (b GrantBatch) switches() directory.Switches {
	return directory.Switches{SignIn: b.SignIn, Notify: b.Notify, EmailSync: b.EmailSync, Role: b.Role}
}

// decide decides some picks, once more if need be, and puts their outcomes in
// place.
func decide(ctx context.Context, d directory.Desk, picks []directory.Pick, s directory.Switches, outcomes []directory.Outcome, lines []int) ([]dynamo.Unit, error) {
	some := make([]grant.Key, len(lines))
	for i, n := range lines {
		some[i] = picks[n].Key
	}
	got, groups, err := d.ChangeGrants(ctx, some, s)
	if err != nil {
		return nil, err
	}
	for i, n := range lines {
		outcomes[n] = got[i]
	}
	return dynamo.Units(groups, lines), nil
}

func verdicts(picks []directory.Pick, outcomes []directory.Outcome) GrantVerdicts {
	out := GrantVerdicts{Lines: make([]GrantVerdict, len(outcomes)), Counts: map[string]int{}}
	for n, o := range outcomes {
		verdict, code, detail := o.Words()
		k := picks[n].Key
		out.Lines[n] = GrantVerdict{Line: picks[n].Line, Account: echo(string(k.Account)), Contact: echo(string(k.Contact)), Portal: echo(string(k.Portal)),
			Verdict: verdict, Code: string(code), Detail: detail, Sent: sent(o)}
		out.Counts[verdict]++
	}
	return out
}

// echo is as much of what was sent as an identifier as is shown again: an
// identifier has 30 bytes.
func echo(sent string) string { return strings.ToValidUTF8(sent[:min(len(sent), 40)], "") }
