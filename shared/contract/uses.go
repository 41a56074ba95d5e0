package contract

import "portero/shared/dynamo/schema"

// Uses is what a function may touch in AWS. What it does not name it cannot
// do: the role is made from it, and so is the application at start.
type Uses struct {
	Tables []Access
	// Mail lets the function send through the deployment's identity and
	// configuration set.
	Mail bool
	// Hashing says the function hashes passwords; its memory follows.
	Hashing bool
}

// Access is what a function may do to the items of some kinds in one table.
type Access struct {
	Table schema.Name
	Ops   []Op
	// Kinds are the item kinds; the role's condition on the leading key is
	// made from them (schema.LeadingKeys).
	Kinds []schema.Kind
	// Index is the index that is queried; empty means the table itself.
	Index schema.Index
}

// Op is one DynamoDB action.
type Op string

// The actions a row may name. Scan is not among them.
const (
	Get    Op = "GetItem"
	Batch  Op = "BatchGetItem"
	Query  Op = "Query"
	Put    Op = "PutItem"
	Update Op = "UpdateItem"
	Delete Op = "DeleteItem"
)

// Environment names of the settings that the templates give each function.
const (
	EnvStage        = "PORTERO_STAGE"
	EnvCoreTable    = "PORTERO_CORE_TABLE"
	EnvAuditTable   = "PORTERO_AUDIT_TABLE"
	EnvEphemera     = "PORTERO_EPHEMERA_TABLE"
	EnvBaseURL      = "PORTERO_BASE_URL"      // "https://portal.example.com", without a slash at the end
	EnvSender       = "PORTERO_SENDER"        // the deployment's verified sender address
	EnvConfigSet    = "PORTERO_CONFIGURATION" // the SES configuration set
	EnvRestored     = "PORTERO_RESTORED"      // RFC 3339: since when the tables are a restored copy; not set: they are not
	EnvOriginSecret = "PORTERO_ORIGIN_SECRET" // what CloudFront adds; x-portero-viewer is believed beside it only
)
