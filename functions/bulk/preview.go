package bulk

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Preview says what importing a file would do, row by row.
var Preview = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/preview", Summary: "Look at what importing a CSV file would do: its columns, and a verdict for each row. It changes nothing.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation, schema.Seat}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.Account}},
		}},
		Timeout: dynamo.BulkTimeout, MemoryMiB: fileMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/imports/preview",
	Auth: contract.Session, Needs: access.ContactManage, BodyMedia: mediaCSV, MaxBodyBytes: intake.MaxBytes,
	NoIdempotency: true, // it changes nothing
	Limit:         fileLimit,
	Faults:        fileFaults,
}, preview)

// ImportPreview is what importing a file would do.
type ImportPreview struct {
	Header  []string       `json:"header" doc:"Of the file."`
	Mapping map[string]int `json:"mapping" doc:"In which column each thing stands, from 0."`
	// Accounts is how many would be made.
	Accounts int             `json:"accounts" doc:"How many accounts would be made."`
	Counts   map[string]int  `json:"counts" doc:"How many rows have each verdict."`
	Rows     []ImportVerdict `json:"rows" doc:"In the order of the file."`
}

// ImportVerdict is what would become of one row.
type ImportVerdict struct {
	Row     int    `json:"row" doc:"The line of the file that it begins in, from 1."`
	Address string `json:"address,omitempty"`
	Verdict string `json:"verdict" enum:"ready,malformed,twice,already_known,already_granted,already_member,already_pending,suppressed,domain_refused,no_seat,role_unknown,language_unknown,language_missing,account_unknown,contact_unknown,cap_reached,failed"`
	Code    string `json:"code,omitempty" doc:"Why, where the verdict is not ready."`
	Detail  string `json:"detail,omitempty"`
	Does    string `json:"does,omitempty" enum:"added,granted,invited,added_to_open,offered" doc:"What a ready row comes to."`
	// Warnings are as when inviting.
	Warnings []string `json:"warnings,omitempty" doc:"like_existing:address or like_line:address: probably the same mailbox."`
}

func preview(ctx context.Context, a *app.App, call web.Call, in *Importing) (web.Reply[ImportPreview], error) {
	var none web.Reply[ImportPreview]
	s, err := in.spec()
	if err != nil {
		return none, err
	}
	l, err := in.read()
	if err != nil {
		return none, err
	}
	c := clerk(a, call, s, id.New[id.Job](call.Now))
	if err := c.Check(ctx); err != nil {
		return none, err
	}
	all, err := c.Decide(ctx, l.Rows)
	if err != nil {
		return none, err
	}
	out := ImportPreview{Header: l.Table.Header, Mapping: map[string]int{}, Accounts: intake.Made(all), Counts: map[string]int{}, Rows: make([]ImportVerdict, len(all))}
	for column, n := range l.Mapping {
		out.Mapping[string(column)] = n
	}
	for n, o := range all {
		out.Rows[n] = verdict(o.Outcome)
		out.Counts[out.Rows[n].Verdict]++
	}
	return web.Reply[ImportPreview]{Body: out}, nil
}

func verdict(o invitation.Outcome) ImportVerdict {
	v := ImportVerdict{Row: o.Line, Address: o.Address, Verdict: string(o.Verdict), Code: string(o.Code), Detail: o.Detail, Warnings: o.Warnings}
	if o.Verdict.Good() {
		v.Verdict, v.Does = "ready", string(o.Verdict)
	}
	return v
}
