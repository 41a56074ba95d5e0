package stream

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// shard is a part of a stream that is read in order. Its exported fields are
// saved.
type shard struct {
	ID string
	// Parent was split into this one; it is read first.
	Parent string `json:",omitempty"`
	// After is the sequence number of the last record that is done; empty before
	// the first.
	After string `json:",omitempty"`
	// IsDone is a shard that was read to its end, or was not to be read.
	IsDone bool `json:",omitempty"`
	// FromLatest is a shard whose first read begins at its end.
	FromLatest bool `json:",omitempty"`

	iterator *string // where to read next; nil is to be fetched
}

// batch is what was read from a shard and not yet handled.
type batch struct {
	records []types.Record
	next    *string // the iterator after it; nil at the end of a closed shard
}

// list learns the stream's shards. On the first look it applies Start; shards
// that appear later were split from those and are read from their beginning.
func (p *Poller) list(ctx context.Context) error {
	isFirst := len(p.at.Shards) == 0
	var from *string
	for {
		out, err := p.Client.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{
			StreamArn: &p.StreamARN, ExclusiveStartShardId: from,
		})
		if err != nil {
			return err
		}
		for _, s := range out.StreamDescription.Shards {
			p.at.add(&shard{
				ID: aws.ToString(s.ShardId), Parent: aws.ToString(s.ParentShardId),
				FromLatest: isFirst && p.Start == Latest,
			})
		}
		if from = out.StreamDescription.LastEvaluatedShardId; from == nil {
			break
		}
	}
	if isFirst && p.Start == Latest {
		p.at.leaveParents()
	}
	p.at.isListed = true
	return nil
}

// read returns the next records of a shard, none at its end for now. The shard
// stays where it is until they are delivered.
func (p *Poller) read(ctx context.Context, s *shard, window time.Duration) (batch, error) {
	out, err := p.first(ctx, s)
	if err != nil {
		return batch{}, err
	}
	b := batch{out.Records, out.NextShardIterator}
	until := time.Now().Add(window) // the runner's own clock: this is waiting, not domain time
	for len(b.records) > 0 && len(b.records) < p.batchSize() && b.next != nil {
		left := time.Until(until)
		if left <= 0 {
			break
		}
		if err := wait(ctx, min(left, or(p.Idle, defaultIdle))); err != nil {
			return batch{}, err
		}
		out, err := p.get(ctx, b.next, p.batchSize()-len(b.records))
		if err != nil {
			return batch{}, err
		}
		b.records, b.next = append(b.records, out.Records...), out.NextShardIterator
	}
	return b, nil
}

// first reads with the shard's iterator, or with a new one where there is none
// or it is over (they live for 15 minutes).
func (p *Poller) first(ctx context.Context, s *shard) (*dynamodbstreams.GetRecordsOutput, error) {
	if s.iterator != nil {
		out, err := p.get(ctx, s.iterator, p.batchSize())
		var expired *types.ExpiredIteratorException
		if !errors.As(err, &expired) {
			return out, err
		}
	}
	if err := p.iterate(ctx, s); err != nil {
		return nil, err
	}
	return p.get(ctx, s.iterator, p.batchSize())
}

func (p *Poller) get(ctx context.Context, iterator *string, limit int) (*dynamodbstreams.GetRecordsOutput, error) {
	return p.Client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{
		ShardIterator: iterator, Limit: aws.Int32(int32(limit)),
	})
}

// iterate fetches an iterator that begins after what is done. What was trimmed
// meanwhile is lost, as it is for Lambda.
func (p *Poller) iterate(ctx context.Context, s *shard) error {
	in := &dynamodbstreams.GetShardIteratorInput{
		StreamArn: &p.StreamARN, ShardId: &s.ID, ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	}
	switch {
	case s.After != "":
		in.ShardIteratorType, in.SequenceNumber = types.ShardIteratorTypeAfterSequenceNumber, &s.After
	case s.FromLatest:
		in.ShardIteratorType = types.ShardIteratorTypeLatest
	}
	out, err := p.Client.GetShardIterator(ctx, in)
	var trimmed *types.TrimmedDataAccessException
	if errors.As(err, &trimmed) {
		in.ShardIteratorType, in.SequenceNumber = types.ShardIteratorTypeTrimHorizon, nil
		out, err = p.Client.GetShardIterator(ctx, in)
	}
	if err != nil {
		return err
	}
	s.iterator = out.ShardIterator
	return nil
}
