package dynamo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/dynamo/schema"
)

// maxBatch is how many items one BatchGetItem may ask for
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
const maxBatch = 100

// maxBatchRounds bounds the asking again for what a batch left out.
const maxBatchRounds = 5

// get reads one item, strongly consistent, or errNotFound.
func get[T any](ctx context.Context, s *Store, table schema.Name, k keys) (T, error) {
	var none T
	out, err := s.Client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: s.table(table), Key: k.primary(), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		return none, translate(err)
	}
	s.countedOne("GetItem", out.ConsumedCapacity)
	if out.Item == nil {
		return none, errNotFound
	}
	return decode[T](out.Item)
}

// missing reports whether err says that nothing is there.
func missing(err error) bool { return errors.Is(err, errNotFound) }

// place is one item to read in a batch.
type place struct {
	table schema.Name
	keys  keys
}

// batch reads many items, strongly consistent, in as few calls as fit, and
// returns them by partition and sort key; what is not there is left out.
func (s *Store) batch(ctx context.Context, places []place) (map[string]Item, error) {
	return s.batches(ctx, places, true)
}

// glance is batch with eventually consistent reads, at half the price. It is
// for what is written under the version that was read, so that a stale view
// fails its condition and is looked at again, and for settings, which may count
// a second later.
func (s *Store) glance(ctx context.Context, places []place) (map[string]Item, error) {
	return s.batches(ctx, places, false)
}

// glanceAt reads one item eventually consistent, or errNotFound.
func glanceAt[T any](ctx context.Context, s *Store, k keys) (T, error) {
	found, err := s.glance(ctx, []place{{schema.Core, k}})
	if err != nil {
		var none T
		return none, err
	}
	return pick[T](found, k)
}

func (s *Store) batches(ctx context.Context, places []place, strong bool) (map[string]Item, error) {
	found := make(map[string]Item, len(places))
	seen := map[string]bool{}
	var todo []place
	for _, p := range places {
		if k := p.keys.pk + "\x00" + p.keys.sk; !seen[k] {
			seen[k] = true
			todo = append(todo, p)
		}
	}
	// In one order, whatever map the places come from: the same question is the
	// same call, or nothing could be replayed.
	slices.SortFunc(todo, func(a, b place) int {
		return cmp.Or(strings.Compare(a.keys.pk, b.keys.pk), strings.Compare(a.keys.sk, b.keys.sk))
	})
	for start := 0; start < len(todo); start += maxBatch {
		if err := s.batchOnce(ctx, todo[start:min(start+maxBatch, len(todo))], strong, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) batchOnce(ctx context.Context, places []place, strong bool, found map[string]Item) error {
	request := map[string]types.KeysAndAttributes{}
	for _, p := range places {
		name := s.Tables[p.table]
		r := request[name]
		r.ConsistentRead = aws.Bool(strong)
		r.Keys = append(r.Keys, p.keys.primary())
		request[name] = r
	}
	for round := 0; len(request) > 0; round++ {
		if round == maxBatchRounds {
			return unavailable(fmt.Errorf("batch: %d rounds", round))
		}
		if round > 0 {
			if err := Pause(ctx, round); err != nil {
				return err
			}
		}
		out, err := s.Client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: request, ReturnConsumedCapacity: s.consumption()})
		if err != nil {
			return translate(err)
		}
		s.counted("BatchGetItem", out.ConsumedCapacity...)
		for _, items := range out.Responses {
			for _, item := range items {
				found[keyText(item)] = item
			}
		}
		request = out.UnprocessedKeys
	}
	return nil
}

func keyText(item Item) string { return str(item[schema.PK]) + "\x00" + str(item[schema.SK]) }

func str(v types.AttributeValue) string {
	if s, ok := v.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

// pick decodes one item of a batch, or errNotFound.
func pick[T any](found map[string]Item, k keys) (T, error) {
	item, ok := found[k.pk+"\x00"+k.sk]
	if !ok {
		var none T
		return none, errNotFound
	}
	return decode[T](item)
}

// optional turns "not there" into the zero value.
func optional[T any](v T, err error) (T, bool, error) {
	if missing(err) {
		var none T
		return none, false, nil
	}
	return v, err == nil, err
}
