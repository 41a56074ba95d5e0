package app

import (
	"context"
	"time"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// CourierMemoryMiB is the memory of functions that deliver: a code's hash takes
// 19 MiB and, at this share of a processor, about 0.2 s; hardly any mail has
// one (anchors: 57 ms on a whole core; computed).
const CourierMemoryMiB = 512

// OneMail is the time that must be left to begin another mail: a send may take
// ten seconds, and its record must not be cut off (chosen; no evidence).
const OneMail = 13 * time.Second

// CourierUses is what delivering touches.
func CourierUses() contract.Uses {
	return contract.Uses{
		Mail: true,
		Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put, contract.Update}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Update}, Kinds: []schema.Kind{schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Update}, Kinds: []schema.Kind{schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace}}, // its look
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter, schema.Verification}},
		},
	}
}

// TimeLeft reports whether at least d is left before the function's time is up.
func TimeLeft(ctx context.Context, d time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && (!ok || time.Until(deadline) > d)
}
