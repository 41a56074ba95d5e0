//go:build !rehearsal

package outbox

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local/standin/ses"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/verification"
	"portero/shared/dynamo/schema"
)

// Invite commits an invitation with its mail and its lock, as create does.
func (b *Bench) Invite(address string) (invitation.Invitation, message.Message) {
	b.T.Helper()
	now, to := b.Now(), b.Address(address)
	i := invitation.Invitation{
		ID: id.New[id.Invitation](now), Workspace: b.Firm.ID, Kind: invitation.Client, Portal: b.Door.ID,
		Address: to, Key: to.Key(), Language: "es", Zone: "Europe/Madrid", Validity: b.Firm.Settings.Validity,
		Reminders: b.Firm.Settings.Reminders, Inviter: b.Inviter.ID, InviterName: b.Inviter.Name, CreatedAt: now,
	}
	i, err := i.Send(id.New[id.Message](now), b.Terms(), now)
	if err != nil {
		b.T.Fatal(err)
	}
	m := i.Letter(i.Message, message.Invitation, b.Firm, b.Door, now)
	box := mailbox.Mailbox{Workspace: b.Firm.ID, Key: to.Key(), Address: to}.Hold(i.Portal, i.ID)
	b.Insert(i, m, box)
	return b.Invitation(i), b.Message(m)
}

// InvitationOf reads the invitation that a message is about.
func (b *Bench) InvitationOf(m message.Message) invitation.Invitation {
	b.T.Helper()
	return b.Invitation(invitation.Invitation{Workspace: m.Workspace, ID: m.Invitation})
}

// Verification commits an address being proved.
func (b *Bench) Verification(address string) verification.Verification {
	b.T.Helper()
	to := b.Address(address)
	v, _ := verification.Verification{Workspace: b.Firm.ID, Purpose: verification.Join, Address: to, Key: to.Key(), Language: "es"}.Begin(b.Now())
	b.Insert(v)
	v.Version = 1
	return v
}

// Terms are the firm's.
func (b *Bench) Terms() invitation.Terms {
	return invitation.Terms{Policy: b.Firm.Settings.Policy}
}

// Letter commits a mail that is about no invitation.
func (b *Bench) Letter(kind message.Kind, address string) message.Message {
	b.T.Helper()
	now := b.Now()
	m := b.Firm.Letter(id.New[id.Message](now), kind, b.Address(address), "es", now)
	m.Model.Subject, m.Model.Until = "cliente@empresa.example", now.Add(24*time.Hour)
	b.Insert(m)
	return b.Message(m)
}

// Message reads a message again.
func (b *Bench) Message(m message.Message) message.Message {
	b.T.Helper()
	got, err := b.App.Store.Message(context.Background(), m.Workspace, m.ID)
	return must(b.T, got, err)
}

// Invitation reads an invitation again.
func (b *Bench) Invitation(i invitation.Invitation) invitation.Invitation {
	b.T.Helper()
	got, err := b.App.Store.Invitation(context.Background(), i.Workspace, i.ID)
	return must(b.T, got, err)
}

// Mailbox reads what the firm knows of an address.
func (b *Bench) Mailbox(key email.Key) mailbox.Mailbox {
	b.T.Helper()
	got, err := b.App.Store.Mailbox(context.Background(), b.Firm.ID, key)
	return must(b.T, got, err)
}

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Out counts the mails of a message that SES took.
func (b *Bench) Out(m message.Message) int {
	return b.Gate.Count(ses.Filter{Tags: map[string]string{"message": string(m.ID)}})
}

// Record is the stream's record of a message that was just queued, the n-th of
// its batch.
func Record(m message.Message, n int) events.DynamoDBEventRecord {
	s := events.NewStringAttribute
	return events.DynamoDBEventRecord{EventName: "INSERT", Change: events.DynamoDBStreamRecord{
		SequenceNumber: fmt.Sprintf("%021d", n+1),
		NewImage: map[string]events.DynamoDBAttributeValue{
			"kind": s(string(schema.Message)), "delivery": s(string(message.Queued)), "ws": s(string(m.Workspace)),
			"id": s(string(m.ID)), "kind_of": s(string(m.Kind)),
		},
	}}
}

// Records is the stream's event of messages that were just queued.
func Records(all ...message.Message) events.DynamoDBEvent {
	var e events.DynamoDBEvent
	for n, m := range all {
		e.Records = append(e.Records, Record(m, n))
	}
	return e
}
