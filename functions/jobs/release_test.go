package jobs_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// parked is a world with a mail that waits since a restore. How it comes to wait
// is the restore drill's matter (infra/rehearsal/simulation).
func parked(t *testing.T) (w *testkit.World, invitation string) {
	t.Helper()
	w = testkit.New(t)
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []map[string]any{{"address": "lucia@empresa.example"}}}).OK()
	ctx, client, table := context.Background(), local.DatabaseClient(w.System.Database()), aws.String(w.System.Tables()[schema.Core])
	found, err := client.Scan(ctx, &dynamodb.ScanInput{TableName: table, ConsistentRead: aws.Bool(true), FilterExpression: aws.String("kind = :message AND delivery = :queued"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":message": &types.AttributeValueMemberS{Value: string(schema.Message)}, ":queued": &types.AttributeValueMemberS{Value: "queued"}}})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("%d queued, %v", len(found.Items), err)
	}
	if _, err := client.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: table, Key: map[string]types.AttributeValue{schema.PK: found.Items[0][schema.PK], schema.SK: found.Items[0][schema.SK]},
		UpdateExpression: aws.String("SET reason = :restored"), ExpressionAttributeValues: map[string]types.AttributeValue{":restored": &types.AttributeValueMemberS{Value: "restored"}}}); err != nil {
		t.Fatal(err)
	}
	w.Settle()
	if len(w.MailTo("lucia@empresa.example")) != 0 {
		t.Fatal("a mail that waits went out")
	}
	return w, r.String("lines.0.invitation")
}

func TestWhatWaitsSinceARestoreIsSentOnceReleased(t *testing.T) {
	w, _ := parked(t)
	for _, want := range []float64{1, 0} {
		var swept map[string]any
		w.Invoke("jobs/release", map[string]any{"drop": false}, &swept)
		if swept["done"] != want {
			t.Errorf("%v, want %v let go", swept, want)
		}
	}
	w.Tick("jobs/redeliver")
	if n := len(w.MailTo("lucia@empresa.example")); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestWhatWaitsSinceARestoreIsGivenUpWithItsReason(t *testing.T) {
	w, invitation := parked(t)
	w.Invoke("jobs/release", map[string]any{"drop": true}, nil)
	w.Tick("jobs/redeliver")
	shown := w.Admin.Get(w.Path("/invitations/" + invitation)).OK()
	if shown.String("delivery") != "failed" || shown.String("reason") != "restored" {
		t.Errorf("shown as %s, %s", shown.String("delivery"), shown.String("reason"))
	}
	if n := len(w.MailTo("lucia@empresa.example")); n != 0 {
		t.Errorf("%d mails", n)
	}
}
