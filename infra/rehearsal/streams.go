package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local"
	"portero/infra/local/standin/stream"
	"portero/infra/rehearsal/policy"
)

// follow makes a poller for every event source mapping, after a look at whether
// the function's role lets Lambda read the stream in its name.
func (s *System) follow(streams map[string]string) error {
	client := local.StreamsClient(s.database.Endpoint, nil)
	for _, m := range s.plan.mappings {
		f, err := s.plan.function(m.FunctionName)
		if err != nil {
			return err
		}
		actual, ok := streams[m.EventSourceArn]
		if !ok {
			return fmt.Errorf("the mapping of %s reads %s, which is no table's stream", f.Handler, m.EventSourceArn)
		}
		if err := s.mayRead(f, m.EventSourceArn); err != nil {
			return err
		}
		if !slices.Contains(m.FunctionResponseTypes, "ReportBatchItemFailures") {
			return fmt.Errorf("the mapping of %s does not ask which records failed: one would repeat its whole batch", f.Handler)
		}
		s.pollers = append(s.pollers, &stream.Poller{
			Client: client, StreamARN: actual, BatchSize: m.BatchSize, Retries: m.MaximumRetryAttempts, BisectOnError: m.BisectBatchOnFunctionError,
			Filter:    func(r events.DynamoDBEventRecord) bool { return len(m.filters) == 0 || matchesAny(m.filters, plain(r)) },
			Handle:    func(ctx context.Context, event []byte) ([]byte, error) { return s.batch(ctx, f, event) },
			OnFailure: func(stream.Failure) { s.giveUp(f, m.OnFailure) },
			OnError:   func(err error) { s.note("%s: its stream cannot be read: %v", f.Handler, err) },
		})
	}
	return nil
}

// mayRead asks the function's role for what Lambda does on its behalf
// (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html).
func (s *System) mayRead(f *function, arn string) error {
	who := &caller{name: f.Name, row: f.Handler, role: f.role}
	for _, action := range []string{"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"} {
		use := policy.Call{Action: action, Resource: arn}
		if d := f.role.Decide(use); !d.Allowed {
			return fmt.Errorf("%s: Lambda may not %s in its name; missing: %s", f.Handler, action, d.Missing)
		}
		s.options.Ledger.use(who, []policy.Call{use})
	}
	return nil
}

// batch hands a batch over as Lambda may: its records in another order where
// they are of different items, and now and then once more.
func (s *System) batch(ctx context.Context, f *function, event []byte) ([]byte, error) {
	mixed, again, err := s.mix(event)
	if err != nil {
		return nil, err
	}
	answer, err := s.hand(ctx, f, mixed)
	if err == nil && again {
		_, _ = s.hand(ctx, f, mixed) // whatever it answers, the first answer counts
	}
	return answer, err
}

// repeatOneIn is how often, about, a batch is handed over twice (chosen: most
// tests meet one).
const repeatOneIn = 4

// mix shuffles a batch. Records of one item keep their order
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html);
// ours meet each item once per batch, which is checked.
func (s *System) mix(event []byte) (mixed []byte, again bool, err error) {
	var batch struct{ Records []json.RawMessage }
	if err := json.Unmarshal(event, &batch); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	again = s.random.IntN(repeatOneIn) == 0
	order := s.random.Perm(len(batch.Records))
	s.mu.Unlock()
	if !everyItemOnce(batch.Records) {
		return event, again, nil
	}
	shuffled := make([]json.RawMessage, len(order))
	for to, from := range order {
		shuffled[to] = batch.Records[from]
	}
	mixed, err = json.Marshal(map[string]any{"Records": shuffled})
	return mixed, again, err
}

func everyItemOnce(records []json.RawMessage) bool {
	seen := map[string]bool{}
	for _, raw := range records {
		var r struct {
			DynamoDB struct{ Keys json.RawMessage } `json:"dynamodb"`
		}
		if json.Unmarshal(raw, &r) != nil || seen[string(r.DynamoDB.Keys)] {
			return false
		}
		seen[string(r.DynamoDB.Keys)] = true
	}
	return true
}

// plain is a record as the filters see it.
func plain(record any) any {
	raw, err := json.Marshal(record)
	if err != nil {
		return nil
	}
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return v
}

// Settle lets the streams and the mail events run until nothing is left to do.
func (s *System) Settle(ctx context.Context) error {
	for {
		before := s.events.Load()
		if err := stream.Drain(ctx, s.pollers...); err != nil {
			return err
		}
		s.mail.Drain()
		if s.events.Load() == before {
			return nil
		}
	}
}

// mailEvent gives an event of SES to the rules of the default bus.
func (s *System) mailEvent(event []byte) {
	s.events.Add(1)
	var decoded any
	if err := json.Unmarshal(event, &decoded); err != nil {
		s.note("an event of the mail stand-in is not JSON: %v", err)
		return
	}
	if !s.plan.sender.tells(decoded) {
		return
	}
	for _, r := range s.plan.rules {
		if !r.pattern.matches(decoded) {
			continue
		}
		for _, target := range r.Targets {
			f, err := s.plan.function(target.Arn)
			if err == nil {
				_, err = s.unattended(context.Background(), f, event)
			}
			if err != nil {
				s.options.Log.Error("function failed", "target", target.Arn, "cause", err.Error())
			}
		}
	}
}
