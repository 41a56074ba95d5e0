//go:build rehearsal

package functions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/functions"
	"portero/infra/local"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// TestWhatFailsForGoodIsPutInItsQueue makes every function that nobody waits for
// fail whenever it is called: the event ends in the queue that its template
// names, as its role lets Lambda put it there.
func TestWhatFailsForGoodIsPutInItsQueue(t *testing.T) {
	w := testkit.New(t)
	s := w.Rehearsal()
	for _, row := range functions.Rows() {
		var happens func()
		name := row.Base().Name
		switch row := row.(type) {
		case contract.Job:
			happens = func() { _, _ = s.Tick(context.Background(), name, w.Now()) } // its error is the failure
		case contract.Trigger:
			happens = map[contract.Source]func(){
				contract.Outbox:       func() { invite(w, name+"@client.example") },
				contract.MailEvents:   func() { invite(w, "bounce@simulator.amazonses.com") },
				contract.AuditChanges: func() { tamper(w) },
			}[row.Source]
		default:
			continue
		}
		t.Run(name, func(t *testing.T) {
			queue, err := s.FailureQueue(name)
			if err != nil {
				t.Fatal(err)
			}
			before, times := s.Failed(queue), ran(w, name)
			s.SetFailing(name)
			happens()
			s.SetFailing()
			if s.Failed(queue) == before || ran(w, name) != times {
				t.Errorf("%d events in %s, %d before", s.Failed(queue), queue, before)
			}
		})
	}
	t.Run("what the stream lost is mailed by the clock, an invitation, a code and a temporary password", func(t *testing.T) {
		link := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal}).OK()
		_, token, _ := strings.Cut(link.String("url"), "#")
		s.SetFailing("triggers/deliver")
		w.Anonymous().Post("/v1/joinlinks/join", map[string]any{"token": token, "address": "code@client.example", "password": testkit.Password}).OK()
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "by": "credentials", "lines": []any{map[string]any{"address": "temporary@client.example"}}}).OK()
		w.Settle()
		s.SetFailing()
		w.Advance(2 * time.Minute)
		w.Tick("jobs/redeliver")
		for _, address := range []string{"triggers/deliver@client.example", "code@client.example", "temporary@client.example"} {
			if n := len(w.MailTo(address)); n != 1 {
				t.Errorf("%s: %d mails", address, n)
			}
		}
		w.CodeIn(w.LastMailTo("code@client.example"))
	})
}

func invite(w *testkit.World, address string) {
	w.T.Helper()
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []map[string]any{{"address": address}}}).OK()
	w.Settle()
}

func TestSomebodyWhoChangesTheAuditTrailSetsTheAlarmOff(t *testing.T) {
	w := testkit.New(t)
	w.Settle()
	if n := ran(w, "triggers/tamper"); n != 0 {
		t.Fatalf("entries that are only added called it %d times", n)
	}
	tamper(w)
	if ran(w, "triggers/tamper") == 0 {
		t.Error("nobody was told")
	}
}

// ran is how often a row's function was handed an event.
func ran(w *testkit.World, row string) int { return len(w.Rehearsal().Measured()[row].Durations) }

// tamper changes an entry and removes another, as somebody could who has the
// table itself.
func tamper(w *testkit.World) {
	w.T.Helper()
	w.Tampered = true
	ctx, client := context.Background(), local.DatabaseClient(w.System.Database())
	table := w.System.Tables()[schema.Audit]
	found, err := client.Scan(ctx, &dynamodb.ScanInput{TableName: &table})
	if err != nil || len(found.Items) < 2 {
		w.T.Fatalf("%d entries, %v", len(found.Items), err)
	}
	key := func(i map[string]types.AttributeValue) map[string]types.AttributeValue {
		return map[string]types.AttributeValue{"pk": i["pk"], "sk": i["sk"]}
	}
	_, err = client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &table, Key: key(found.Items[0]), UpdateExpression: aws.String("SET actor = :somebody"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":somebody": &types.AttributeValueMemberS{Value: "idn_somebody"}},
	})
	if err == nil {
		_, err = client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &table, Key: key(found.Items[1])})
	}
	if err != nil {
		w.T.Fatal(err)
	}
	w.Settle()
}
