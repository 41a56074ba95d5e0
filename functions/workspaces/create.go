package workspaces

import (
	"cmp"
	"context"
	"errors"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// Create makes a workspace with its first portal and invites its first admin
// (rows F1, Z1, Z2). Ops invoke it; it has no route.
var Create = app.Task(contract.Task{Function: contract.Function{
	Name: "workspaces/create", Summary: "Make a workspace and invite its first admin.",
	Uses: contract.Uses{Tables: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.PortalName}},
		{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
			schema.Workspace, schema.Portal, schema.PortalName, schema.Role, schema.Mailbox, schema.Invitation, schema.Message}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	}},
}}, create)

// Founding is what ops say about a firm; what is left out has its default.
type Founding struct {
	Name       string `json:"name"`
	Admin      string `json:"admin"` // the address of the first admin
	Language   string `json:"language"`
	Zone       string `json:"zone"`
	Country    string `json:"country"`
	TimeFormat string `json:"time_format"`
	Sender     string `json:"sender"`   // a verified address; the deployment's if left out
	ReplyTo    string `json:"reply_to"` // a verified address; the sender if left out
	// Key makes invoking twice safe: the same key is the same workspace.
	Key string `json:"key"`
}

// Founded says where the firm's people go.
type Founded struct {
	Workspace  id.Workspace `json:"workspace"`
	Portal     id.Portal    `json:"portal"`
	PortalName string       `json:"portal_name"`
	Console    string       `json:"console"`
	PortalURL  string       `json:"portal_url"`
}

// tries is how often a founding that met another at the same portal name is
// decided anew (chosen).
const tries = 5

func create(ctx context.Context, a *app.App, in Founding) (Founded, error) {
	firm, err := in.firm()
	if err != nil {
		return Founded{}, err
	}
	desk := directory.Desk{Store: a.Store, Actor: access.Actor{Kind: access.Ops}, Now: a.Now()}
	for try := 1; ; try++ {
		w, p, set, err := desk.Found(ctx, firm)
		if err == nil {
			err = a.Store.Commit(ctx, set)
		}
		if errors.Is(err, fault.Stale(nil)) && try < tries {
			continue
		}
		if err != nil {
			return Founded{}, err
		}
		return Founded{Workspace: w.ID, Portal: p.ID, PortalName: p.Name,
			Console: a.Config.BaseURL + "/console/" + string(w.ID), PortalURL: a.Config.BaseURL + "/p/" + p.Name}, nil
	}
}

func (in Founding) firm() (directory.Firm, error) {
	admin, err := directory.Address("admin", in.Admin)
	if err != nil {
		return directory.Firm{}, err
	}
	s := workspace.Defaults()
	s.Language, s.Zone = cmp.Or(in.Language, s.Language), cmp.Or(in.Zone, s.Zone)
	s.Country, s.TimeFormat = cmp.Or(in.Country, s.Country), cmp.Or(in.TimeFormat, s.TimeFormat)
	for field, address := range map[string]string{"sender": in.Sender, "reply_to": in.ReplyTo} {
		if address == "" {
			continue
		}
		if _, err := directory.Address(field, address); err != nil {
			return directory.Firm{}, err
		}
	}
	s.Sender, s.ReplyTo = in.Sender, in.ReplyTo
	return directory.Firm{Name: in.Name, Admin: admin, Key: in.Key, Settings: s}, nil
}
