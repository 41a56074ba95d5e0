package jobs

import (
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/dynamo/schema"
)

// handingOver gives what belongs to somebody who left staff to a colleague: join
// links, invitations that are not answered, grants (row B13).
var handingOver = kind{
	Name: directory.HandOver, Work: walk[directory.Estate],
	Uses: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Identity}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account, schema.Invitation}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put}, Kinds: []schema.Kind{schema.JoinLink}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.Account, schema.Invitation}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	},
}
