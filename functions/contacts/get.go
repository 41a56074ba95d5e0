package contacts

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one contact.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/get", Summary: "Show a contact with what it was called before.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query}, Kinds: []schema.Kind{schema.Contact}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/contacts/{contact}",
	Auth: contract.Session, Needs: access.ContactRead,
}, get)

// GetContact names one.
type GetContact struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
}

// ContactFull is a contact with its history.
type ContactFull struct {
	ContactItem
	History []ContactChange `json:"history" doc:"Newest first, the last 50."`
}

// ContactChange is what an entry of the audit trail may not hold: name, address
// and source before and after it.
type ContactChange struct {
	At     time.Time         `json:"at"`
	Entry  id.Audit          `json:"entry" doc:"In the audit trail: who did it, and from where."`
	Before map[string]string `json:"before"`
	After  map[string]string `json:"after"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *GetContact) (web.Reply[ContactFull], error) {
	c, err := a.Store.Contact(ctx, call.Actor.Workspace, in.Contact)
	if err != nil {
		return web.Reply[ContactFull]{}, err
	}
	past, err := a.Store.ContactHistory(ctx, call.Actor.Workspace, in.Contact)
	if err != nil {
		return web.Reply[ContactFull]{}, err
	}
	out := ContactFull{ContactItem: item(c), History: make([]ContactChange, len(past))}
	for n, h := range past {
		out.History[n] = ContactChange{At: h.At, Entry: h.Entry, Before: h.Before, After: h.After}
	}
	w, err := a.Store.Workspace(ctx, call.Actor.Workspace)
	if err != nil || !w.Settings.SupportDates {
		return web.Reply[ContactFull]{Body: out}, err
	}
	user, err := desk(a, call).PortalUser(ctx, c)
	out.Support = support(c, &user)
	return web.Reply[ContactFull]{Body: out}, err
}
