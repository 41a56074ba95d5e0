package schema

// Kind is a kind of item. It stands in the partition key after the workspace,
// and in the attribute "kind" of every item.
type Kind string

// The kinds of item, by table.
const (
	// core
	Workspace   Kind = "workspace"
	Portal      Kind = "portal"
	PortalName  Kind = "portalname" // the one key that does not start with a workspace
	Role        Kind = "role"
	Seat        Kind = "seat"    // who sits in a role, and how many
	Account     Kind = "account" // with its links to contacts and its grants
	Contact     Kind = "contact"
	Mailbox     Kind = "mailbox"
	Identity    Kind = "identity"
	Invitation  Kind = "invitation" // with its history
	Message     Kind = "message"
	JoinLink    Kind = "joinlink"
	JoinRequest Kind = "joinrequest"
	APIKey      Kind = "apikey"
	External    Kind = "external" // whose an identifier of another system is
	Logo        Kind = "logo"     // a workspace's image
	Job         Kind = "job"      // with its parts and entries
	Pending     Kind = "pending"  // in the list index only: grants that nobody has accepted yet
	Standing    Kind = "standing" // what an account comes to, and when somebody was last in
	// audit
	AuditEntry Kind = "audit"
	// ephemera
	Session      Kind = "session"
	Idempotency  Kind = "idempotency"
	Counter      Kind = "counter"
	Verification Kind = "verification"
)

// Sep separates the parts of a key. No identifier, address or name has it.
const Sep = "#"

// LeadingKeys returns the pattern of the partition keys of a kind, for the
// condition dynamodb:LeadingKeys of a role.
func LeadingKeys(k Kind) string {
	if k == PortalName {
		return string(PortalName) + Sep + "*"
	}
	return "ws_*" + Sep + string(k) + "*"
}
