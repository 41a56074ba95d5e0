package stream

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
)

// Start says from where a poller reads a stream that it has no position in.
type Start int

const (
	// TrimHorizon begins at the oldest record there is.
	TrimHorizon Start = iota
	// Latest begins with what is written after the first look at the stream. Until
	// the first record came, a restart looks for the first time again.
	Latest
)

const (
	// defaultBatchSize is Lambda's.
	defaultBatchSize = 100
	// maxBatchSize is the most that one GetRecords returns (API reference).
	maxBatchSize = 1000
	// defaultIdle is the wait between two looks at a stream without news. Chosen; a
	// look costs the embedded database 0.3 ms.
	defaultIdle = 25 * time.Millisecond
)

// Poller is one reader of one stream. Set its fields before first use. Run and
// Drain may be called concurrently; they take turns.
type Poller struct {
	Client    *dynamodbstreams.Client
	StreamARN string
	// Handle is the function: a DynamoDB event as JSON in, the answer's JSON out. An
	// error is a function error. It must not call Run or Drain.
	Handle func(ctx context.Context, event []byte) ([]byte, error)
	// Filter chooses the records that the function gets; the others count as done.
	// Nil means all.
	Filter func(events.DynamoDBEventRecord) bool

	Start Start
	// PositionFile keeps the position between runs. Empty: not kept.
	PositionFile string
	// BatchSize is the most records in one event, at most 1,000; 0 means 100.
	BatchSize int
	// Window is how long Run waits for a batch to fill, from its first record on.
	// Drain does not wait.
	Window time.Duration
	// Retries is how often a batch is tried again after its first failure.
	Retries int
	// BisectOnError halves a batch that failed as a whole before it is tried again,
	// which does not count as a retry.
	BisectOnError bool
	// OnFailure gets what is given up. Nil forgets it. It must not call Run or Drain.
	OnFailure func(Failure)

	// Idle is the wait of Run between two looks without news; 0 means 25 ms.
	Idle time.Duration
	// OnError gets what keeps Run from reading; it goes on after Idle.
	OnError func(error)

	turn sync.Mutex // held for a batch at a time; guards what follows
	at   *position
}

// Failure tells what was given up, as Lambda tells a failure destination.
type Failure struct {
	StreamARN, ShardID string
	// First and Last are the sequence numbers of the first and last record.
	First, Last string
	Records     int
	Attempts    int
	// Cause is the last error.
	Cause error
}

// Run reads until ctx ends, and returns ctx's error.
func (p *Poller) Run(ctx context.Context) error {
	for {
		read, err := p.pass(ctx, p.Window)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && p.OnError != nil {
			p.OnError(err)
		}
		if read > 0 && err == nil {
			continue
		}
		if err := wait(ctx, or(p.Idle, defaultIdle)); err != nil {
			return err
		}
	}
}

// Drain reads until there is nothing more to read, and returns how many records
// it read. What the function itself writes to the stream meanwhile is read too.
func (p *Poller) Drain(ctx context.Context) (records int, err error) {
	for {
		read, err := p.pass(ctx, 0)
		records += read
		if read == 0 || err != nil {
			return records, err
		}
	}
}

// Drain drains several pollers until none of them has anything more to read: what
// one of them writes, another may read.
func Drain(ctx context.Context, pollers ...*Poller) error {
	for {
		all := 0
		for _, p := range pollers {
			records, err := p.Drain(ctx)
			if err != nil {
				return err
			}
			all += records
		}
		if all == 0 {
			return nil
		}
	}
}

// pass takes one batch from each shard that has one, parents before children,
// and returns how many records it read.
func (p *Poller) pass(ctx context.Context, window time.Duration) (records int, err error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	if p.at == nil {
		if p.at, err = loadPosition(p.PositionFile, p.StreamARN); err != nil {
			return 0, err
		}
	}
	if !p.at.isListed {
		if err := p.list(ctx); err != nil {
			return 0, fmt.Errorf("describe stream: %w", err)
		}
	}
	for _, s := range p.at.open() {
		b, err := p.read(ctx, s, window)
		if err != nil {
			return records, fmt.Errorf("read shard %s: %w", s.ID, err)
		}
		records += len(b.records)
		if err := p.deliver(ctx, s, b.records); err != nil {
			return records, err
		}
		if err := p.at.advance(s, b); err != nil {
			return records, fmt.Errorf("save position: %w", err)
		}
	}
	return records, nil
}

func (p *Poller) batchSize() int { return min(or(p.BatchSize, defaultBatchSize), maxBatchSize) }

// wait waits for d or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func or[T int | time.Duration](given, otherwise T) T {
	if given == 0 {
		return otherwise
	}
	return given
}
