package members

import (
	"context"
	"net/http"
	"strings"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Batch deactivates or reactivates up to 1,000 members (row Z17).
var Batch = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/batch", Summary: "Deactivate or reactivate 1 to 1,000 members; each has its own verdict.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Identity}}, trail,
		}},
		Timeout: dynamo.BulkTimeout,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/members/batch",
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{"action_unknown", "lines_missing", "too_many_lines"},
}, batch)

// Batching is a request to do one thing to many members.
type Batching struct {
	Workspace id.Workspace `path:"workspace"`
	Body      MemberBatch
}

// MemberBatch says what to do, and to whom.
type MemberBatch struct {
	Action string   `json:"action" enum:"reactivate,deactivate" code:"action_unknown"`
	IDs    []string `json:"ids" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing" example:"[\"idn_01jd0h5m3w8q4v9x2c6k7n1t5z\"]" doc:"Members; plain text here, so that one wrong id does not block the others."`
}

// MemberVerdicts says what became of each.
type MemberVerdicts struct {
	Lines  []MemberVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int  `json:"counts" doc:"How many have each verdict."`
}

// MemberVerdict is what became of one.
type MemberVerdict struct {
	ID      string `json:"id"`
	Verdict string `json:"verdict" enum:"changed,unchanged,refused"`
	Code    string `json:"code,omitempty"`
	Detail  string `json:"detail,omitempty"`
}

func batch(ctx context.Context, a *app.App, call web.Call, in *Batching) (web.Reply[MemberVerdicts], error) {
	all := make([]id.Identity, len(in.Body.IDs))
	lines := make([]int, len(all))
	for n, one := range in.Body.IDs {
		all[n], lines[n] = id.Identity(one), n
	}
	outcomes := make([]directory.Outcome, len(all))
	again := func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		return decide(ctx, desk(a, call), all, in.Body.Action == "reactivate", outcomes, lines)
	}
	if len(all) > directory.MaxLines {
		return web.Reply[MemberVerdicts]{}, directory.ErrLines
	}
	units, err := again(ctx, lines)
	if err != nil {
		return web.Reply[MemberVerdicts]{}, err
	}
	set, lost, written, err := dynamo.Bulk{Commit: a.Store.Commit, Again: again}.Settle(ctx, units)
	for _, l := range lost {
		outcomes[l.Line] = directory.Lost(l.Unsure)
	}
	return web.Reply[MemberVerdicts]{Body: verdicts(in.Body.IDs, outcomes), Change: set, Committed: written}, err
}

// decide decides some lines, once more if need be, and puts their outcomes in
// place.
func decide(ctx context.Context, d directory.Desk, all []id.Identity, active bool, outcomes []directory.Outcome, lines []int) ([]dynamo.Unit, error) {
	some := make([]id.Identity, len(lines))
	for i, n := range lines {
		some[i] = all[n]
	}
	got, groups, err := d.SetManyActive(ctx, some, active)
	if err != nil {
		return nil, err
	}
	for i, n := range lines {
		outcomes[n] = got[i]
	}
	return dynamo.Units(groups, lines), nil
}

// maxID is how much of what was sent as an identifier is shown again: an
// identifier has 30 bytes.
const maxID = 40

func verdicts(ids []string, outcomes []directory.Outcome) MemberVerdicts {
	out := MemberVerdicts{Lines: make([]MemberVerdict, len(outcomes)), Counts: map[string]int{}}
	for n, o := range outcomes {
		verdict, code, detail := o.Words()
		shown := strings.ToValidUTF8(ids[n][:min(len(ids[n]), maxID)], "")
		out.Lines[n] = MemberVerdict{ID: shown, Verdict: verdict, Code: string(code), Detail: detail}
		out.Counts[verdict]++
	}
	return out
}
