package bulk

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

const (
	// reportStep is how many entries one query reads: below its 1 MB (an entry is
	// at most 900 bytes; computed).
	reportStep = 1000
	// reportBytes ends a file, counted as Lambda counts its answer: within 6 MB
	// with another reportStep behind it, whatever the addresses hold (computed:
	// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
	// 10,000 rows are usually half of it.
	reportBytes = 4_000_000
)

// reportLimit lets everybody of an office read along (chosen; no evidence).
var reportLimit = contract.Limit{Requests: 600, Per: time.Hour}

// Report hands out what became of a job's lines as a file.
var Report = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/report", Summary: "Download what became of a job's lines so far as CSV, one line each, in their order; if a file is not enough, the Link header leads to the next.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query}, Kinds: []schema.Kind{schema.Job}}}},
		Timeout: dynamo.BulkTimeout, MemoryMiB: fileMemoryMiB,
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/jobs/{job}/report",
	Auth: contract.Session, Needs: access.JobRead, Media: []string{web.MediaCSV}, Limit: reportLimit,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired},
}, report)

type reporting struct {
	One
	Cursor page.Cursor `query:"cursor" doc:"Left out: from the first line. The Link header of a file has that of the next."`
}

// reportHeader names the report's columns; row is the line of the file that was
// imported, or of no file the line of the job, from 1.
var reportHeader = []string{"row", "address", "verdict", "code", "detail", "account", "contact", "invitation"}

func report(ctx context.Context, a *app.App, call web.Call, in *reporting) (web.Reply[web.File], error) {
	var none web.Reply[web.File]
	if _, err := a.Store.Job(ctx, call.Actor.Workspace, in.Job); err != nil {
		return none, err
	}
	file := web.File{Name: "report-" + string(in.Job) + ".csv", Media: web.MediaCSV, Bytes: web.CSV([][]string{reportHeader})}
	for ask, size := (page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now, Limit: reportStep}), 0; ; {
		all, next, err := a.Store.JobEntries(ctx, call.Actor.Workspace, in.Job, ask)
		if err != nil {
			return none, err
		}
		some := web.CSV(page.Each(all, reported))
		escaped, err := json.Marshal(string(some))
		if err != nil {
			return none, err
		}
		file.Bytes = append(file.Bytes, some...)
		if size += len(escaped); next == "" {
			return web.Reply[web.File]{Body: file}, nil
		}
		if ask.Cursor = next; size > reportBytes {
			file.Next = reportPath(in.Workspace, in.Job) + "?" + url.Values{"cursor": {string(next)}}.Encode()
			return web.Reply[web.File]{Body: file}, nil
		}
	}
}

func reportPath(ws id.Workspace, one id.Job) string {
	return "/v1/workspaces/" + string(ws) + "/jobs/" + string(one) + "/report"
}

// reported is an entry as a line of the report.
func reported(e job.Entry) []string {
	row := e.Row
	if row == 0 {
		row = e.Number + 1
	}
	return []string{strconv.Itoa(row), e.Address, e.Verdict, string(e.Code), e.Detail, string(e.Account), string(e.Contact), string(e.Invitation)}
}
