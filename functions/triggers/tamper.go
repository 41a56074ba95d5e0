package triggers

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// Tamper raises the alarm when an entry of the audit trail was changed, or was
// removed by anybody but TTL. The alarm is its being called at all: the stream's
// filter lets nothing else through. The log says which entries, one record each
// at level error with the message TamperMessage; keys only, nothing personal.
var Tamper = app.Trigger(contract.Trigger{
	Function: contract.Function{
		Name: "triggers/tamper", Summary: "Raise the alarm when the audit trail was changed.",
		Uses: contract.Uses{},
	},
	Source: contract.AuditChanges,
}, tamper)

// TamperMessage is the constant message of the log records that
// say which entry was touched; a metric filter may count it.
const TamperMessage = "audit trail changed"

// Tampered is the answer.
type Tampered struct {
	Changed int `json:"changed"`
}

// ttlService is who removes items by TTL
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
const ttlService = "dynamodb.amazonaws.com"

func tamper(ctx context.Context, a *app.App, event events.DynamoDBEvent) (Tampered, error) {
	var t Tampered
	for _, r := range event.Records {
		inserted := r.EventName == string(events.DynamoDBOperationTypeInsert)
		byTTL := r.UserIdentity != nil && r.UserIdentity.PrincipalID == ttlService
		if inserted || byTTL && r.EventName == string(events.DynamoDBOperationTypeRemove) {
			continue
		}
		t.Changed++
		a.Log.LogAttrs(ctx, slog.LevelError, TamperMessage, slog.String("fn", "triggers/tamper"), slog.String("event", r.EventName),
			slog.String("partition", app.Word(r.Change.Keys, schema.PK)), slog.String("entry", app.Word(r.Change.Keys, schema.SK)))
	}
	return t, nil
}
