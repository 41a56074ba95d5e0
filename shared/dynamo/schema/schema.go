package schema

// Name is a table's name without stage or stack.
type Name string

// The tables, by life and trust (design.md §6).
const (
	Core     Name = "core"     // everything a workspace owns, and the outbox
	Audit    Name = "audit"    // appended to, never changed
	Ephemera Name = "ephemera" // sessions, idempotency records, counters
)

// Index is a global secondary index's name.
type Index string

// The indexes.
const (
	List    Index = "list"    // core: what people list, in their order
	Address Index = "address" // core: what is found by the beginning of its address
	Called  Index = "name"    // core: what is found by the beginning of its name, and not listed by it
	Due     Index = "due"     // core: what the clock must look at, by kind and shard
	Subject Index = "subject" // audit: entries by the thing they are about
	Doer    Index = "doer"    // audit: entries by the person or API key that did it
	Place   Index = "place"   // audit: entries by the account where it happened
)

// Table is one table.
type Table struct {
	Name      Name
	Partition string // attribute names of the key
	Sort      string
	Indexes   []GSI
	// TTL is the attribute that holds an epoch second after which the item is
	// rubbish; empty means none. TTL is for rubbish only, never for meaning.
	TTL string
	// Stream is the stream's view type; empty means no stream.
	Stream string
	// Kept says that the table outlives the stack, has point-in-time recovery
	// and deletion protection.
	Kept bool
}

// GSI is one global secondary index.
type GSI struct {
	Name      Index
	Partition string
	Sort      string
	// Include lists the projected attributes beside keys; nil means keys only.
	Include []string
}

// Attribute names of keys.
const (
	PK       = "pk"
	SK       = "sk"
	ListPK   = "lpk"
	ListSK   = "lsk"
	FindPK   = "f" // short, since they count in every item: of the address and the name index
	AddrSK   = "fa"
	NameSK   = "fn"
	DuePK    = "dpk"
	DueSK    = "dsk"
	SubjPK   = "spk"
	DoerPK   = "apk"
	PlacePK  = "cpk"
	TTLAttr  = "ttl"
	MoreAttr = "more"
	KindAttr = "kind"
)

// Tables returns every table.
func Tables() []Table {
	return []Table{
		{
			Name: Core, Partition: PK, Sort: SK, Stream: "NEW_IMAGE", Kept: true,
			Indexes: []GSI{
				// What a list page shows, so that a page is one query. A change of
				// anything here is an index write: nothing that reminders or
				// reads change belongs here.
				{Name: List, Partition: ListPK, Sort: ListSK, Include: listed},
				// Keys only: they change with an address or a name and with nothing else,
				// so that a mail that is delivered or an answer writes nothing here. A page
				// reads what it shows in a batch, which searches pay and flows do not.
				{Name: Address, Partition: FindPK, Sort: AddrSK},
				{Name: Called, Partition: FindPK, Sort: NameSK},
				{Name: Due, Partition: DuePK, Sort: DueSK},
			},
		},
		{
			Name: Audit, Partition: PK, Sort: SK, Stream: "NEW_AND_OLD_IMAGES", Kept: true, TTL: TTLAttr,
			Indexes: []GSI{
				{Name: Subject, Partition: SubjPK, Sort: SK, Include: auditListed},
				{Name: Doer, Partition: DoerPK, Sort: SK, Include: auditListed},
				{Name: Place, Partition: PlacePK, Sort: SK, Include: auditListed},
			},
		},
		{Name: Ephemera, Partition: PK, Sort: SK, TTL: TTLAttr},
	}
}

// listed are the attributes that list pages show, over all kinds of item:
// exactly the 20 that DynamoDB takes for one index
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html).
var listed = []string{
	"id", "name", "address", "portal", "grants", "level", "state", "sent_at", "expires_at", "delivery", "delivery_at",
	"reason", "inviter", "inviter_name", "ended_at", "kind_of", "deactivated", "created_at", "accounts", MoreAttr,
}

// More are attributes that list pages show too. A listed item holds a copy of
// those it has in MoreAttr, so that they count as one. They change with the
// whole item only, never by themselves.
var More = []string{"language", "sends", "role", "link", "lead", "personal", "member", "invited_by", "external_id", "test", "leaving"}

var auditListed = []string{"id", "ws", "at", "actor", "from", "action", "subject", "account", "before", "after"}
