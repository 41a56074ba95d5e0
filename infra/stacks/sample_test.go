package stacks

import (
	"fmt"
	"time"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// sampleRows cover every kind of row, source and use.
func sampleRows() []contract.Row {
	var rows []contract.Row
	for _, resource := range []string{"accounts", "invitations", "portals"} {
		for _, verb := range []string{"create", "get", "list", "resend"} {
			rows = append(rows, sampleEndpoint(resource, verb))
		}
	}
	hash := sampleEndpoint("passwords", "reset")
	hash.Uses.Hashing, hash.MemoryMiB = true, 512
	hash.Auth = contract.Session // what that asks for is part of Base
	return append(rows, hash,
		sampleJob("advance"), sampleJob("expire"), sampleJob("redeliver"), sampleJob("remind"),
		contract.Trigger{Function: function("triggers/deliver", contract.Uses{Mail: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Message, schema.Invitation}},
		}}), Source: contract.Outbox},
		contract.Trigger{Function: function("triggers/advance", contract.Uses{}), Source: contract.Outbox},
		contract.Trigger{Function: function("triggers/feedback", contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Message}},
		}}), Source: contract.MailEvents},
		contract.Trigger{Function: function("triggers/tampering", contract.Uses{}), Source: contract.AuditChanges},
		contract.Task{Function: function("operations/workspace", contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Workspace, schema.PortalName}},
		}})},
	)
}

func function(name string, uses contract.Uses) contract.Function {
	return contract.Function{Name: name, Summary: "Does what " + name + " says.", Uses: uses}
}

func sampleEndpoint(resource, verb string) contract.Endpoint {
	return contract.Endpoint{
		Function: function(resource+"/"+verb, contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put, contract.Update}, Kinds: []schema.Kind{schema.Invitation, schema.Message, schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.List},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Session, schema.Idempotency}},
		}}),
		Method: "POST", Path: fmt.Sprintf("/v1/workspaces/{workspace}/%s/{id}/%s", resource, verb), Auth: contract.Public, Because: "it is a sample",
	}
}

func sampleJob(verb string) contract.Job {
	f := function("jobs/"+verb, contract.Uses{Tables: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.Due},
		{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Invitation}},
	}})
	f.Timeout = 90*time.Second + time.Millisecond
	return contract.Job{Function: f, Every: time.Minute}
}
