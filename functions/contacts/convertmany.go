package contacts

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
	"portero/shared/web"
)

// ConvertMany turns up to 1,000 leads into contacts (row Z13).
var ConvertMany = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/convertmany", Summary: "Turn 1 to 1,000 leads into contacts; each has its own verdict.",
		Uses:    contract.Uses{Tables: converting},
		Timeout: dynamo.BulkTimeout,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/contacts/convert",
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: []fault.Code{"lines_missing", "too_many_lines", "role_unknown", "role_for_leads"},
}, convertMany)

// ConvertContacts is a request to turn many leads into contacts.
type ConvertContacts struct {
	Workspace id.Workspace `path:"workspace"`
	Body      Conversions
}

// Conversions are leads, and what becomes of their access.
type Conversions struct {
	// Identifiers are plain text here, so that one wrong one does not block the
	// others.
	Contacts []string `json:"contacts" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing"`
	Conversion
}

// ConversionVerdicts says what became of each.
type ConversionVerdicts struct {
	Lines  []ConversionVerdict `json:"lines" doc:"In the order of the request."`
	Counts map[string]int      `json:"counts" doc:"How many have each verdict."`
}

// ConversionVerdict is what became of one.
type ConversionVerdict struct {
	Contact string `json:"contact"`
	Verdict string `json:"verdict" enum:"changed,unchanged,refused"`
	Code    string `json:"code,omitempty"`
	Detail  string `json:"detail,omitempty"`
}

func convertMany(ctx context.Context, a *app.App, call web.Call, in *ConvertContacts) (web.Reply[ConversionVerdicts], error) {
	d, all := desk(a, call), in.Body.Contacts
	outcomes, lines := make([]directory.Outcome, len(all)), make([]int, len(all))
	for n := range all {
		lines[n] = n
	}
	again := func(ctx context.Context, lines []int) ([]dynamo.Unit, error) {
		some := make([]id.Contact, len(lines))
		for i, n := range lines {
			some[i] = id.Contact(all[n])
		}
		got, groups, err := d.ConvertLeads(ctx, some, in.Body.Role)
		if err != nil {
			return nil, err
		}
		for i, n := range lines {
			outcomes[n] = got[i]
		}
		return dynamo.Units(groups, lines), nil
	}
	units, err := again(ctx, lines)
	if err != nil {
		return web.Reply[ConversionVerdicts]{}, err
	}
	set, lost, written, err := dynamo.Bulk{Commit: a.Store.Commit, Again: again}.Settle(ctx, units)
	for _, l := range lost {
		outcomes[l.Line] = directory.Lost(l.Unsure)
	}
	return web.Reply[ConversionVerdicts]{Body: converted(all, outcomes), Change: set, Committed: written}, err
}

func converted(all []string, outcomes []directory.Outcome) ConversionVerdicts {
	out := ConversionVerdicts{Lines: make([]ConversionVerdict, len(all)), Counts: map[string]int{}}
	for n, o := range outcomes {
		verdict, code, detail := o.Words()
		sent := strings.ToValidUTF8(all[n][:min(len(all[n]), 40)], "")
		out.Lines[n] = ConversionVerdict{Contact: sent, Verdict: verdict, Code: string(code), Detail: detail}
		out.Counts[verdict]++
	}
	return out
}
