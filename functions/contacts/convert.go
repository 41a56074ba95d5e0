package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Convert turns a lead into a contact (row Z13).
var Convert = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/convert", Summary: "Turn a lead into a contact; its access moves to a role for contacts.",
		Uses: contract.Uses{Tables: converting},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/contacts/{contact}/convert",
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: []fault.Code{"role_not_chosen", "no_seat", "role_unknown", "role_for_leads", "too_many_changes"},
}, convert)

// converting is what turning leads into contacts takes.
var converting = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Role}},
	{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Role}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Contact, schema.Account, schema.Identity}},
	app.SeatsTaken,
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}

// ConvertContact names a lead and says what becomes of its access.
type ConvertContact struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
	Body      *Conversion
}

// Conversion says what becomes of leads' access.
type Conversion struct {
	Role id.Role `json:"role,omitempty" doc:"A role for contacts: access in its portal moves to it. Left out, the workspace's lead_roles say where to."`
}

func convert(ctx context.Context, a *app.App, call web.Call, in *ConvertContact) (web.Reply[ContactItem], error) {
	var to id.Role
	if in.Body != nil {
		to = in.Body.Role
	}
	outcomes, groups, err := desk(a, call).ConvertLeads(ctx, []id.Contact{in.Contact}, to)
	if err == nil {
		err = outcomes[0].Err
	}
	if err != nil {
		return web.Reply[ContactItem]{}, err
	}
	var reply web.Reply[ContactItem]
	for _, g := range groups {
		reply.Change.Add(g.Set)
	}
	found, err := a.Store.ContactsOf(ctx, call.Actor.Workspace, []id.Contact{in.Contact})
	c := found[in.Contact]
	c.Lead = false
	reply.Body = item(c)
	return reply, err
}
