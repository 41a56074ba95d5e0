//go:build !rehearsal

package triggers_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"portero/functions/triggers"
	"portero/shared/testkit/outbox"
)

func TestTamperingIsLoggedByKey(t *testing.T) {
	b := outbox.New(t)
	s := events.NewStringAttribute
	record := func(name, principal string) events.DynamoDBEventRecord {
		r := events.DynamoDBEventRecord{EventName: name, Change: events.DynamoDBStreamRecord{
			Keys:     map[string]events.DynamoDBAttributeValue{"pk": s("ws_1#audit"), "sk": s("aud_" + name + principal)},
			OldImage: map[string]events.DynamoDBAttributeValue{"after": s("secret@empresa.example")},
		}}
		if principal != "" {
			r.UserIdentity = &events.DynamoDBUserIdentity{Type: "Service", PrincipalID: principal}
		}
		return r
	}
	event := events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{
		record("INSERT", ""), record("MODIFY", ""), record("REMOVE", ""), record("REMOVE", "dynamodb.amazonaws.com"), record("MODIFY", "dynamodb.amazonaws.com"),
	}}
	var answer triggers.Tampered
	if err := b.Call(context.Background(), triggers.Tamper, event, &answer); err != nil {
		t.Fatal(err)
	}
	log := b.Log.String()
	if answer.Changed != 3 || strings.Count(log, `"level":"ERROR"`) != 3 || strings.Count(log, triggers.TamperMessage) != 3 {
		t.Errorf("%+v: %s", answer, log)
	}
	if !strings.Contains(log, "aud_MODIFY") || strings.Contains(log, "@") {
		t.Errorf("keys, and nothing personal: %s", log)
	}
}
