package invariant

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/account"
	"portero/shared/domain/apikey"
	"portero/shared/domain/audit"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/idempotency"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/look"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/standing"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// snapshot is everything that is stored, by name. Identifiers are unique over
// workspaces; what is named within one is keyed with it.
type snapshot struct {
	firms          map[id.Workspace]workspace.Workspace
	logos          map[id.Workspace]look.Logo
	portals        map[id.Portal]portal.Portal
	names          map[string]portal.Name
	roles          map[id.Role]role.Role
	seats          map[seat.Key]seat.Seat
	counts         map[id.Role]seat.Count
	accounts       map[id.Account]account.Account
	links          map[linkKey]account.Link
	granted        map[grant.Key]grant.Grant
	contacts       map[id.Contact]contact.Contact
	accountsCalled map[string]account.External // by where they lie
	contactsCalled map[string]contact.External
	standings      []standing.Standing
	boxes          map[boxKey]mailbox.Mailbox
	identities     map[id.Identity]identity.Identity
	offers         map[id.Invitation]invitation.Invitation
	messages       map[id.Message]message.Message
	joinLinks      map[id.JoinLink]joinlink.JoinLink
	joinRequests   map[id.JoinRequest]joinlink.Request
	apiKeys        map[id.APIKey]apikey.Key
	entries        []audit.Entry
	signedIn       []session.Session
	remembered     []idempotency.Record
	verifications  map[id.Verification]verification.Verification
	jobs           map[id.Job]*work
	// due holds the things that have a place in the due index.
	due map[string]bool
	// items are all items as they lie there, by table.
	items map[schema.Name][]dynamo.Item
	// strange are items that nobody can read.
	strange []string
}

type linkKey struct {
	account id.Account
	contact id.Contact
}

type boxKey struct {
	ws  id.Workspace
	key email.Key
}

// read scans the tables.
func read(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string) (*snapshot, error) {
	s := &snapshot{
		firms: map[id.Workspace]workspace.Workspace{}, logos: map[id.Workspace]look.Logo{}, portals: map[id.Portal]portal.Portal{}, names: map[string]portal.Name{},
		seats: map[seat.Key]seat.Seat{}, counts: map[id.Role]seat.Count{},
		roles: map[id.Role]role.Role{}, accounts: map[id.Account]account.Account{}, links: map[linkKey]account.Link{},
		granted: map[grant.Key]grant.Grant{}, contacts: map[id.Contact]contact.Contact{}, boxes: map[boxKey]mailbox.Mailbox{},
		accountsCalled: map[string]account.External{}, contactsCalled: map[string]contact.External{},
		identities: map[id.Identity]identity.Identity{}, offers: map[id.Invitation]invitation.Invitation{},
		messages: map[id.Message]message.Message{}, joinLinks: map[id.JoinLink]joinlink.JoinLink{},
		joinRequests: map[id.JoinRequest]joinlink.Request{}, verifications: map[id.Verification]verification.Verification{},
		apiKeys: map[id.APIKey]apikey.Key{}, jobs: map[id.Job]*work{},
		due: map[string]bool{}, items: map[schema.Name][]dynamo.Item{},
	}
	for _, t := range schema.Tables() {
		pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: aws.String(tables[t.Name]), ConsistentRead: aws.Bool(true)})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, fmt.Errorf("the table %s cannot be read: %w", tables[t.Name], err)
			}
			for _, item := range page.Items {
				s.take(t.Name, item)
			}
		}
	}
	return s, nil
}

// take files one item.
func (s *snapshot) take(table schema.Name, item dynamo.Item) {
	s.items[table] = append(s.items[table], item)
	sort := text(item[schema.SK])
	if _, listed := item[schema.DuePK]; listed {
		s.due[text(item["id"])] = true
	}
	if strings.HasPrefix(sort, "history"+schema.Sep) {
		return // what the trail may not hold, with the thing it is about
	}
	if strings.HasPrefix(sort, "note"+schema.Sep) {
		return // a notice that waits for its reader's digest
	}
	var err error
	switch kind := schema.Kind(text(item[schema.KindAttr])); kind {
	case schema.Workspace:
		err = keep(item, func(w workspace.Workspace) { s.firms[w.ID] = w })
	case schema.Logo:
		err = keep(item, func(l look.Logo) { s.logos[l.Workspace] = l })
	case schema.Portal:
		err = keep(item, func(p portal.Portal) { s.portals[p.ID] = p })
	case schema.PortalName:
		err = keep(item, func(n portal.Name) { s.names[n.Name] = n })
	case schema.Role:
		err = keep(item, func(r role.Role) { s.roles[r.ID] = r })
	case schema.Seat:
		if sort == "@" {
			err = keep(item, func(n seat.Count) { s.counts[n.Role] = n })
		} else {
			err = keep(item, func(one seat.Seat) { s.seats[seat.Key{Role: one.Role, Contact: one.Contact}] = one })
		}
	case schema.Account:
		err = s.takeAccount(sort, item)
	case schema.Standing:
		if sort == "seen" {
			return // the same account's place by its last sign-in
		}
		err = keep(item, func(is standing.Standing) { s.standings = append(s.standings, is) })
	case schema.Contact:
		err = keep(item, func(c contact.Contact) { s.contacts[c.ID] = c })
	case schema.External:
		err = s.takeExternal(item)
	case schema.Mailbox:
		if sort == "alike" {
			return // a note for those that look like it
		}
		err = keep(item, func(m mailbox.Mailbox) { s.boxes[boxKey{m.Workspace, m.Key}] = m })
	case schema.Identity:
		err = keep(item, func(i identity.Identity) { s.identities[i.ID] = i })
	case schema.Invitation:
		err = keep(item, func(i invitation.Invitation) { s.offers[i.ID] = i })
	case schema.Message:
		err = keep(item, func(m message.Message) { s.messages[m.ID] = m })
	case schema.JoinLink:
		err = keep(item, func(l joinlink.JoinLink) { s.joinLinks[l.ID] = l })
	case schema.JoinRequest:
		err = keep(item, func(r joinlink.Request) { s.joinRequests[r.ID] = r })
	case schema.AuditEntry:
		if strings.Contains(sort, schema.Sep) {
			return // an entry's copy at one more account
		}
		err = keep(item, func(e audit.Entry) { s.entries = append(s.entries, e) })
	case schema.APIKey:
		err = keep(item, func(k apikey.Key) { s.apiKeys[k.ID] = k })
	case schema.Session:
		if sort == "@" {
			return // when an API key was last used
		}
		err = keep(item, func(one session.Session) { s.signedIn = append(s.signedIn, one) })
	case schema.Idempotency:
		err = keep(item, func(r idempotency.Record) { s.remembered = append(s.remembered, r) })
	case schema.Verification:
		err = keep(item, func(v verification.Verification) { s.verifications[v.ID] = v })
	case schema.Job:
		err = s.takeJob(text(item[schema.PK]), sort, item)
	case schema.Counter:
	default:
		err = fmt.Errorf("its kind is %q", kind)
	}
	if err != nil {
		s.strange = append(s.strange, fmt.Sprintf("%s: the item %s / %s cannot be read: %v", table, text(item[schema.PK]), sort, err))
	}
}

// takeAccount files what lies in an account's partition.
func (s *snapshot) takeAccount(sort string, item dynamo.Item) error {
	switch what, _, _ := strings.Cut(sort, schema.Sep); what {
	case "contact":
		return keep(item, func(l account.Link) { s.links[linkKey{l.Account, l.Contact}] = l })
	case "grant":
		return keep(item, func(g grant.Grant) { s.granted[g.Key()] = g })
	}
	return keep(item, func(a account.Account) { s.accounts[a.ID] = a })
}

func keep[T any](item dynamo.Item, file func(T)) error {
	record, err := dynamo.Decode[T](item)
	if err == nil {
		file(record)
	}
	return err
}

func text(v types.AttributeValue) string {
	if s, ok := v.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

// takeExternal files whose an external identifier is.
func (s *snapshot) takeExternal(item dynamo.Item) error {
	at := text(item[schema.PK])
	if item["contact"] != nil {
		return keep(item, func(e contact.External) { s.contactsCalled[at] = e })
	}
	return keep(item, func(e account.External) { s.accountsCalled[at] = e })
}
