package dynamo

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"portero/shared/domain/fault"
	"portero/shared/dynamo/schema"
)

// Store reads and commits. It is safe for concurrent use and keeps nothing
// between calls.
type Store struct {
	Client *dynamodb.Client
	Tables map[schema.Name]string // table names as deployed
	// Meter, if set, is told the capacity each call consumed; tests and the
	// benchmark add it up.
	Meter func(Consumed)
}

// Consumed is what one call cost.
type Consumed struct {
	Call  string // "TransactWriteItems"
	Table map[string]float64
	Index map[string]float64 // by "table/index"
}

func (s *Store) table(n schema.Name) *string { return aws.String(s.Tables[n]) }

// consumption asks for figures only where somebody counts: they are free, but
// not without bytes.
func (s *Store) consumption() types.ReturnConsumedCapacity {
	if s.Meter == nil {
		return types.ReturnConsumedCapacityNone
	}
	return types.ReturnConsumedCapacityIndexes
}

func (s *Store) counted(call string, all ...types.ConsumedCapacity) {
	if s.Meter == nil {
		return
	}
	c := Consumed{Call: call, Table: map[string]float64{}, Index: map[string]float64{}}
	for _, one := range all {
		name := aws.ToString(one.TableName)
		if one.Table != nil {
			c.Table[name] += aws.ToFloat64(one.Table.CapacityUnits)
		} else {
			c.Table[name] += aws.ToFloat64(one.CapacityUnits)
		}
		for index, units := range one.GlobalSecondaryIndexes {
			c.Index[name+"/"+index] += aws.ToFloat64(units.CapacityUnits)
		}
	}
	s.Meter(c)
}

// countedOne is counted for calls that answer with a pointer.
func (s *Store) countedOne(call string, one *types.ConsumedCapacity) {
	if s.Meter != nil && one != nil {
		s.counted(call, *one)
	}
}

// errNotFound is what reads answer when nothing is there; the domain sees
// fault.NotYours.
var errNotFound = fault.NotYours()

// translate turns an SDK error into what the layers above understand: a fault
// where the caller can act, the error itself otherwise.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var conditional *types.ConditionalCheckFailedException
	var conflict *types.TransactionConflictException
	if errors.As(err, &conditional) || errors.As(err, &conflict) {
		return fault.Stale(err)
	}
	var api smithy.APIError
	if errors.As(err, &api) {
		switch api.ErrorCode() {
		case "ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
			"TransactionInProgressException", "InternalServerError", "ServiceUnavailable":
			return unavailable(err)
		}
		return err
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	// No answer at all: the connection was cut or the time was up.
	return unavailable(err)
}

// unmet reports whether a write's own condition did not hold: a write that met a
// transaction on the way says nothing of that.
func unmet(err error) bool {
	var conditional *types.ConditionalCheckFailedException
	return errors.As(err, &conditional)
}

func unavailable(err error) error {
	return fault.New(fault.Unavailable, fault.CodeUnavailable, "The service did not answer in time. Try again in a moment.").After(time.Second).Because(err)
}

// Jitter is a random time up to longest, above zero. Like every draw of ours it
// comes from crypto/rand: one source, which a simulation can seed
// (testing/cryptotest).
func Jitter(longest time.Duration) time.Duration {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return time.Duration(binary.LittleEndian.Uint64(b[:])%uint64(longest)) + 1
}

// Pause waits a little before a retry of what others were changing: full
// jitter, doubling from 10 ms, at most 320 ms
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
func Pause(ctx context.Context, attempt int) error {
	timer := time.NewTimer(Jitter(10 * time.Millisecond << min(attempt, 5)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
