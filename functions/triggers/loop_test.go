//go:build !rehearsal

package triggers_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"portero/functions/jobs"
	"portero/functions/triggers"
	"portero/infra/local/standin/ses"
	"portero/infra/local/standin/stream"
	"portero/shared/app"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/outbox"
)

// TestDeliveryNeverWakesItself reads the stream of everything that delivering,
// redelivering and feedback write, over every kind of mail and outcome, and
// hands each record to triggers/deliver: only what a request, a job or a notice
// queued is taken for a mail, each once (Lambda's guard against loops does not
// see DynamoDB streams; reliability C).
func TestDeliveryNeverWakesItself(t *testing.T) {
	b := outbox.Deaf(t)
	queued := map[string]bool{}
	note := func(m message.Message) message.Message { queued[string(m.ID)] = true; return m }
	for n, kind := range message.Kinds() {
		var m message.Message
		switch {
		case kind == message.Code:
			m = b.Verification("code@empresa.example").Letter(b.Firm, b.Now())
			b.Insert(m)
		case kind.ToInvitee():
			_, m = b.Invite(string(rune('a'+n)) + "@empresa.example")
		default:
			m = b.Letter(kind, string(rune('a'+n))+"@firm.example")
		}
		note(m)
		b.Faulty([]ses.Fault{ses.None, ses.Throttle, ses.Refuse, ses.Fail, ses.Lose}[n%5])
		deliver(b, m)
		hear(b, about(m, "Delivery", arrived))
		b.Advance(3 * time.Minute)
		b.At(jobs.Redeliver, b.Now(), nil)
		if kind == message.Invitation { // the one that tells the inviter
			hear(b, about(m, "Bounce", hard))
		}
	}
	taken := map[string]int{}
	for _, r := range everyRecord(t, b) {
		var d triggers.Delivered
		fresh := r.Change.NewImage["id"].String()
		if err := b.Call(context.Background(), triggers.Deliver, events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{r}}, &d); err != nil {
			t.Fatal(err)
		}
		if d.Foreign == 0 {
			taken[fresh]++
			if queued[fresh] && d.Counts[app.MailSent] != 0 {
				t.Errorf("a mail that was dealt with went out again")
			}
		}
	}
	for m, n := range taken {
		if n != 1 {
			t.Errorf("%s was taken for a new mail %d times", m, n)
		}
		delete(queued, m)
	}
	if len(queued) != 0 || len(taken) != len(message.Kinds())+1 {
		t.Errorf("%d mails were queued and the notice of the bounce, %d taken, %d not seen", len(message.Kinds()), len(taken), len(queued))
	}
}

// everyRecord reads the whole stream of core, without a filter.
func everyRecord(t *testing.T, b *outbox.Bench) []events.DynamoDBEventRecord {
	t.Helper()
	c := b.Local().Config()
	table := aws.String(c.Tables[schema.Core])
	client := dynamodb.New(dynamodb.Options{Region: c.Region, Credentials: c.Credentials, BaseEndpoint: aws.String(c.DynamoDB)})
	described, err := client.DescribeTable(context.Background(), &dynamodb.DescribeTableInput{TableName: table})
	if err != nil {
		t.Fatal(err)
	}
	var all []events.DynamoDBEventRecord
	p := stream.Poller{
		Client:    dynamodbstreams.New(dynamodbstreams.Options{Region: c.Region, Credentials: c.Credentials, BaseEndpoint: aws.String(c.DynamoDB)}),
		StreamARN: aws.ToString(described.Table.LatestStreamArn),
		Handle: func(_ context.Context, raw []byte) ([]byte, error) {
			var e events.DynamoDBEvent
			err := json.Unmarshal(raw, &e)
			all = append(all, e.Records...)
			return nil, err
		},
	}
	if _, err := p.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	return all
}
