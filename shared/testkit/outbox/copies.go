//go:build !rehearsal

package outbox

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
)

// copiesAtOnce is what one BatchWriteItem takes
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html).
const copiesAtOnce = 25

// Copies writes n copies of invitations under other identifiers, due at an
// instant. They go past the store, with the stream off, because the embedded
// database slows with every record of a stream (design.md §8); afterwards
// nothing reads the stream of this bench any more.
func (b *Bench) Copies(of []invitation.Invitation, n int, due time.Time) {
	b.T.Helper()
	table := aws.String(b.App.Store.Tables[schema.Core])
	_, err := b.App.Store.Client.UpdateTable(context.Background(), &dynamodb.UpdateTableInput{TableName: table,
		StreamSpecification: &types.StreamSpecification{StreamEnabled: aws.Bool(false)}})
	if err != nil {
		b.T.Fatal(err)
	}
	var items []map[string]types.AttributeValue
	for _, i := range of {
		items = append(items, b.raw(*table, string(i.Workspace)+schema.Sep+string(schema.Invitation)+schema.Sep+string(i.ID)))
	}
	for start := 0; start < n; start += copiesAtOnce {
		var writes []types.WriteRequest
		for k := start; k < min(start+copiesAtOnce, n); k++ {
			writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: copied(items[k%len(items)], k, due)}})
		}
		_, err := b.App.Store.Client.BatchWriteItem(context.Background(), &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{*table: writes}})
		if err != nil {
			b.T.Fatal(err)
		}
	}
}

func (b *Bench) raw(table, pk string) map[string]types.AttributeValue {
	b.T.Helper()
	out, err := b.App.Store.Client.GetItem(context.Background(), &dynamodb.GetItemInput{TableName: aws.String(table), ConsistentRead: aws.Bool(true),
		Key: map[string]types.AttributeValue{schema.PK: text(pk), schema.SK: text("@")}})
	if err != nil || len(out.Item) == 0 {
		b.T.Fatalf("nothing at %s: %v", pk, err)
	}
	return out.Item
}

// copied is an item as the k-th copy.
func copied(item map[string]types.AttributeValue, k int, due time.Time) map[string]types.AttributeValue {
	was := item["id"].(*types.AttributeValueMemberS).Value
	is := fmt.Sprintf("inv_01jd0h%020d", k)
	out := maps.Clone(item)
	out["id"] = text(is)
	for _, name := range []string{schema.PK, schema.ListSK, schema.DueSK} {
		out[name] = text(strings.ReplaceAll(item[name].(*types.AttributeValueMemberS).Value, was, is))
	}
	_, rest, _ := strings.Cut(out[schema.DueSK].(*types.AttributeValueMemberS).Value, schema.Sep)
	out[schema.DueSK] = text(due.UTC().Format(time.RFC3339) + schema.Sep + rest)
	return out
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
