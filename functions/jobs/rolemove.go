package jobs

import (
	"context"
	"encoding/json"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// moving rewrites behind a role that was deleted and whose users moved (rows Z15,
// Z16).
var moving = kind{
	Name: directory.RoleMoveKind, Work: move,
	Uses: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put}, Kinds: []schema.Kind{schema.Role}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Batch, contract.Put, contract.Update, contract.Delete}, Kinds: []schema.Kind{schema.Seat}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Put}, Kinds: []schema.Kind{schema.JoinLink}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.JoinRequest, schema.Invitation, schema.Account}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.JoinRequest, schema.Invitation}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	},
}

// mover is one run over a move: each step is at its own instant.
type mover struct {
	directory.Mover
	now func() time.Time
}

func move(a *app.App, j job.Job, now func() time.Time) (job.Worker, error) {
	m := &mover{now: now, Mover: directory.Mover{Store: a.Store, Desk: directory.Desk{Store: a.Store,
		Actor: access.Actor{Kind: access.Person, Workspace: j.Workspace, Identity: j.Creator}}}}
	return m, json.Unmarshal([]byte(j.Spec), &m.Move)
}

// Decide decides lines as of now.
func (m *mover) Decide(ctx context.Context, j job.Job, lines []job.Line) ([]job.Result, error) {
	m.Desk.Now = m.now()
	return m.Mover.Decide(ctx, j, lines)
}
