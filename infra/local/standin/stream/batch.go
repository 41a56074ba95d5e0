package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// errReported is the cause of a failure that the function reported in its answer.
var errReported = errors.New("the function reported the record as failed")

// deliver hands records of one shard to the function, after the filter, until
// each is taken or given up. It returns an error only when ctx ended; the shard
// then stands behind the records that are done.
func (p *Poller) deliver(ctx context.Context, s *shard, read []types.Record) error {
	var chosen []events.DynamoDBEventRecord
	for _, r := range read {
		if converted := record(r, p.StreamARN); p.Filter == nil || p.Filter(converted) {
			chosen = append(chosen, converted)
		}
	}
	if err := p.settle(ctx, s, chosen); err != nil {
		return err
	}
	if len(read) > 0 {
		s.done(*read[len(read)-1].Dynamodb.SequenceNumber)
	}
	return nil
}

// done is a checkpoint: everything up to this sequence number is done.
func (s *shard) done(sequence string) {
	s.After, s.iterator = sequence, nil
}

// settle is the failure rules. What a partial answer leaves behind its lowest
// failed record is tried again from that record on; a failure that moves the
// checkpoint on starts the count of retries anew (the documentation does not say;
// chosen, or one slow record would use up the retries of all behind it).
func (p *Poller) settle(ctx context.Context, s *shard, records []events.DynamoDBEventRecord) error {
	for failures := 0; len(records) > 0; {
		taken, cause := p.invoke(ctx, records)
		if taken > 0 {
			s.done(records[taken-1].Change.SequenceNumber)
			records, failures = records[taken:], 0
		}
		if len(records) == 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if taken == 0 && p.BisectOnError && len(records) > 1 {
			half := len(records) / 2
			if err := p.settle(ctx, s, records[:half]); err != nil {
				return err
			}
			records, failures = records[half:], 0
			continue
		}
		if failures++; failures > p.Retries {
			p.giveUp(s, records, failures, cause)
			return nil
		}
	}
	return nil
}

// giveUp tells the failure destination, and puts the shard behind the records.
func (p *Poller) giveUp(s *shard, records []events.DynamoDBEventRecord, attempts int, cause error) {
	last := records[len(records)-1].Change.SequenceNumber
	s.done(last)
	if p.OnFailure != nil {
		p.OnFailure(Failure{
			StreamARN: p.StreamARN, ShardID: s.ID, First: records[0].Change.SequenceNumber, Last: last,
			Records: len(records), Attempts: attempts, Cause: cause,
		})
	}
}

// invoke calls the function and returns how many records from the front it took,
// and why not all.
func (p *Poller) invoke(ctx context.Context, records []events.DynamoDBEventRecord) (taken int, cause error) {
	event, err := json.Marshal(events.DynamoDBEvent{Records: records})
	if err != nil {
		return 0, fmt.Errorf("encode event: %w", err)
	}
	answer, err := p.Handle(ctx, event)
	if err != nil {
		return 0, err
	}
	failed, err := failedItems(answer)
	if err != nil {
		return 0, err
	}
	return firstFailed(records, failed)
}

// failedItems reads the answer. No answer, null, and no failures mean success;
// an answer that is not of the form is a failure of all.
func failedItems(answer []byte) ([]string, error) {
	if len(answer) == 0 {
		return nil, nil
	}
	var parsed struct {
		BatchItemFailures []struct {
			ItemIdentifier *string `json:"itemIdentifier"`
		} `json:"batchItemFailures"`
	}
	if err := json.Unmarshal(answer, &parsed); err != nil {
		return nil, fmt.Errorf("decode the function's answer: %w", err)
	}
	var items []string
	for _, f := range parsed.BatchItemFailures {
		if f.ItemIdentifier == nil || *f.ItemIdentifier == "" {
			return nil, errors.New("the function's answer has a failure without itemIdentifier")
		}
		items = append(items, *f.ItemIdentifier)
	}
	return items, nil
}

// firstFailed returns the index of the first record that is among the failed. An
// identifier of no record fails all.
func firstFailed(records []events.DynamoDBEventRecord, failed []string) (taken int, cause error) {
	at := map[string]int{}
	for i, r := range records {
		at[r.Change.SequenceNumber] = i
	}
	taken = len(records)
	for _, item := range failed {
		i, isOurs := at[item]
		if !isOurs {
			return 0, errors.New("the function's answer names a record that is not in the batch")
		}
		taken, cause = min(taken, i), errReported
	}
	return taken, cause
}
