package jobs

import (
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/dynamo/schema"
)

// moving rewrites behind a role that was deleted and whose users moved (rows Z15,
// Z16).
var moving = kind{
	Name: directory.RoleMoveKind, Work: walk[directory.RoleMove],
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
