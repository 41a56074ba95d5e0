package app

import (
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// Seats is what a row touches beyond the grants that it writes: the roles they
// are for, and who sits there (shared/domain/seat).
var Seats = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Role}},
	SeatsTaken,
}

// SeatsNamed is what a row touches that says of a role that something names it.
var SeatsNamed = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Update}, Kinds: []schema.Kind{schema.Seat}}

// SeatsNew is SeatsNamed for a row that does not look who sits there.
var SeatsNew = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Seat}}

// SeatsTaken is Seats for a row that reads roles anyway.
var SeatsTaken = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put, contract.Update}, Kinds: []schema.Kind{schema.Seat}}
