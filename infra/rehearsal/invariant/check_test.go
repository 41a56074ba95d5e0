package invariant_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/infra/rehearsal/invariant"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

func set(name, value string) func(dynamo.Item) {
	return func(i dynamo.Item) { i[name] = &types.AttributeValueMemberS{Value: value} }
}

func drop(name string) func(dynamo.Item) { return func(i dynamo.Item) { delete(i, name) } }

// TestWhatCannotBeTrueIsSaid breaks one item at a time of a workspace where
// everything is well, and puts it back.
func TestWhatCannotBeTrueIsSaid(t *testing.T) {
	w := testkit.New(t)
	w.Invite("lucia@client.example", "marta@client.example")
	secret := w.TokenIn(w.LastMailTo("lucia@client.example"))
	w.AcceptMailed("lucia@client.example", testkit.Password)
	w.Admin.With("Content-Type", "text/csv").Post(w.Path("/imports"), "email\nrosa@client.example\n").OK()
	w.Settle()
	world := broken{t, w, local.DatabaseClient(w.System.Database())}
	if wrong := w.Invariants(invariant.Options{Settled: true, Secrets: []string{secret, testkit.Password}}); wrong != nil {
		t.Fatal(wrong)
	}
	for _, c := range []struct {
		what  string
		table schema.Name
		is    func(dynamo.Item) bool
		do    func(dynamo.Item) // nil: the item is taken away
		says  string
	}{
		{"an open invitation without its lock", schema.Core, kind(schema.Mailbox, "address", "marta@client.example"), drop("open"), "its door is held by"},
		{"a lock of an invitation that is over", schema.Core, kind(schema.Invitation, "state", "pending"), set("state", "cancelled"), "a mailbox has the door"},
		{"an invitation that nobody will look at", schema.Core, kind(schema.Invitation, "state", "pending"), drop(schema.DuePK), "the due index knows otherwise"},
		{"an account without a link to its contact", schema.Core, part("contact#"), nil, "does not know its contact"},
		{"a contact that is gone", schema.Core, kind(schema.Contact, "address", "marta@client.example"), nil, "does not know that it belongs"},
		{"a grant that is gone", schema.Core, part("grant#"), nil, "a grant at"},
		{"an identity that is gone", schema.Core, kind(schema.Identity, "address", "lucia@client.example"), nil, "which is not there or has another address"},
		{"a member whose invitation was not accepted", schema.Core, kind(schema.Invitation, "address", "lucia@client.example"), set("state", "declined"), "is a member and accepted no invitation"},
		{"a session of somebody deactivated", schema.Core, kind(schema.Identity, "address", "lucia@client.example"), set("deactivated", "2026-11-23T08:00:00Z"), "who is deactivated"},
		{"a session of another level", schema.Core, kind(schema.Identity, "address", testkit.AdminAddress), set("level", "member"), "has the level"},
		{"an invitation without its mail", schema.Core, kind(schema.Message, "kind_of", "invitation"), nil, "the outbox has 0 mails of it"},
		{"a mail that never went out", schema.Core, kind(schema.Message, "kind_of", "accepted"), set("id", "msg_01jd0h5m3w8q4v9x2c6k7n1t5z"), "never went out"},
		{"a mail that is queued for good", schema.Core, kind(schema.Message, "kind_of", "accepted"), func(i dynamo.Item) {
			set("delivery", "queued")(i)
			set("due", "2026-11-23T07:00:00Z")(i)
			set(schema.DuePK, "due#redeliver#0")(i)
			set(schema.DueSK, "2026-11-23T07:00:00Z#x#y")(i)
		}, "queued for good"},
		{"a mail to an address that was stopped", schema.Core, kind(schema.Mailbox, "address", "marta@client.example"), func(i dynamo.Item) {
			i["stop"] = &types.AttributeValueMemberM{Value: dynamo.Item{
				"reason": &types.AttributeValueMemberS{Value: "opted_out"}, "at": &types.AttributeValueMemberS{Value: "2026-11-22T08:00:00Z"}}}
		}, "that was stopped before"},
		{"a change that the trail does not know", schema.Audit, kind(schema.AuditEntry, "action", "invitation.accepted"), nil, "the trail says 0 times accepted"},
		{"an entry of what is not there", schema.Audit, kind(schema.AuditEntry, "action", "invitation.created"), set("subject", "inv_01jd0h5m3w8q4v9x2c6k7n1t5z"), "which is not there"},
		{"a readable secret", schema.Core, kind(schema.Contact, "address", "marta@client.example"), set("source", secret), "a secret stands readable"},
		{"a job's line without its entry", schema.Core, part("line#"), nil, "has done 1 lines, 0 have an entry"},
		{"a job that nobody will look at", schema.Core, kind(schema.Job, "state", "done"), drop(schema.DuePK), "nobody will look at the job"},
		{"an item of no kind", schema.Core, kind(schema.Contact, "address", "marta@client.example"), set(schema.KindAttr, "thing"), "cannot be read"},
	} {
		t.Run(c.what, func(t *testing.T) {
			item := world.find(c.table, c.is)
			world.replace(c.table, item, c.do)
			wrong := w.Invariants(invariant.Options{Settled: true, Secrets: []string{secret}})
			world.replace(c.table, item, func(dynamo.Item) {})
			if !strings.Contains(strings.Join(wrong, "\n"), c.says) {
				t.Errorf("want %q in %q", c.says, wrong)
			}
		})
	}
}

func TestASecretInALogLineIsSaid(t *testing.T) {
	w := testkit.New(t)
	secret := w.Admin.Token()
	line := `{"msg":"request","token":"` + secret + `"}`
	if wrong := w.Invariants(invariant.Options{Secrets: []string{secret}, Logs: []string{line}}); len(wrong) != 1 || strings.Contains(wrong[0], secret[len(secret)-43:]) {
		t.Errorf("%q", wrong)
	}
	if wrong := w.Invariants(invariant.Options{Secrets: []string{"12345678"}, Logs: []string{"at 112345678"}}); wrong != nil {
		t.Errorf("eight digits of a longer number are no code: %q", wrong)
	}
}

// broken is a world whose items are changed behind everybody's back.
type broken struct {
	t      *testing.T
	w      *testkit.World
	client *dynamodb.Client
}

func (b broken) find(table schema.Name, is func(dynamo.Item) bool) dynamo.Item {
	b.t.Helper()
	all, err := b.client.Scan(context.Background(), &dynamodb.ScanInput{TableName: aws.String(b.w.System.Tables()[table])})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, item := range all.Items {
		if is(item) {
			return item
		}
	}
	b.t.Fatal("there is no such item")
	return nil
}

// replace writes a changed copy of an item in its place; nil takes it away.
func (b broken) replace(table schema.Name, item dynamo.Item, do func(dynamo.Item)) {
	b.t.Helper()
	name := aws.String(b.w.System.Tables()[table])
	var err error
	if do == nil {
		_, err = b.client.DeleteItem(context.Background(), &dynamodb.DeleteItemInput{TableName: name, Key: dynamo.Item{schema.PK: item[schema.PK], schema.SK: item[schema.SK]}})
	} else {
		changed := dynamo.Item{}
		for k, v := range item {
			changed[k] = v
		}
		do(changed)
		_, err = b.client.PutItem(context.Background(), &dynamodb.PutItemInput{TableName: name, Item: changed})
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func kind(k schema.Kind, name, value string) func(dynamo.Item) bool {
	return func(i dynamo.Item) bool { return says(i, schema.KindAttr) == string(k) && says(i, name) == value }
}

func part(prefix string) func(dynamo.Item) bool {
	return func(i dynamo.Item) bool { return strings.HasPrefix(says(i, schema.SK), prefix) }
}

func says(i dynamo.Item, name string) string {
	if s, ok := i[name].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}
