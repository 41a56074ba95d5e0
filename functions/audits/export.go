package audits

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// exportSize is how many entries a file holds: about 400 kB as CSV, within what
// one query reads (1 MB) and one function answers (6 MB)
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html;
// computed).
const exportSize = 1000

// Export hands out the trail as a file, part by part; that it did stands in the
// trail.
var Export = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "audits/export", Summary: "Export the audit trail as CSV or JSON lines, 1,000 entries a file; the Link header leads to the next. Each file is itself in the trail.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}, trail...)},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/audit/export",
	Auth: contract.Session, Needs: access.AuditExport,
	Media: []string{web.MediaCSV, web.MediaJSONLines},
	// A hundred thousand entries are a hundred files (chosen; no evidence).
	Limit:  contract.Limit{Requests: 600, Per: time.Hour},
	Faults: append([]fault.Code{"format_unknown"}, wrongFilter...),
}, export)

// AuditExport asks for a file.
type AuditExport struct {
	Workspace id.Workspace `path:"workspace"`
	Format    string       `query:"format" doc:"csv, which it is if left out, or jsonl. Cells of a CSV that begin like a formula begin with an apostrophe."`
	Subject   string       `query:"subject" doc:"As in the list."`
	Actor     string       `query:"actor" doc:"As in the list."`
	Account   id.Account   `query:"account" doc:"As in the list."`
	From      string       `query:"from" doc:"RFC 3339: only from then on."`
	Until     string       `query:"until" doc:"RFC 3339: only before then."`
	Cursor    page.Cursor  `query:"cursor" doc:"Left out: the newest entries. The Link header of a file has that of the next."`
}

func export(ctx context.Context, a *app.App, call web.Call, in *AuditExport) (web.Reply[web.File], error) {
	var none web.Reply[web.File]
	write, media := csvOf, web.MediaCSV
	switch in.Format {
	case "", "csv":
		in.Format = "csv"
	case "jsonl":
		write, media = linesOf, web.MediaJSONLines
	default:
		return none, fault.On("format", "format_unknown", "A format is csv or jsonl.")
	}
	w, err := which(in.Subject, in.Actor, in.Account, in.From, in.Until)
	if err != nil {
		return none, err
	}
	all, next, err := a.Store.Audit(ctx, call.Actor.Workspace, w, page.Ask{Cursor: in.Cursor, Now: call.Now, Limit: exportSize})
	if err != nil {
		return none, err
	}
	raw, err := write(all)
	if err != nil {
		return none, err
	}
	entry := audit.Of(call.Actor, call.Now, "audit.exported", string(call.Actor.Workspace))
	entry.After = map[string]string{"entries": strconv.Itoa(len(all))}
	query := url.Values{}
	for name, value := range map[string]string{"format": in.Format, "subject": in.Subject, "actor": in.Actor, "account": string(in.Account),
		"from": stamp(w.From), "until": stamp(w.Until)} {
		if value != "" {
			entry.After[name] = value
			query.Set(name, value)
		}
	}
	file := web.File{Name: "audit-" + call.Now.Format("20060102-150405") + "." + in.Format, Media: media, Bytes: raw}
	if next != "" {
		query.Set("cursor", string(next))
		file.Next = "/v1/workspaces/" + string(in.Workspace) + "/audit/export?" + query.Encode()
	}
	var set change.Set
	audit.File(&set, entry)
	return web.Reply[web.File]{Body: file, Change: set}, nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// csvOf writes a line for each entry, before and after as JSON in a cell.
func csvOf(all []audit.Entry) ([]byte, error) {
	rows := [][]string{{"id", "at", "actor", "from", "action", "subject", "account", "before", "after"}}
	for _, e := range all {
		before, err := cell(e.Before)
		if err != nil {
			return nil, err
		}
		after, err := cell(e.After)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []string{string(e.ID), stamp(e.At), e.Actor, e.From, e.Action, e.Subject, string(e.Account), before, after})
	}
	return web.CSV(rows), nil
}

func cell(values map[string]string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	raw, err := json.Marshal(values)
	return string(raw), err
}

// linesOf writes an entry a line, as the list shows it.
func linesOf(all []audit.Entry) ([]byte, error) {
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	for _, e := range all {
		if err := lines.Encode(item(e)); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}
