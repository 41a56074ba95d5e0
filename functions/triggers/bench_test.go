package triggers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/functions"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// bench is an outbox with real parts and no front door: what a test is about is
// committed to the store as a request would.
type bench struct {
	*testkit.World
	app       *app.App
	log       *strings.Builder
	workspace workspace.Workspace
	portal    portal.Portal
	inviter   identity.Identity
	spent     *spent
}

// spent adds up what calls consumed.
type spent struct {
	mu    sync.Mutex
	Table map[string]float64 // "TransactWriteItems core"
	Index float64
	Calls int
}

func (s *spent) add(c dynamo.Consumed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Calls++
	for name, units := range c.Table {
		s.Table[c.Call+" "+name[strings.LastIndex(name, "-")+1:]] += units
	}
	for _, units := range c.Index {
		s.Index += units
	}
}

func (s *spent) writes() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	total := s.Index
	for call, units := range s.Table {
		if !strings.HasPrefix(call, "GetItem") && !strings.HasPrefix(call, "BatchGet") && !strings.HasPrefix(call, "Query") {
			total += units
		}
	}
	return total
}

func (s *spent) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Table, s.Index, s.Calls = map[string]float64{}, 0, 0
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{World: testkit.Empty(t), spent: &spent{}, log: &strings.Builder{}}
	b.spent.reset()
	c := b.System.Config()
	c.Log = slog.New(slog.NewJSONHandler(b.log, nil))
	b.app = app.New(c, contract.Uses{Mail: true, Tables: []contract.Access{{Table: schema.Core}}})
	b.seed()
	b.app.Store.Meter = b.spent.add
	return b
}

func (b *bench) seed() {
	b.T.Helper()
	now := b.Now()
	settings := workspace.Defaults()
	settings.Zone, settings.Language = "Europe/Madrid", "es"
	w, err := workspace.New(id.New[id.Workspace](now), "Garrigues & Vega", settings, now)
	if err != nil {
		b.T.Fatal(err)
	}
	b.workspace = w
	b.portal = portal.Portal{ID: id.New[id.Portal](now), Workspace: w.ID, Name: "garrigues-vega", Title: "Clientes", CreatedAt: now}
	ana := parse(b.T, testkit.AdminAddress)
	b.inviter = identity.Identity{ID: identity.IDOf(w.ID, ana.Key()), Workspace: w.ID, Address: ana, Key: ana.Key(), Name: "Ana",
		Level: access.Admin, CreatedAt: now}
	b.insert(b.workspace, b.portal, b.inviter)
}

func parse(t testing.TB, address string) email.Address {
	t.Helper()
	a, err := email.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// insert commits new records in one transaction.
func (b *bench) insert(records ...any) {
	b.T.Helper()
	var set change.Set
	for _, r := range records {
		set.Insert(r)
	}
	if err := b.app.Store.Commit(context.Background(), set); err != nil {
		b.T.Fatal(err)
	}
}

// replace commits a record that was read.
func (b *bench) replace(record any) {
	b.T.Helper()
	var set change.Set
	set.Replace(record)
	if err := b.app.Store.Commit(context.Background(), set); err != nil {
		b.T.Fatal(err)
	}
}

// invite commits an invitation with its mail and its lock, as create does.
func (b *bench) invite(address string) (invitation.Invitation, message.Message) {
	b.T.Helper()
	now, to := b.Now(), parse(b.T, address)
	i := invitation.Invitation{
		ID: id.New[id.Invitation](now), Workspace: b.workspace.ID, Kind: invitation.Client, Portal: b.portal.ID,
		Address: to, Key: to.Key(), Language: "es", Zone: "Europe/Madrid", Validity: b.workspace.Settings.Validity,
		Reminders: b.workspace.Settings.Reminders, Inviter: b.inviter.ID, InviterName: b.inviter.Name, CreatedAt: now,
	}
	i, err := i.Send(id.New[id.Message](now), invitation.Terms{Policy: b.workspace.Settings.Policy}, now)
	if err != nil {
		b.T.Fatal(err)
	}
	m := i.Letter(i.Message, message.Invitation, b.workspace, b.portal, now)
	box := mailbox.Mailbox{Workspace: b.workspace.ID, Key: to.Key(), Address: to}.Hold(i.Portal, i.ID)
	b.insert(i, m, box)
	return b.invitation(i), b.message(m)
}

// notice commits a mail that is about no invitation.
func (b *bench) letter(kind message.Kind, address string) message.Message {
	b.T.Helper()
	now := b.Now()
	m := b.workspace.Letter(id.New[id.Message](now), kind, parse(b.T, address), "es", now)
	m.Model.Subject, m.Model.Until = "cliente@empresa.example", now.Add(24*time.Hour)
	b.insert(m)
	return b.message(m)
}

func (b *bench) message(m message.Message) message.Message {
	b.T.Helper()
	got, err := b.app.Store.Message(context.Background(), m.Workspace, m.ID)
	if err != nil {
		b.T.Fatal(err)
	}
	return got
}

func (b *bench) invitation(i invitation.Invitation) invitation.Invitation {
	b.T.Helper()
	got, err := b.app.Store.Invitation(context.Background(), i.Workspace, i.ID)
	if err != nil {
		b.T.Fatal(err)
	}
	return got
}

func (b *bench) mailbox(key email.Key) mailbox.Mailbox {
	b.T.Helper()
	got, err := b.app.Store.Mailbox(context.Background(), b.workspace.ID, key)
	if err != nil {
		b.T.Fatal(err)
	}
	return got
}

// call runs a function with the bench's app, whose capacity is counted.
func (b *bench) call(ctx context.Context, name string, event, answer any) error {
	b.T.Helper()
	f, ok := functions.Find(name)
	if !ok {
		b.T.Fatalf("no function %s", name)
	}
	payload, err := json.Marshal(event)
	if err != nil {
		b.T.Fatal(err)
	}
	out, err := f.Start(b.app)(ctx, payload)
	if err == nil && answer != nil {
		err = json.Unmarshal(out, answer)
	}
	return err
}

// delivered is triggers/deliver's answer.
type delivered struct {
	Failures   []events.DynamoDBBatchItemFailure `json:"batchItemFailures"`
	Counts     map[string]int                    `json:"counts"`
	Duplicates int                               `json:"duplicates"`
	Foreign    int                               `json:"foreign"`
}

// stream hands records of messages to triggers/deliver.
func (b *bench) stream(ctx context.Context, all ...message.Message) delivered {
	b.T.Helper()
	var event events.DynamoDBEvent
	for n, m := range all {
		event.Records = append(event.Records, queued(m, n))
	}
	var d delivered
	if err := b.call(ctx, "triggers/deliver", event, &d); err != nil {
		b.T.Fatal(err)
	}
	return d
}

// queued is the stream record of a message that was just queued.
func queued(m message.Message, n int) events.DynamoDBEventRecord {
	s := events.NewStringAttribute
	return events.DynamoDBEventRecord{EventName: "INSERT", Change: events.DynamoDBStreamRecord{
		SequenceNumber: fmt.Sprintf("%021d", n+1),
		NewImage: map[string]events.DynamoDBAttributeValue{
			"kind": s(string(schema.Message)), "delivery": s(string(message.Queued)), "ws": s(string(m.Workspace)), "id": s(string(m.ID)), "kind_of": s(string(m.Kind)),
		},
	}}
}

// sent counts the mails of a message that SES took.
func (b *bench) sent(m message.Message) int {
	return b.System.Mail().Count(ses.Filter{Tags: map[string]string{"message": string(m.ID)}})
}

// faulty makes the next sends go wrong, one by one, and those after them well.
func (b *bench) faulty(faults ...ses.Fault) {
	var mu sync.Mutex
	b.System.Mail().SetFault(func(_ int, action string) ses.Fault {
		mu.Lock()
		defer mu.Unlock()
		if action != "SendRawEmail" || len(faults) == 0 {
			return ses.None
		}
		f := faults[0]
		faults = faults[1:]
		return f
	})
}

// secondsLeft is a context that leaves a function so much time.
func secondsLeft(t *testing.T, n int) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(n)*time.Second)
	t.Cleanup(cancel)
	return ctx
}
