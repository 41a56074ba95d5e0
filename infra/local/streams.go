package local

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/functions"
	"portero/infra/local/standin/stream"
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/job"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// streamRetries is how often a failed batch is tried again (design.md §8).
const streamRetries = 5

// tableOf says which table's stream feeds a source.
var tableOf = map[contract.Source]schema.Name{contract.Outbox: schema.Core, contract.Bulk: schema.Core, contract.AuditChanges: schema.Audit}

// Passes reports whether the event source mapping of a trigger's source lets a
// record through; what no stream feeds lets nothing through.
func Passes(source contract.Source, r events.DynamoDBEventRecord) bool {
	filter := filters[source]
	return filter != nil && filter(r)
}

// filters are what the event source mappings let through; the templates say
// the same in their own language (infra/constructs).
var filters = map[contract.Source]func(events.DynamoDBEventRecord) bool{
	contract.Outbox: func(r events.DynamoDBEventRecord) bool {
		return r.EventName == "INSERT" && attribute(r, schema.KindAttr) == string(schema.Message) &&
			attribute(r, "delivery") == string(message.Queued)
	},
	contract.Bulk: func(r events.DynamoDBEventRecord) bool {
		return r.EventName != "REMOVE" && attribute(r, schema.KindAttr) == string(schema.Job) && attribute(r, "state") == string(job.Queued)
	},
	contract.AuditChanges: func(r events.DynamoDBEventRecord) bool {
		byTTL := r.UserIdentity != nil && r.UserIdentity.PrincipalID == "dynamodb.amazonaws.com"
		return r.EventName == "MODIFY" || r.EventName == "REMOVE" && !byTTL
	},
}

func attribute(r events.DynamoDBEventRecord, name string) string {
	return app.Word(r.Change.NewImage, name)
}

// follow makes a poller for every function that a stream feeds. They run when
// Run is called, or until nothing is left with Settle.
func (s *System) follow(ctx context.Context, client *dynamodb.Client, endpoint string, tables map[schema.Name]string) error {
	streams := StreamsClient(endpoint, s.options.Polls)
	for _, row := range functions.Rows() {
		source, name := contract.SourceOf(row), row.Base().Name
		if filters[source] == nil {
			continue
		}
		described, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(tables[tableOf[source]])})
		if err != nil {
			return fmt.Errorf("find the stream of %s: %w", tableOf[source], err)
		}
		p := &stream.Poller{
			Client: streams, StreamARN: aws.ToString(described.Table.LatestStreamArn), Filter: filters[source],
			Retries: streamRetries, BisectOnError: true, BatchSize: outboxBatch,
			Handle: func(ctx context.Context, event []byte) ([]byte, error) { return s.invoke(ctx, name, event) },
			OnFailure: func(f stream.Failure) {
				s.options.Log.Error("a stream batch was given up", "fn", name, "records", f.Records, "cause", fmt.Sprint(f.Cause))
			},
			OnError: func(err error) { s.options.Log.Error("a stream cannot be read", "fn", name, "cause", err.Error()) },
		}
		if s.options.Data != "" {
			p.PositionFile = filepath.Join(s.options.Data, "position-"+string(source))
		}
		s.pollers = append(s.pollers, p)
	}
	return nil
}

// outboxBatch is how many records one event holds, as the templates say.
const outboxBatch = 10

// Run polls the streams until ctx ends.
func (s *System) Run(ctx context.Context) {
	done := make(chan struct{}, len(s.pollers))
	for _, p := range s.pollers {
		go func() {
			_ = p.Run(ctx) // ends with ctx only
			done <- struct{}{}
		}()
	}
	for range s.pollers {
		<-done
	}
}

// Settle lets the streams and the mail events run until nothing is left to do.
func (s *System) Settle(ctx context.Context) error {
	for {
		before := s.events.Load()
		if err := stream.Drain(ctx, s.pollers...); err != nil {
			return err
		}
		s.gate.Drain()
		if s.events.Load() == before {
			return nil
		}
	}
}

// mailEvent gives an event of SES to the triggers that take them, as
// EventBridge would.
func (s *System) mailEvent(event []byte) {
	s.events.Add(1)
	for _, row := range functions.Rows() {
		if t, ok := row.(contract.Trigger); ok && t.Source == contract.MailEvents {
			if _, err := s.Invoke(context.Background(), t.Name, json.RawMessage(event)); err != nil {
				s.options.Log.Error("function failed", "fn", t.Name, "cause", err.Error())
			}
		}
	}
}
