package triggers

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Deliver sends what was just queued. It is the fast path only: what it does
// not finish, jobs/redeliver takes up.
var Deliver = app.Trigger(contract.Trigger{
	Function: contract.Function{
		Name: "triggers/deliver", Summary: "Send the mails that were just queued.",
		Uses: app.CourierUses(), MemoryMiB: app.CourierMemoryMiB, Timeout: message.DeliverTimeout,
	},
	Source: contract.Outbox,
}, deliver)

// Delivered is the answer: what Lambda must hand over again, and what became of
// the rest.
type Delivered struct {
	Failures   []events.DynamoDBBatchItemFailure `json:"batchItemFailures"`
	Counts     map[app.Mailed]int                `json:"counts,omitempty"`
	Duplicates int                               `json:"duplicates,omitempty"` // mails that may have gone out twice
	Foreign    int                               `json:"foreign,omitempty"`    // records that are not ours to deliver
}

// deliver goes through the records in order. Where the database or the time
// fails it, it reports the record: Lambda hands over everything from there on
// again (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
// What SES does with a mail is no failure of the record.
func deliver(ctx context.Context, a *app.App, event events.DynamoDBEvent) (Delivered, error) {
	done := Delivered{Failures: []events.DynamoDBBatchItemFailure{}, Counts: map[app.Mailed]int{}}
	courier := a.Courier()
	for _, r := range event.Records {
		letter, ours := letterOf(r)
		if !ours {
			done.Foreign++
			continue
		}
		if !app.TimeLeft(ctx, app.OneMail) {
			return done.from(r), nil
		}
		mailed, m, err := courier.Deliver(ctx, letter, a.Now())
		if err != nil {
			a.Log.LogAttrs(ctx, slog.LevelWarn, "message not claimed", slog.String("fn", "triggers/deliver"), slog.String("cause", err.Error()))
			return done.from(r), nil
		}
		done.Counts[mailed]++
		if mailed == app.MailSent {
			done.Duplicates += m.Duplicates
		}
	}
	return done, nil
}

// from reports a record: it and all behind it come again.
func (d Delivered) from(r events.DynamoDBEventRecord) Delivered {
	d.Failures = append(d.Failures, events.DynamoDBBatchItemFailure{ItemIdentifier: r.Change.SequenceNumber})
	return d
}

// letterOf reads a record: false unless a queued message was just inserted.
func letterOf(r events.DynamoDBEventRecord) (app.Letter, bool) {
	image := r.Change.NewImage
	l := app.Letter{
		Workspace: id.Workspace(app.Word(image, "ws")), Message: id.Message(app.Word(image, "id")), Kind: message.Kind(app.Word(image, "kind_of")),
		First: true,
	}
	queued := r.EventName == string(events.DynamoDBOperationTypeInsert) && app.Word(image, schema.KindAttr) == string(schema.Message) &&
		app.Word(image, "delivery") == string(message.Queued)
	return l, queued && l.Workspace.Check() == nil && l.Message.Check() == nil
}
