package accounts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/contact"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/page"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows an account, who belongs to it and what was granted there (T2).
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/get", Summary: "Show an account, its contacts and their grants.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Account, schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Contact, schema.Identity, schema.Standing}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/accounts/{account}",
	Auth: contract.Session, Needs: access.AccountRead,
}, get)

// GetAccount names one.
type GetAccount struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Cursor    page.Cursor  `query:"cursor" doc:"The next page of contacts and grants."`
}

// AccountFull is an account with a page of who and what belongs to it: first
// every contact, then every grant.
type AccountFull struct {
	AccountItem
	AccountStanding
	Contacts []AccountContact `json:"contacts"`
	Grants   []AccountGrant   `json:"grants"`
	Next     page.Cursor      `json:"next,omitempty"`
}

// AccountContact is who belongs to an account.
type AccountContact struct {
	ID      id.Contact `json:"id"`
	Name    string     `json:"name"`
	Address string     `json:"address,omitempty"`
	Lead    bool       `json:"lead"`
	Test    bool       `json:"test,omitempty" doc:"A test client."`
}

// AccountGrant is what was granted at an account.
type AccountGrant struct {
	Contact id.Contact  `json:"contact"`
	Portal  id.Portal   `json:"portal"`
	Role    id.Role     `json:"role"`
	State   grant.State `json:"state" enum:"granted,invited,active,not_yet,over,off"`
	SignIn  bool        `json:"sign_in"`
	Notify  bool        `json:"notify"`
	Sync    bool        `json:"email_sync"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *GetAccount) (web.Reply[AccountFull], error) {
	var none web.Reply[AccountFull]
	ws := call.Actor.Workspace
	one, err := a.Store.Account(ctx, ws, in.Account)
	if err != nil {
		return none, err
	}
	w, err := a.Store.Workspace(ctx, ws)
	if err != nil {
		return none, err
	}
	links, grants, next, err := a.Store.AccountPeople(ctx, ws, in.Account, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	if err != nil {
		return none, err
	}
	var people []id.Contact
	for _, l := range links {
		people = append(people, l.Contact)
	}
	for _, g := range grants {
		people = append(people, g.Contact)
	}
	known, err := a.Store.ContactsOf(ctx, ws, people)
	if err != nil {
		return none, err
	}
	out := AccountFull{AccountItem: item(one), Contacts: []AccountContact{}, Grants: []AccountGrant{}, Next: next}
	for _, l := range links {
		c := known[l.Contact]
		out.Contacts = append(out.Contacts, AccountContact{ID: l.Contact, Name: c.Name, Address: string(c.Address), Lead: c.Lead, Test: c.Test})
	}
	for _, g := range grants {
		state, err := stateOf(w, g, known[g.Contact], call)
		if err != nil {
			return none, err
		}
		out.Grants = append(out.Grants, AccountGrant{Contact: g.Contact, Portal: g.Portal, Role: g.Role, State: state, SignIn: g.SignIn, Notify: g.Notify, Sync: g.EmailSync})
	}
	if in.Cursor == "" && next == "" {
		out.AccountStanding, err = afresh(ctx, a.Store, w, grants, known, call.Now)
	} else {
		out.AccountStanding, err = derived(ctx, a.Store, ws, in.Account)
	}
	return web.Reply[AccountFull]{Body: out}, err
}

func stateOf(w workspace.Workspace, g grant.Grant, c contact.Contact, call web.Call) (grant.State, error) {
	zone, err := localtime.Load(w.ZoneOf(c.Zone))
	if err != nil {
		return "", err
	}
	return g.StateAt(call.Now, zone), nil
}
