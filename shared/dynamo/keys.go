package dynamo

// Access patterns. "r" is strongly consistent read units, "e" eventually
// consistent ones, "w" write units, "+i" index writes; items are within 1 KB
// (writes) and 4 KB (reads). A transaction doubles w.
//
//	question                                  key or index                                   cost
//	a workspace                               <ws>#workspace / @                             1r
//	its logo                                  <ws>#logo / @                                  8e (64 KB; its readers keep it for a year)
//	a portal; all of a workspace              <ws>#portal / <portal>                         1r
//	whose portal is this name                 portalname#<name> / @                          1r
//	a role; all of a workspace                <ws>#role / <role>                             1r
//	a seat; all of a role; how many           <ws>#seat#<role> / <contact> | @             1r
//	roles that moved to one                   <ws>#role, looked through                    1 query a thousand
//	join links that give a role               <ws>#joinlink, looked through                1 query a thousand
//	join requests, invitations of a role      list: as theirs, looked through              1 query a thousand, then 1r each
//	an account; its people; their grants      <ws>#account#<account> / @, contact#, grant#   1r
//	accounts by name, or what it begins with  list: <ws>#account, <name>#<id>                1 query
//	accounts of one name                      list: <ws>#account, <name>#                    1 query
//	a contact with its history                <ws>#contact#<contact> / @, history#           1r
//	contacts by name, or what it begins with  list: <ws>#contact, <name>#<id>                1 query
//	contacts by address                       address: <ws>#contact, <address>               1 query, then 0.5e each in a batch
//	test clients, by name                     name: <ws>#contact, <name>                     1 query, then 0.5e each in a batch
//	whose an external identifier is           <ws>#external#account | contact#<it> / @       1r
//	contacts of an account                    <ws>#account#<account> / contact#              1 query, then 0.5e each in a batch
//	all that is known of an address; one      <ws>#mailbox#<key> / @, alike                  1r
//	  that is like it
//	an identity; what its history will be     <ws>#identity#<identity> / @, history#         1r
//	staff; members, also by address           list: <ws>#staff | <ws>#member, <address>#<id> 1 query
//	staff; members by name                    name: <ws>#staff | <ws>#member, <name>         1 query, then 0.5e each in a batch
//	contacts and members of an account, also  <ws>#account#<account> / grant#                1 query, then 0.5e each in a batch
//	  of a role or by an inviter there
//	contacts of a role; members               <ws>#seat#<role> / con_                        1 query, then 0.5e each in a batch; members
//	                                                                                         1r, and 1r each seat and person in 2
//	members by inviter, last sent to first    list: <ws>#invitation#accepted                 1 query, then 0.5e each in a batch
//	what a page of members may enter          portals; then mailboxes and the workspace;     1 query and 2 batches, 1r each: up to
//	                                          then grants and accounts, if asked for         200 grants and their accounts
//	what of an account somebody owns, or is   <ws>#account#<account> / grant#                1 query, which looks at up to 1,000
//	  in a role
//	whom a member offered access at theirs    <ws>#account#<account> / grant#                1 query, then 1r each in a batch of two
//	an invitation with its history            <ws>#invitation#<invitation> / @, history#     1r
//	invitations by state, by sent date        list: <ws>#invitation#<state>, <sent>#<id>     1 query a state
//	invitations, of every state, by address   address: <ws>#invitation, <address>            1 query, then 0.5e each in a batch
//	invitations, of every state, by name      name: <ws>#invitation, <name>                  1 query, then 0.5e each in a batch
//	invitations of an account                 <ws>#account#<account> / grant#                1 query, then 0.5e each in a batch
//	what inviting asks, of many kinds         the above, in one batch of up to 100           1r each
//	accounts of a page of invitations         the above, in one batch, if they are asked for 1r each
//	accounts by state, or by last sign-in     list: <ws>#standing[#<state>], <last or ->#<id>        1 query; their names in 1 batch
//	who has not come yet, by sent date, also  list: <ws>#pending, <sent or ->#<offer>#…      1 query; names in 2 batches
//	  of a role or by an inviter
//	a message                                 <ws>#message#<message> / @                     1r
//	mails to and about a test client          list: <ws>#message#<address>, <message>        1 query
//	what waits for somebody's digest          <ws>#message#<identity> / note#                1 query
//	what a mail's link leads to               message and workspace in one batch             1e (2r afresh)
//	grants and people of an answer            one batch, under the versions read             0.5e each
//	a join link; all of a workspace           <ws>#joinlink / <link>                         1r
//	what a join link leads to                 link and workspace in one batch                2r
//	join requests by state                    list: <ws>#joinrequest#<state>, <made>#<id>    1 query
//	join requests by address; by name         address | name: <ws>#joinrequest               1 query, then 0.5e each in a batch
//	what is due                               due: due#<job>#<shard>, <instant>#<ws>#<id>    1 query a shard
//	a job; a part of its lines                <ws>#job#<job> / @; <ws>#job#<job>#<n> / @       1r; 32r
//	jobs of a workspace, newest first         list: <ws>#job, <made>#<id>                      1 query
//	a job's report, by line                   <ws>#job#<job> / line#<n>                        1 query
//	audit of a workspace, newest first        <ws>#audit / <entry>                           1 query
//	audit of one thing                        subject: <ws>#audit#<subject>, <entry>         1 query
//	audit of who did it                       doer: <ws>#audit#<actor>, <entry>              1 query
//	audit of an account                       place: <ws>#audit#<account>, <entry>           1 query
//	each of the four, of a time               the same, between two entries by their time    1 query
//	a session; all of an identity             <ws>#session#<identity> / <session>            1r
//	an API key; all of a workspace            <ws>#apikey / <key>                            1r
//	a key's last use                          <ws>#session#<key> / @                         1r; 1w an hour
//	what a key leads to                       key, creator and last use in one batch         3r
//	an idempotency record                     <ws>#idempotency#<hash> / @                    1r
//	a counter                                 <ws>#counter#<name> / <window>                 1w
//	a verification                            <ws>#verification#<id> / @                     1r
//
// Units per flow, asserted by the flow tests against the embedded database. The
// audit trail's indexes are up to three writes more than design.md §6 counts
// wherever an entry is written, "+n audit" below: one by what it is about ("list
// it per invitation and per workspace", issue 2), one by who did it, if that is
// a person or an API key, and one by its account, if it has one ("listable by
// person, account and time", issue 4). Each is a question of its own at 100,000
// entries, and one index write is its cheapest answer. An entry of several
// accounts, as that of an invitation for them, is copied for each beyond the
// first: 2 + 1.
//
// What can be found by address or name (row B12) has one index write for each of
// the two when it is made or called otherwise, and none when anything else changes,
// "+n find" below: an invitation 2, a contact 1, an identity with a name 1, a join
// request 2. A test client (row T6) costs one more, and so does each mail to it or
// about it: staff see them together, and all of it can be removed. Keys alone stand there, since writes are many and searches few.
//
//	create     16 + 3 (+3 audit, +2 find, invitation, mailbox, grant, message, audit, idempotency; the list of who has
//	           +1 pending list,          not come yet (row T10) is in their order by one index write more, and none else;
//	           +1 due)                   the account is due to be derived from its grants (T11), 1 more for a new account;
//	                                     1r what is noted of addresses like it (mission.md pain 9), 2 to note one that
//	                                     has a plus tag or Gmail's dots, once;
//	                                     the seat and the role's count, which no race may pass (row Z19), are 4 more
//	                                     than design.md §6 counts: 12 for a contact who sits in the role already. In
//	                                     bulk a count is written once a transaction. Reads 3 more: role, count, seat
//	seats      4, 3r                     whatever else gives one up or takes one: a decline, a cancel, an expiry, a
//	                                     reopening, a switch, an approval; another role is both: 8
//	grant      2 (+3), 3r more than the  the role's count of the grants that name it: of a grant and the role's deletion
//	           grant and its entry       one must lose (rows Z15, Z16). A join link 2 more for the same
//	move of    14, then for each seat 4, role, two counts, workspace, job, part, audit; then the job, of which each step is
//	a role     for each grant 6 + 1      a transaction: seat there and here; grant, audit, line of the report. The two
//	           (+3), for each account    counts once a transaction. Each account is read by one query
//	           1 query
//	assess     1 + 1 each grant written  and 1 + 2 for each of standing and place by last sign-in that changed; 4r and half
//	                                     a read for each of the account's grants and people
//	deliver    9, 2r (+0.5e)             claim 1, two caps 2, outcome 2+2 and 2 index writes; what is read says
//	                                     whether the mail is still wanted: the invitation and the mailbox
//	                                     The half is the workspace, of a firm with a look of its own (row B14), whose footer
//	                                     in each message would cost its writes a unit each
//	delivered  2                         invitation and its list entry
//	remind     6 + 3 (+2 audit)          invitation, message, audit; then deliver
//	resend     8 + 3 (+3, +2 pending)    invitation, message, audit, and the grants, which stand in the pending list by when
//	                                     they were last sent: 2 + 2 each
//	accept     14 + 4 (+3, +1 members,   invitation, mailbox, grant, identity, session, audit, message;
//	           +1 pending, +1 find)      the members list (row F4) is one index write more, and so is leaving that
//	                                     of who has not come yet (T10). Reads 4 in 3
//	                                     calls: message and workspace 1 (eventually), invitation and
//	                                     mailbox 2, grant and inviter 1 (eventually; what is written of
//	                                     them is written under the version read). Each further grant is
//	                                     2 writes and half a read more, a known identity half a read
//	join       24 + 3 (+3, +2 find)      link, mailbox, identity, account, its link, contact, grant, session,
//	                                     verification, audit, seat and count; the try 1; the code before it:
//	                                     verification, message 4 + 1; 2r, of which one says whether the address is a
//	                                     test client's, with whom the mail goes (row T6)
//	expire     12 + 4 (+2)               invitation, mailbox, audit, message, seat and count; reads of grant, role, seat
//	digest     4 + 1 (2 + 1 each note)   in place of a message, a note costs who accepts, declines or expires the same: 2 + 1. Once a
//	                                     day: the digest, up to 4 KB for 40 names (8 units), and each note away. Above 98 notes they
//	                                     are folded first, 98 in one, so that they need no second day; reads 2 and a query a round
//	change of a name or address          2 more than the change: what the trail may not hold stands in the
//	                                     history of the contact or identity (design.md §6)
//	deactivate 4 (+1 members, +2), 1r    identity, audit; the same for each of many, of whom one transaction takes 49
//	promote    4 (+2 lists, +2), 4r      identity, audit; the workspace 2 for an admin; each grant that goes off 4 (+3).
//	                                     Reads: identity, workspace, mailbox, portals, grants
//	leave      10 + 4 (+2 audit), 3r     identity, workspace, audit, job and its part (computed); always the workspace, so that of
//	                                     two who name each other one is asked again. Then the job: a query for each 50 accounts and one each,
//	                                     and 4 to 6 (+3) for each thing that is handed over, with its entry in the report
//	remove     10 + 3 (+3 audit), 3r     contact, mailbox, job and its part, audit; 2 more for its identity, whose sessions end (row T6).
//	                                     Then the job: each step 3r and up to 7 queries, 4 for the job and 2 (+ its indexes) for each
//	                                     thing that goes, 40 to a transaction; the same once more after two minutes
//	switches   4 (+3)                    grant, audit for each of many; 2 more for each person whose sessions end. One
//	                                     transaction takes 49 grants, so that a bulk of 1,000 takes 21 (computed); 24 where seats move
//	                                     (another role: 42). Read in batches of 100, and all of an account's by one query for 500
//	sign in    8 (+2), 7r                session, audit 4 (on another day the grant, 2 + 1: T8); two counters of failures, counted before the password is
//	                                     looked at, so that guesses in parallel count, and taken away again 2 + 2.
//	                                     Reads: workspace, identity, mailbox, portals, grant, contact, and the
//	                                     network's failures, which bound one password on many accounts; each
//	                                     further account 1. Refused: 3 and 5r, whether or not the address is known
//	           Staff with a second factor: 2 (+1 staff) more for the identity, which knows the last code
//	second     8 (+1 staff, +1)          identity, session, message, audit to set it up; 6 without the session to take it away
//	factor                               or reset it, 4 for other recovery codes. Read: session, identity, workspace, mailbox;
//	                                     counters as for signing in
//	by         as inviting, delivering and accepting by a link; deliver 1 more, the temporary password's hash at the
//	credentials mailbox, and the first password 4r and three counters more, as signing in
//	code       4 + 1, then deliver; 4    verification, message; for nobody, a second verification in the message's place. One
//	                                     count 1; reads 4: workspace, identity, mailbox, portals. Confirmed: as signing in,
//	                                     with the verification in place of the counters
//
// To these the door adds its own, once a request: the limit of a public row 1w, the idempotency record 1r and 2w, a
// session with its identity 2r. infra/local/units_test.go asserts the sums.
import (
	"fmt"
	"hash/fnv"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/access"
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
	"portero/shared/domain/job"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/look"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/search"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/standing"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// self is the sort key of an aggregate in its own partition.
const self = "@"

// historyPrefix begins the sort keys of what happened to an aggregate, in its
// own partition.
const (
	historyPrefix = "history" + schema.Sep
	alikeSort     = "alike"
)

// dueShards spreads due keys so that a bulk of thousands does not meet the
// 1,000 writes a second of one partition
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html).
const dueShards = 4

// keys are an item's keys: its own, and its places in the indexes, if any.
type keys struct {
	pk, sk   string
	lpk, lsk string    // list
	fpk, ask string    // address; the identifier is not in it, so that items stay within a kilobyte
	nsk      string    // name, in the same partition
	dpk, dsk string    // due
	spk      string    // subject, of audit
	apk, cpk string    // doer and place, of audit
	rubbish  time.Time // when TTL may remove the item; zero: never
}

func (k keys) stamp(item Item) {
	for name, value := range map[string]string{
		schema.PK: k.pk, schema.SK: k.sk, schema.ListPK: k.lpk, schema.ListSK: k.lsk,
		schema.FindPK: k.fpk, schema.AddrSK: k.ask, schema.NameSK: k.nsk,
		schema.DuePK: k.dpk, schema.DueSK: k.dsk, schema.SubjPK: k.spk, schema.DoerPK: k.apk, schema.PlacePK: k.cpk,
	} {
		if value != "" {
			item[name] = text(value)
		}
	}
	if !k.rubbish.IsZero() {
		item[schema.TTLAttr] = &types.AttributeValueMemberN{Value: strconv.FormatInt(k.rubbish.Unix(), 10)}
	}
}

func (k keys) primary() Item { return Item{schema.PK: text(k.pk), schema.SK: text(k.sk)} }

// family is how one type of record is stored.
type family struct {
	kind  schema.Kind
	table schema.Name
	keys  func(record any) keys
}

func of[T any](kind schema.Kind, table schema.Name, k func(T) keys) (reflect.Type, family) {
	return reflect.TypeFor[T](), family{kind, table, func(r any) keys { return k(r.(T)) }}
}

func in(ws id.Workspace, kind schema.Kind, rest ...string) string {
	return strings.Join(append([]string{string(ws), string(kind)}, rest...), schema.Sep)
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// dueKey returns the due index key of something a job must look at.
func dueKey(job string, at time.Time, ws id.Workspace, thing string) (string, string) {
	if at.IsZero() {
		return "", ""
	}
	h := fnv.New32a()
	h.Write([]byte(thing))
	return duePartition(job, int(h.Sum32()%dueShards)), strings.Join([]string{instant(at), string(ws), thing}, schema.Sep)
}

func duePartition(job string, shard int) string {
	return strings.Join([]string{"due", job, strconv.Itoa(shard)}, schema.Sep)
}

// nameKey is how people are sorted and found: by what they are called, then by
// identifier.
func nameKey(name, unique string) string { return search.Key(name) + schema.Sep + unique }

func workspaceKeys(ws id.Workspace) keys { return keys{pk: in(ws, schema.Workspace), sk: self} }
func logoKeys(ws id.Workspace) keys      { return keys{pk: in(ws, schema.Logo), sk: self} }
func portalKeys(ws id.Workspace, p id.Portal) keys {
	return keys{pk: in(ws, schema.Portal), sk: string(p)}
}
func portalNameKeys(name string) keys {
	return keys{pk: string(schema.PortalName) + schema.Sep + name, sk: self}
}
func roleKeys(ws id.Workspace, r id.Role) keys { return keys{pk: in(ws, schema.Role), sk: string(r)} }

// seatKeys are a contact's seat in a role, seatCountKeys how many there are: both
// in the role's own partition, so that one role's seats are one query.
func seatKeys(ws id.Workspace, k seat.Key) keys {
	return keys{pk: in(ws, schema.Seat, string(k.Role)), sk: string(k.Contact)}
}
func seatCountKeys(ws id.Workspace, r id.Role) keys {
	return keys{pk: in(ws, schema.Seat, string(r)), sk: self}
}
func accountKeys(ws id.Workspace, a id.Account) keys {
	return keys{pk: in(ws, schema.Account, string(a)), sk: self}
}
func standingKeys(ws id.Workspace, a id.Account) keys {
	return keys{pk: in(ws, schema.Standing, string(a)), sk: self}
}
func seenKeys(ws id.Workspace, a id.Account) keys {
	return keys{pk: in(ws, schema.Standing, string(a)), sk: "seen"}
}

// lastKey is how accounts are listed by their last sign-in, those never signed in
// before all.
func lastKey(last time.Time, a id.Account) string {
	at := never
	if !last.IsZero() {
		at = instant(last)
	}
	return at + schema.Sep + string(a)
}
func linkKeys(ws id.Workspace, a id.Account, c id.Contact) keys {
	return keys{pk: in(ws, schema.Account, string(a)), sk: "contact" + schema.Sep + string(c)}
}
func grantKeys(ws id.Workspace, g grant.Key) keys {
	return keys{pk: in(ws, schema.Account, string(g.Account)), sk: strings.Join([]string{"grant", string(g.Contact), string(g.Portal)}, schema.Sep)}
}

// externalKeys are of what another system calls an account or a contact.
func externalKeys(ws id.Workspace, of schema.Kind, external string) keys {
	return keys{pk: in(ws, schema.External, string(of), external), sk: self}
}
func contactKeys(ws id.Workspace, c id.Contact) keys {
	return keys{pk: in(ws, schema.Contact, string(c)), sk: self}
}
func mailboxKeys(ws id.Workspace, k email.Key) keys {
	return keys{pk: in(ws, schema.Mailbox, string(k)), sk: self}
}

// alikeKeys are a note beside the mailbox of that form.
func alikeKeys(ws id.Workspace, variant email.Key) keys {
	return keys{pk: in(ws, schema.Mailbox, string(variant)), sk: alikeSort}
}
func identityKeys(ws id.Workspace, i id.Identity) keys {
	return keys{pk: in(ws, schema.Identity, string(i)), sk: self}
}
func invitationKeys(ws id.Workspace, i id.Invitation) keys {
	return keys{pk: in(ws, schema.Invitation, string(i)), sk: self}
}

// sentKey is how invitations are listed: by when they were last sent.
func sentKey(i invitation.Invitation) string { return instant(i.SentAt) + schema.Sep + string(i.ID) }

// pendingKey is how those are listed who have not come yet (row T10): by when
// they were last sent to, those never sent to before all; then what one person
// was offered together.
func pendingKey(g grant.Grant) string {
	sent, offer := never, string(g.Contact)
	if g.Invitation != "" {
		sent, offer = instant(g.SentAt), string(g.Invitation)
	}
	return strings.Join([]string{sent, offer, string(g.Portal), string(g.Contact), string(g.Account)}, schema.Sep)
}

// never sorts before every instant.
const never = "-"

func messageKeys(ws id.Workspace, m id.Message) keys {
	return keys{pk: in(ws, schema.Message, string(m)), sk: self}
}

// noteKeys lie among the messages: a note takes the place of one. All of a
// reader's lie together.
func noteKeys(ws id.Workspace, to id.Identity, n id.Message) keys {
	return keys{pk: in(ws, schema.Message, string(to)), sk: notePrefix + string(n)}
}

// notePrefix begins the sort keys of what waits for somebody's digest.
const notePrefix = "note" + schema.Sep

func joinLinkKeys(ws id.Workspace, l id.JoinLink) keys {
	return keys{pk: in(ws, schema.JoinLink), sk: string(l)}
}
func joinRequestKeys(ws id.Workspace, r id.JoinRequest) keys {
	return keys{pk: in(ws, schema.JoinRequest, string(r)), sk: self}
}
func jobKeys(ws id.Workspace, j id.Job) keys {
	return keys{pk: in(ws, schema.Job, string(j)), sk: self}
}

// partKeys gives each part a partition of its own, so that 5 MB of them do not
// meet the 1,000 writes a second of one.
func partKeys(ws id.Workspace, j id.Job, n int) keys {
	return keys{pk: in(ws, schema.Job, string(j), strconv.Itoa(n)), sk: self}
}

// entryPrefix begins the sort keys of a job's entries; their numbers sort.
const entryPrefix = "line" + schema.Sep

func entryKeys(ws id.Workspace, j id.Job, n int) keys {
	return keys{pk: in(ws, schema.Job, string(j)), sk: entryPrefix + fmt.Sprintf("%08d", n)}
}
func sessionKeys(ws id.Workspace, i id.Identity, s id.Session) keys {
	return keys{pk: in(ws, schema.Session, string(i)), sk: string(s)}
}
func apiKeyKeys(ws id.Workspace, k id.APIKey) keys {
	return keys{pk: in(ws, schema.APIKey), sk: string(k)}
}

// keyUseKeys lie among the sessions: to be in use is all that they are.
func keyUseKeys(ws id.Workspace, k id.APIKey) keys {
	return keys{pk: in(ws, schema.Session, string(k)), sk: self}
}
func verificationKeys(ws id.Workspace, v id.Verification) keys {
	return keys{pk: in(ws, schema.Verification, string(v)), sk: self}
}
func idempotencyKeys(ws id.Workspace, hash string) keys {
	return keys{pk: in(ws, schema.Idempotency, hash), sk: self}
}
func counterKeys(ws id.Workspace, name, window string) keys {
	return keys{pk: in(ws, schema.Counter, name), sk: window}
}

// auditKeys lists an entry by its subject, by who did it, if that is somebody,
// and by its account, if it has one.
func auditKeys(e audit.Entry) keys {
	k := keys{pk: in(e.Workspace, schema.AuditEntry), sk: string(e.ID),
		spk: in(e.Workspace, schema.AuditEntry, e.Subject), rubbish: e.At.Add(audit.Retention)}
	if strings.Contains(e.Actor, "_") { // an identifier, not a kind
		k.apk = in(e.Workspace, schema.AuditEntry, e.Actor)
	}
	if e.Account != "" {
		k.cpk = in(e.Workspace, schema.AuditEntry, string(e.Account))
	}
	return k
}

// auditAlsoKeys are those of an entry's copy at one more account: it is in no
// index but that account's.
func auditAlsoKeys(ws id.Workspace, e id.Audit, a id.Account, at time.Time) keys {
	return keys{pk: in(ws, schema.AuditEntry, "also"), sk: string(e) + schema.Sep + string(a),
		cpk: in(ws, schema.AuditEntry, string(a)), rubbish: at.Add(audit.Retention)}
}

// rubbishGrace is how long after its end an item is kept before TTL may take
// it, so that a late reader still learns that it is over (chosen).
const rubbishGrace = 24 * time.Hour

// families lists how every type of record is stored: one line each.
var families = func() map[reflect.Type]family {
	all := map[reflect.Type]family{}
	add := func(t reflect.Type, f family) { all[t] = f }
	add(of(schema.Workspace, schema.Core, func(w workspace.Workspace) keys { return workspaceKeys(w.ID) }))
	add(of(schema.Logo, schema.Core, func(l look.Logo) keys { return logoKeys(l.Workspace) }))
	add(of(schema.Portal, schema.Core, func(p portal.Portal) keys { return portalKeys(p.Workspace, p.ID) }))
	add(of(schema.PortalName, schema.Core, func(n portal.Name) keys { return portalNameKeys(n.Name) }))
	add(of(schema.Role, schema.Core, func(r role.Role) keys { return roleKeys(r.Workspace, r.ID) }))
	add(of(schema.Seat, schema.Core, func(one seat.Seat) keys {
		return seatKeys(one.Workspace, seat.Key{Role: one.Role, Contact: one.Contact})
	}))
	add(of(schema.Seat, schema.Core, func(c seat.Change) keys { return seatCountKeys(c.Workspace, c.Role) }))
	add(of(schema.Seat, schema.Core, func(c seat.Count) keys { return seatCountKeys(c.Workspace, c.Role) }))
	add(of(schema.Account, schema.Core, func(a account.Account) keys {
		k := accountKeys(a.Workspace, a.ID)
		k.lpk, k.lsk = in(a.Workspace, schema.Account), nameKey(a.Name, string(a.ID))
		if !a.Assessed {
			k.dpk, k.dsk = dueKey(standing.Job, a.CreatedAt, a.Workspace, string(a.ID))
		}
		return k
	}))
	add(of(schema.Account, schema.Core, func(l account.Link) keys { return linkKeys(l.Workspace, l.Account, l.Contact) }))
	add(of(schema.Account, schema.Core, func(g grant.Grant) keys {
		k := grantKeys(g.Workspace, g.Key())
		if g.Pending() {
			k.lpk, k.lsk = in(g.Workspace, schema.Pending), pendingKey(g)
		}
		k.dpk, k.dsk = dueKey(standing.Job, g.Due(), g.Workspace, string(g.Account))
		return k
	}))
	add(of(schema.Standing, schema.Core, func(s standing.Standing) keys {
		k := standingKeys(s.Workspace, s.Account)
		k.lpk, k.lsk = in(s.Workspace, schema.Standing, string(s.State)), lastKey(s.LastAt, s.Account)
		return k
	}))
	add(of(schema.Standing, schema.Core, func(s standing.Seen) keys {
		k := seenKeys(s.Workspace, s.Account)
		k.lpk, k.lsk = in(s.Workspace, schema.Standing), lastKey(s.LastAt, s.Account)
		return k
	}))
	add(of(schema.Contact, schema.Core, func(c contact.Contact) keys {
		k := contactKeys(c.Workspace, c.ID)
		k.lpk, k.lsk = in(c.Workspace, schema.Contact), nameKey(c.Name+" "+string(c.Address), string(c.ID))
		k.fpk, k.ask = k.lpk, search.Key(string(c.Address))
		if c.Test { // test clients alone stand in the index by name (row T6)
			k.nsk = search.Key(c.Name + " " + string(c.Address))
		}
		return k
	}))
	add(of(schema.External, schema.Core, func(e account.External) keys { return externalKeys(e.Workspace, schema.Account, e.ExternalID) }))
	add(of(schema.External, schema.Core, func(e contact.External) keys { return externalKeys(e.Workspace, schema.Contact, e.ExternalID) }))
	add(of(schema.Contact, schema.Core, func(h contact.History) keys {
		return keys{pk: in(h.Workspace, schema.Contact, string(h.Contact)), sk: historyPrefix + string(h.Entry)}
	}))
	add(of(schema.Identity, schema.Core, func(h identity.History) keys {
		return keys{pk: in(h.Workspace, schema.Identity, string(h.Identity)), sk: historyPrefix + string(h.Entry)}
	}))
	add(of(schema.Mailbox, schema.Core, func(m mailbox.Mailbox) keys { return mailboxKeys(m.Workspace, m.Key) }))
	add(of(schema.Mailbox, schema.Core, func(a mailbox.Alike) keys { return alikeKeys(a.Workspace, a.Variant) }))
	add(of(schema.Identity, schema.Core, func(i identity.Identity) keys {
		k := identityKeys(i.Workspace, i.ID)
		k.dpk, k.dsk = dueKey(standing.Job, i.Assess, i.Workspace, string(i.ID))
		switch {
		case i.Level != access.None:
			k.lpk, k.lsk = in(i.Workspace, "staff"), nameKey(string(i.Address), string(i.ID))
		case i.Member:
			k.lpk, k.lsk = in(i.Workspace, "member"), nameKey(string(i.Address), string(i.ID))
		}
		k.fpk, k.nsk = k.lpk, search.Key(i.Name)
		return k
	}))
	add(of(schema.Invitation, schema.Core, func(i invitation.Invitation) keys {
		k := invitationKeys(i.Workspace, i.ID)
		k.lpk, k.lsk = in(i.Workspace, schema.Invitation, string(i.State)), sentKey(i)
		k.fpk, k.ask, k.nsk = in(i.Workspace, schema.Invitation), search.Key(string(i.Address)), search.Key(i.Name)
		k.dpk, k.dsk = dueKey(i.Next.Job, i.Next.At, i.Workspace, string(i.ID))
		return k
	}))
	add(of(schema.Invitation, schema.Core, func(h invitation.History) keys {
		return keys{pk: in(h.Workspace, schema.Invitation, string(h.Invitation)), sk: historyPrefix + string(h.Entry)}
	}))
	add(of(schema.Message, schema.Core, func(m message.Message) keys {
		k := messageKeys(m.Workspace, m.ID)
		k.dpk, k.dsk = dueKey(message.JobRedeliver, m.Due, m.Workspace, string(m.ID))
		if m.Test != "" {
			k.lpk, k.lsk = in(m.Workspace, schema.Message, string(m.Test)), string(m.ID)
		}
		return k
	}))
	add(of(schema.Message, schema.Core, func(n message.Note) keys {
		k := noteKeys(n.Workspace, n.To, n.ID)
		k.dpk, k.dsk = dueKey(message.JobDigest, n.Due, n.Workspace, string(n.To))
		return k
	}))
	add(of(schema.JoinLink, schema.Core, func(l joinlink.JoinLink) keys { return joinLinkKeys(l.Workspace, l.ID) }))
	add(of(schema.JoinLink, schema.Core, func(u joinlink.Use) keys { return joinLinkKeys(u.Workspace, u.Link) }))
	add(of(schema.JoinRequest, schema.Core, func(r joinlink.Request) keys {
		k := joinRequestKeys(r.Workspace, r.ID)
		k.lpk, k.lsk = in(r.Workspace, schema.JoinRequest, string(r.State)), instant(r.CreatedAt)+schema.Sep+string(r.ID)
		k.fpk, k.ask, k.nsk = in(r.Workspace, schema.JoinRequest), search.Key(string(r.Address)), search.Key(r.Name)
		return k
	}))
	add(of(schema.Job, schema.Core, func(j job.Job) keys {
		k := jobKeys(j.Workspace, j.ID)
		k.lpk, k.lsk = in(j.Workspace, schema.Job), instant(j.CreatedAt)+schema.Sep+string(j.ID)
		k.dpk, k.dsk = dueKey(job.Clock, j.Due, j.Workspace, string(j.ID))
		return k
	}))
	add(of(schema.Job, schema.Core, func(p job.Part) keys { return partKeys(p.Workspace, p.Job, p.Number) }))
	add(of(schema.Job, schema.Core, func(e job.Entry) keys { return entryKeys(e.Workspace, e.Job, e.Number) }))
	add(of(schema.AuditEntry, schema.Audit, auditKeys))
	add(of(schema.AuditEntry, schema.Audit, func(a audit.Also) keys { return auditAlsoKeys(a.Workspace, a.ID, a.Account, a.At) }))
	add(of(schema.Session, schema.Ephemera, func(s session.Session) keys {
		k := sessionKeys(s.Workspace, s.Identity, s.ID)
		k.rubbish = s.ExpiresAt.Add(rubbishGrace)
		return k
	}))
	add(of(schema.APIKey, schema.Core, func(k apikey.Key) keys { return apiKeyKeys(k.Workspace, k.ID) }))
	add(of(schema.Session, schema.Ephemera, func(u apikey.Use) keys {
		k := keyUseKeys(u.Workspace, u.Key)
		k.rubbish = u.ExpiresAt.Add(rubbishGrace)
		return k
	}))
	add(of(schema.Verification, schema.Ephemera, func(v verification.Verification) keys {
		k := verificationKeys(v.Workspace, v.ID)
		k.rubbish = v.ExpiresAt.Add(rubbishGrace)
		return k
	}))
	add(of(schema.Idempotency, schema.Ephemera, func(r idempotency.Record) keys {
		k := idempotencyKeys(r.Workspace, r.Hash)
		k.rubbish = r.At.Add(idempotency.Life)
		return k
	}))
	return all
}()
