package bulk

import (
	"context"
	"net/http"
	"sync"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

const (
	// mostForeseen is how many contacts a dry run looks at: as many as a file has
	// rows.
	mostForeseen = intake.MaxRows
	// mostShown is how many of those who are not ready are named (chosen; the job's
	// report names all).
	mostShown = 200
	// accountsAtOnce is how many accounts are asked for their people at the same
	// time (chosen, as dynamo.Bulk's).
	accountsAtOnce = 8
)

// Foresee says what granting access to everybody of some accounts, or inviting
// them, would come to.
var Foresee = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/foresee", Summary: "Look at what granting access to all contacts of up to 1,000 accounts, or inviting them, would do: how many would have each verdict. It changes nothing.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation, schema.Seat}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
		}},
		Timeout: dynamo.BulkTimeout, MemoryMiB: fileMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/jobs/preview",
	Auth: contract.Session, Needs: access.GrantManage,
	NoIdempotency: true, // it changes nothing
	Limit:         fileLimit,
	Faults:        jobFaults,
}, foresee)

// JobPreview is what a job over accounts would do.
type JobPreview struct {
	Contacts int            `json:"contacts" doc:"How many were looked at, each as often as they belong to one of the accounts: 10,000 at most."`
	More     bool           `json:"more" doc:"There are others behind them, which the job does as well."`
	Counts   map[string]int `json:"counts" doc:"How many would have each verdict, as bulk/get counts them: those that would be granted or invited by what it comes to."`
	Lines    []JobForeseen  `json:"lines" doc:"The first 200 for whom nothing would be done."`
}

// JobForeseen is a contact for whom nothing would be done.
type JobForeseen struct {
	Account id.Account `json:"account"`
	Contact id.Contact `json:"contact"`
	Name    string     `json:"name,omitempty"`
	Address string     `json:"address,omitempty"`
	Verdict string     `json:"verdict"`
	Code    string     `json:"code,omitempty"`
	Detail  string     `json:"detail,omitempty"`
}

func foresee(ctx context.Context, a *app.App, call web.Call, in *Creating) (web.Reply[JobPreview], error) {
	var none web.Reply[JobPreview]
	s, err := in.Body.spec()
	if err != nil {
		return none, err
	}
	c := clerk(a, call, s, id.New[id.Job](call.Now))
	if err := c.Check(ctx); err != nil {
		return none, err
	}
	chosen, err := in.chosen(ctx, a, call)
	if err != nil {
		return none, err
	}
	rows, more, err := peopleOf(ctx, a, call, chosen)
	if err != nil {
		return none, err
	}
	all, err := c.Decide(ctx, rows)
	if err != nil {
		return none, err
	}
	out := JobPreview{Contacts: len(all), More: more, Counts: map[string]int{}, Lines: []JobForeseen{}}
	for n, o := range all {
		out.Counts[string(o.Verdict)]++
		if !o.Verdict.Good() && len(out.Lines) < mostShown {
			out.Lines = append(out.Lines, JobForeseen{Account: id.Account(rows[n].Account), Contact: rows[n].Contact,
				Address: o.Address, Verdict: string(o.Verdict), Code: string(o.Code), Detail: o.Detail})
		}
	}
	return web.Reply[JobPreview]{Body: out}, name(ctx, a, call, out.Lines)
}

// name puts in what the contacts are called.
func name(ctx context.Context, a *app.App, call web.Call, lines []JobForeseen) error {
	all := make([]id.Contact, len(lines))
	for n, l := range lines {
		all[n] = l.Contact
	}
	known, err := a.Store.ContactsOf(ctx, call.Actor.Workspace, all)
	for n, l := range lines {
		lines[n].Name = known[l.Contact].Name
	}
	return err
}

// peopleOf reads a row for each contact of the accounts, mostForeseen at most.
func peopleOf(ctx context.Context, a *app.App, call web.Call, accounts []id.Account) (rows []intake.Row, more bool, err error) {
	for len(accounts) > 0 && !more {
		some := accounts[:min(len(accounts), accountsAtOnce)]
		accounts = accounts[len(some):]
		found, mores, errs := make([][]account.Link, len(some)), make([]bool, len(some)), make([]error, len(some))
		var wait sync.WaitGroup
		for n, one := range some {
			wait.Go(func() {
				found[n], mores[n], errs[n] = a.Store.AccountContacts(ctx, call.Actor.Workspace, one, "", mostForeseen)
			})
		}
		wait.Wait()
		for n := range some {
			if errs[n] != nil {
				return nil, false, errs[n]
			}
			more = more || mores[n]
			for _, l := range found[n] {
				rows = append(rows, intake.Row{Contact: l.Contact, Account: string(l.Account)})
			}
		}
		more = more || len(rows) > mostForeseen || len(rows) == mostForeseen && len(accounts) > 0
	}
	return rows[:min(len(rows), mostForeseen)], more, nil
}
