package jobs

import (
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/dynamo/schema"
)

// clearing removes a test client with all that it made (row T6).
var clearing = kind{
	Name: directory.ClearKind, Work: walk[directory.Clearance],
	Uses: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put, contract.Delete}, Kinds: []schema.Kind{schema.Contact, schema.Identity}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Called, Kinds: []schema.Kind{schema.Contact}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Contact}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Batch, contract.Delete}, Kinds: []schema.Kind{schema.Account}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Update}, Kinds: []schema.Kind{schema.Seat}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Role}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Query, contract.Delete}, Kinds: []schema.Kind{schema.Invitation}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Delete}, Kinds: []schema.Kind{schema.JoinRequest, schema.Standing}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Address, Kinds: []schema.Kind{schema.Invitation, schema.JoinRequest}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.Message}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Delete}, Kinds: []schema.Kind{schema.Message}},
		{Table: schema.Core, Ops: []contract.Op{contract.Delete}, Kinds: []schema.Kind{schema.External}},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put, contract.Delete}, Kinds: []schema.Kind{schema.Mailbox}},
		{Table: schema.Ephemera, Ops: []contract.Op{contract.Query, contract.Delete}, Kinds: []schema.Kind{schema.Session}},
	},
}
