package bulk

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create grants access to everybody of some accounts, or invites them (row T7).
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/create", Summary: "Grant access to all contacts of up to 1,000 accounts, or invite them; a job does it, contact by contact.",
		Uses: contract.Uses{Tables: append([]contract.Access{checking,
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account}}}, storing[1],
			contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Job}})},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/jobs",
	Auth: contract.Session, Needs: access.GrantManage, Status: http.StatusAccepted,
	Faults: jobFaults,
}, create)

// jobFaults are what may be wrong with what is asked for everybody.
var jobFaults = codesOf(errAccounts, errNone, account.ErrUnknown, intake.ErrAccess, invitation.ErrPortal, invitation.ErrRole, invitation.ErrLanguage,
	invitation.ErrSource, invitation.ErrNote, invitation.ErrValidity, invitation.ErrPaused)

// How many accounts a request is about. No domain rule knows either: the form
// refuses both.
var (
	errAccounts = fault.On("accounts", "too_many_chosen", "A request is about up to 1,000 accounts. Send the rest in another one.")
	errNone     = fault.On("accounts", "nothing_chosen", "Choose at least one account.")
)

// Creating is a request for bulk work.
type Creating struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewJob
}

// NewJob is which accounts, and what their contacts get.
type NewJob struct {
	Accounts []id.Account  `json:"accounts" minItems:"1" maxItems:"1000" code:"too_many_chosen" none:"nothing_chosen" example:"acc_01jd0h5m3w8q4v9x2c6k7n1t5z" doc:"All of their contacts are meant."`
	Access   intake.Access `json:"access" enum:"grant,invite" code:"access_unknown" doc:"grant: access is granted and nothing is sent; invite: they are invited."`
	Portal   id.Portal     `json:"portal"`
	Role     id.Role       `json:"role,omitempty" doc:"Left out: the portal's default role."`
	Language string        `json:"language,omitempty" doc:"en or es, for people whose own is not known; left out: the workspace's."`
	Note     string        `json:"note,omitempty" maxLength:"1000" code:"note_malformed" doc:"A personal message, shown as text."`
	Source   string        `json:"source,omitempty" maxLength:"200" code:"source_malformed" doc:"Where the firm got the addresses; the invited see it."`
	Validity string        `json:"validity,omitempty" doc:"As when inviting."`
	Override bool          `json:"override_pause,omitempty" doc:"Send although the firm's mail is held back (mail_paused)."`
}

func (b NewJob) spec() (intake.Spec, error) {
	return specified(intake.Spec{Access: b.Access, Portal: b.Portal, Role: b.Role, Language: b.Language, Note: b.Note, Source: b.Source, Override: b.Override}, b.Validity)
}

func create(ctx context.Context, a *app.App, call web.Call, in *Creating) (web.Reply[Job], error) {
	var none web.Reply[Job]
	s, err := in.Body.spec()
	if err != nil {
		return none, err
	}
	one := id.New[id.Job](call.Now)
	if err := clerk(a, call, s, one).Check(ctx); err != nil {
		return none, err
	}
	all, err := in.chosen(ctx, a, call)
	if err != nil {
		return none, err
	}
	var set change.Set
	j := job.Start(&set, begun(call, one, s), intake.Steps(all), call.Now)
	set.Insert(entry(call, j, s))
	return web.Reply[Job]{Body: shown(j), Change: set}, nil
}

// chosen are the accounts, each once; account_unknown.
func (in *Creating) chosen(ctx context.Context, a *app.App, call web.Call) ([]id.Account, error) {
	found, err := a.Store.AccountsOf(ctx, call.Actor.Workspace, in.Body.Accounts)
	if err != nil {
		return nil, err
	}
	var all []id.Account
	for n, one := range in.Body.Accounts {
		if _, ok := found[one]; !ok {
			return nil, fault.On("accounts["+strconv.Itoa(n)+"]", account.ErrUnknown.Code, account.ErrUnknown.Detail)
		}
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all, nil
}
