//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/functions/jobs"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/outbox"
)

func redeliver(b *outbox.Bench, after time.Duration) jobs.Redelivered {
	b.T.Helper()
	b.Advance(after)
	var r jobs.Redelivered
	b.At(jobs.Redeliver, b.Now(), &r)
	return r
}

func TestARecordTheStreamLostIsSentByTheClock(t *testing.T) {
	b := outbox.New(t)
	i, m := b.Invite("lucia@empresa.example")
	if r := redeliver(b, message.Lease-time.Second); r.Due != 0 {
		t.Errorf("the stream has its lease's time: %+v", r)
	}
	if r := redeliver(b, time.Second); r.Done != 1 || r.Counts[app.MailSent] != 1 || b.Out(m) != 1 {
		t.Errorf("%+v", r)
	}
	if r := redeliver(b, time.Minute); r.Due != 0 {
		t.Errorf("nothing is left: %+v", r)
	}
	if i = b.Invitation(i); i.Delivery == message.Queued {
		t.Errorf("the invitation shows %s", i.Delivery)
	}
}

func TestTicksAtOnceSendOnce(t *testing.T) {
	b := outbox.New(t)
	var all []message.Message
	for n := range 15 {
		all = append(all, b.Letter(message.JoinApproved, fmt.Sprintf("cliente%d@empresa.example", n)))
	}
	b.Advance(message.Lease)
	var ticks sync.WaitGroup
	for range 5 {
		ticks.Go(func() {
			if err := b.Call(context.Background(), jobs.Redeliver, app.Tick{Time: b.Now()}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	ticks.Wait()
	for _, m := range all {
		if got := b.Out(m); got != 1 {
			t.Errorf("sent %d times", got)
		}
	}
}

// TestPoisonKeepsNobodyWaiting: a mail that cannot be made and one that cannot
// even be read are the oldest, and the rest goes out in the same tick
// (reliability D12).
func TestPoisonKeepsNobodyWaiting(t *testing.T) {
	b := outbox.New(t)
	mute := b.Firm.Letter("msg_00000000000000000000000001", message.Accepted, b.Address("a@firm.example"), "es", b.Now())
	mute.Language = "tlh" // no words in it
	b.Insert(mute)
	garble(b, b.Letter(message.Accepted, "b@firm.example"))
	b.Advance(time.Second)
	var all []message.Message
	for n := range 20 {
		all = append(all, b.Letter(message.JoinApproved, fmt.Sprintf("cliente%d@empresa.example", n)))
	}
	r := redeliver(b, message.Lease)
	if r.Counts[app.MailSent] != len(all) || r.Counts[app.MailFailed] != 1 || r.Failed != 1 {
		t.Errorf("%+v", r)
	}
	if m := b.Message(mute); m.Delivery != message.Failed || m.Reason != message.ReasonCompose {
		t.Errorf("parked with its reason: %s, %s", m.Delivery, m.Reason)
	}
	if strings.Contains(b.Log.String(), "@") {
		t.Error("an address stands in the log")
	}
}

func TestATickEndsWhileSESTakesNobodysMail(t *testing.T) {
	b := outbox.New(t)
	for n := range 60 {
		b.Letter(message.JoinApproved, fmt.Sprintf("cliente%d@empresa.example", n))
	}
	b.Always(ses.Throttle)
	r := redeliver(b, message.Lease)
	if !r.Left || r.Due > 30 || r.Counts[app.MailWaits] != r.Due {
		t.Errorf("%+v", r)
	}
	b.Always(ses.None)
	sent := 0
	for range 3 {
		sent += redeliver(b, 2*time.Minute).Counts[app.MailSent]
	}
	if sent != 60 {
		t.Errorf("%d of 60 sent afterwards", sent)
	}
}

func TestTheOldestQueuedMailIsSaid(t *testing.T) {
	b := outbox.New(t)
	b.Firm.Settings.FirstWeekMails = 1
	if r := redeliver(b, time.Minute); r.OldestQueued != 0 {
		t.Errorf("nothing is queued: %d s", r.OldestQueued)
	}
	b.Letter(message.JoinApproved, "a@empresa.example")
	b.Letter(message.JoinApproved, "b@empresa.example")
	b.Faulty(ses.Fail)
	if r := redeliver(b, message.Lease); r.OldestQueued != 60 || r.Counts[app.MailHeld] != 1 || r.Counts[app.MailAgain] != 1 {
		t.Errorf("one waits for SES: %+v", r)
	}
	if r := redeliver(b, 30*time.Second); r.OldestQueued != 90 || r.Due != 0 {
		t.Errorf("and is not due yet: %+v", r)
	}
	if r := redeliver(b, 15*time.Hour); r.OldestQueued != 0 {
		t.Errorf("what waits for its cap waits for nobody: %+v", r)
	}
	garble(b, b.Letter(message.Accepted, "c@firm.example"))
	if r := redeliver(b, time.Hour); r.OldestQueued != 3600 {
		t.Errorf("one that cannot be read counts as long as it lies there: %+v", r)
	}
}

func TestALateTickTakesNoLeaseThatLives(t *testing.T) {
	b := outbox.Deaf(t)
	m := b.Letter(message.JoinApproved, "lucia@empresa.example")
	b.Advance(message.Lease)
	tick := b.Now()
	ctx, cancel := context.WithCancel(context.Background())
	b.Wire.Harming(cancel, func(_ int, call string) outbox.Harm {
		if call == "SendRawEmail" {
			return outbox.DieBefore
		}
		return outbox.Pass
	})
	_ = b.Call(ctx, jobs.Redeliver, app.Tick{Time: tick}, nil)
	b.Wire.Well()
	var r jobs.Redelivered
	b.At(jobs.Redeliver, tick, &r) // the same tick again
	if r.Skipped != 1 || b.Out(m) != 0 {
		t.Errorf("somebody may still be sending: %+v", r)
	}
	if r := redeliver(b, message.Lease); r.Counts[app.MailSent] != 1 || r.Duplicates != 1 {
		t.Errorf("sent once its lease ended, and counted as a possible duplicate: %+v", r)
	}
}

// garble makes a stored message unreadable.
func garble(b *outbox.Bench, m message.Message) {
	b.T.Helper()
	_, err := b.App.Store.Client.UpdateItem(context.Background(), &dynamodb.UpdateItemInput{
		TableName: aws.String(b.App.Store.Tables[schema.Core]),
		Key: map[string]types.AttributeValue{
			schema.PK: &types.AttributeValueMemberS{Value: string(m.Workspace) + "#message#" + string(m.ID)}, schema.SK: &types.AttributeValueMemberS{Value: "@"},
		},
		UpdateExpression: aws.String("SET created_at = :x"), ConditionExpression: aws.String("attribute_exists(pk)"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":x": &types.AttributeValueMemberS{Value: "yesterday"}},
	})
	if err != nil {
		b.T.Fatal(err)
	}
}
