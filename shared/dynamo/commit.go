package dynamo

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/dynamo/schema"
)

// MaxItems is how many items one transaction may touch
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
const MaxItems = 100

// Commit makes the set true, all of it or nothing. It returns the Conflict of
// the first write whose condition failed, or changed_meanwhile (run the request
// again), or try_again (nobody knows; the same request may be repeated).
//
// The SDK sends one ClientRequestToken for all attempts of a call, so a commit
// whose answer was lost is answered as success by its retry.
func (s *Store) Commit(ctx context.Context, set change.Set) error {
	switch {
	case set.Empty():
		return nil
	case len(set.Writes) > MaxItems:
		return fmt.Errorf("dynamo: %d items in one transaction, at most %d", len(set.Writes), MaxItems)
	}
	items := make([]types.TransactWriteItem, len(set.Writes))
	for i, w := range set.Writes {
		item, err := s.write(w)
		if err != nil {
			return err
		}
		items[i] = item
	}
	if len(items) == 1 && items[0].Put != nil {
		return s.put(ctx, items[0].Put, set.Writes[0])
	}
	out, err := s.Client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems: items, ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		return refused(err, set)
	}
	s.counted("TransactWriteItems", out.ConsumedCapacity...)
	return nil
}

// counting counts the attempts that a call takes: what stands in this step after
// the SDK's retries runs once for each.
func counting(attempts *int) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("portero.counting",
			func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
				*attempts++
				return next.HandleFinalize(ctx, in)
			}), middleware.After)
	}
}

// put saves the double price of a transaction where there is one item only. It has
// no token that a repeat is known by; when the answer was lost and the SDK
// repeats it, what stands there already is what was put. Only a repeat may
// believe that: of two who write the same at once, one must lose.
func (s *Store) put(ctx context.Context, p *types.Put, w change.Write) error {
	attempts := 0
	out, err := s.Client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: p.TableName, Item: p.Item, ConditionExpression: p.ConditionExpression,
		ExpressionAttributeNames: p.ExpressionAttributeNames, ExpressionAttributeValues: p.ExpressionAttributeValues,
		ReturnConsumedCapacity:              s.consumption(),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}, dynamodb.WithAPIOptions(counting(&attempts)))
	if err != nil {
		// What a refused write costs is not told, but that it was asked for is.
		s.counted("PutItem", types.ConsumedCapacity{TableName: p.TableName})
		var refused *types.ConditionalCheckFailedException
		if attempts > 1 && errors.As(err, &refused) && reflect.DeepEqual(refused.Item, p.Item) {
			return nil
		}
		if w.Conflict != nil && unmet(err) {
			return w.Conflict
		}
		return translate(err)
	}
	s.countedOne("PutItem", out.ConsumedCapacity)
	return nil
}

// write turns one write into its transaction item, with its condition.
func (s *Store) write(w change.Write) (types.TransactWriteItem, error) {
	f, item, err := encode(w.Record)
	if err != nil {
		return types.TransactWriteItem{}, err
	}
	read := versionOf(item)
	key := Item{schema.PK: item[schema.PK], schema.SK: item[schema.SK]}
	unchanged := aws.String("#v = :v")
	names := map[string]string{"#v": versionAttr}
	values := Item{":v": number(read)}
	switch w.Op {
	case change.Insert:
		item[versionAttr] = number(1)
		return types.TransactWriteItem{Put: &types.Put{TableName: s.table(f.table), Item: item,
			ConditionExpression: aws.String("attribute_not_exists(pk)")}}, nil
	case change.Replace:
		item[versionAttr] = number(read + 1)
		return types.TransactWriteItem{Put: &types.Put{TableName: s.table(f.table), Item: item,
			ConditionExpression: unchanged, ExpressionAttributeNames: names, ExpressionAttributeValues: values}}, nil
	case change.Remove:
		return types.TransactWriteItem{Delete: &types.Delete{TableName: s.table(f.table), Key: key,
			ConditionExpression: unchanged, ExpressionAttributeNames: names, ExpressionAttributeValues: values}}, nil
	case change.Raise:
		return s.raise(f, item, w.Record)
	}
	return types.TransactWriteItem{}, fmt.Errorf("dynamo: unknown operation %d", w.Op)
}

// refused finds out which write's condition failed.
func refused(err error, set change.Set) error {
	var cancelled *types.TransactionCanceledException
	if !errors.As(err, &cancelled) {
		return translate(err)
	}
	var throttled bool
	for i, reason := range cancelled.CancellationReasons {
		switch aws.ToString(reason.Code) {
		case "ConditionalCheckFailed":
			if i < len(set.Writes) && set.Writes[i].Conflict != nil {
				return set.Writes[i].Conflict
			}
		case "ThrottlingError", "ProvisionedThroughputExceeded":
			throttled = true
		case "ValidationError", "ItemCollectionSizeLimitExceeded":
			return err // of no use to repeat: a defect of ours
		}
	}
	if throttled {
		return unavailable(err)
	}
	return fault.Stale(err)
}
