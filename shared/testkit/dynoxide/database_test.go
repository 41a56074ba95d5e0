package dynoxide_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	streamtypes "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"

	"portero/shared/testkit/dynoxide"
)

// What the rest of the project relies on, asked of the real server.

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func key(sk string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": text("workspace"), "sk": text(sk)}
}

// item has the sort key of the index "due", and one attribute that only the
// index "list" projects.
func item(sk string) map[string]types.AttributeValue {
	i := key(sk)
	i["due"], i["title"], i["body"] = text("2026-01-02T03:04:05Z"), text("Title "+sk), text("Body "+sk)
	return i
}

// createTable makes a table as the project's: two keys, a stream, an index that
// projects its keys only and one that includes an attribute.
func createTable(t *testing.T, c *dynamodb.Client, name string) (streamARN string) {
	t.Helper()
	attribute := func(name string) types.AttributeDefinition {
		return types.AttributeDefinition{AttributeName: &name, AttributeType: types.ScalarAttributeTypeS}
	}
	keys := func(hash, sort string) []types.KeySchemaElement {
		return []types.KeySchemaElement{
			{AttributeName: &hash, KeyType: types.KeyTypeHash}, {AttributeName: &sort, KeyType: types.KeyTypeRange},
		}
	}
	out, err := c.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName:            &name,
		BillingMode:          types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{attribute("pk"), attribute("sk"), attribute("due")},
		KeySchema:            keys("pk", "sk"),
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{
			{IndexName: aws.String("due"), KeySchema: keys("pk", "due"),
				Projection: &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}},
			{IndexName: aws.String("list"), KeySchema: keys("pk", "due"),
				Projection: &types.Projection{ProjectionType: types.ProjectionTypeInclude, NonKeyAttributes: []string{"title"}}},
		},
		StreamSpecification: &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return aws.ToString(out.TableDescription.LatestStreamArn)
}

func put(t *testing.T, c *dynamodb.Client, table, sk string) {
	t.Helper()
	if _, err := c.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: item(sk)}); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, c *dynamodb.Client, table, sk string) map[string]types.AttributeValue {
	t.Helper()
	out, err := c.GetItem(t.Context(), &dynamodb.GetItemInput{
		TableName: &table, Key: key(sk), ConsistentRead: aws.Bool(true),
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Item
}

func putOnce(table, sk string) types.TransactWriteItem {
	return types.TransactWriteItem{Put: &types.Put{
		TableName: &table, Item: item(sk), ConditionExpression: aws.String("attribute_not_exists(pk)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}}
}

func TestTransaction(t *testing.T) {
	c := client(start(t, dynoxide.Options{}))
	createTable(t, c, "core")
	put(t, c, "core", "taken")

	t.Run("a failed condition leaves nothing and tells which one, with the old item", func(t *testing.T) {
		_, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{
			TransactItems: []types.TransactWriteItem{putOnce("core", "free"), putOnce("core", "taken")},
		})
		var cancelled *types.TransactionCanceledException
		if !errors.As(err, &cancelled) || len(cancelled.CancellationReasons) != 2 {
			t.Fatalf("error is %v", err)
		}
		first, second := cancelled.CancellationReasons[0], cancelled.CancellationReasons[1]
		if aws.ToString(first.Code) != "None" || aws.ToString(second.Code) != "ConditionalCheckFailed" {
			t.Errorf("codes are %s and %s", aws.ToString(first.Code), aws.ToString(second.Code))
		}
		if len(second.Item) != len(item("taken")) {
			t.Errorf("old item is %v", second.Item)
		}
		if get(t, c, "core", "free") != nil {
			t.Error("half of the transaction was kept")
		}
	})
	t.Run("consumed capacity counts a write twice in the table and once in each index", func(t *testing.T) {
		out, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{
			TransactItems:          []types.TransactWriteItem{putOnce("core", "a"), putOnce("core", "b")},
			ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.ConsumedCapacity) != 1 {
			t.Fatalf("%d capacities", len(out.ConsumedCapacity))
		}
		got := out.ConsumedCapacity[0]
		if units := aws.ToFloat64(got.Table.WriteCapacityUnits); units != 4 {
			t.Errorf("table: %v write units, want 4", units)
		}
		for _, index := range []string{"due", "list"} {
			if units := aws.ToFloat64(got.GlobalSecondaryIndexes[index].WriteCapacityUnits); units != 2 {
				t.Errorf("index %s: %v write units, want 2", index, units)
			}
		}
	})
}

func TestIndexProjections(t *testing.T) {
	c := client(start(t, dynoxide.Options{}))
	createTable(t, c, "core")
	put(t, c, "core", "a")
	for index, want := range map[string]int{"due": 3, "list": 4} {
		t.Run("index "+index+" projects just its attributes", func(t *testing.T) {
			out, err := c.Query(t.Context(), &dynamodb.QueryInput{
				TableName: aws.String("core"), IndexName: &index,
				KeyConditionExpression:    aws.String("pk = :pk"),
				ExpressionAttributeValues: map[string]types.AttributeValue{":pk": text("workspace")},
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Items) != 1 || len(out.Items[0]) != want {
				t.Errorf("items are %v", out.Items)
			}
		})
	}
}

func TestTimeToLiveIsAccepted(t *testing.T) {
	c := client(start(t, dynoxide.Options{}))
	createTable(t, c, "ephemera")
	_, err := c.UpdateTimeToLive(t.Context(), &dynamodb.UpdateTimeToLiveInput{
		TableName:               aws.String("ephemera"),
		TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String("ttl"), Enabled: aws.Bool(true)},
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.DescribeTimeToLive(t.Context(), &dynamodb.DescribeTimeToLiveInput{TableName: aws.String("ephemera")})
	if err != nil {
		t.Fatal(err)
	}
	if got := out.TimeToLiveDescription; got.TimeToLiveStatus != types.TimeToLiveStatusEnabled || aws.ToString(got.AttributeName) != "ttl" {
		t.Errorf("time to live is %+v", got)
	}
}

func records(t *testing.T, c *dynamodbstreams.Client, arn string) []streamtypes.Record {
	t.Helper()
	described, err := c.DescribeStream(t.Context(), &dynamodbstreams.DescribeStreamInput{StreamArn: &arn})
	if err != nil {
		t.Fatal(err)
	}
	at, err := c.GetShardIterator(t.Context(), &dynamodbstreams.GetShardIteratorInput{
		StreamArn: &arn, ShardId: described.StreamDescription.Shards[0].ShardId,
		ShardIteratorType: streamtypes.ShardIteratorTypeTrimHorizon,
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.GetRecords(t.Context(), &dynamodbstreams.GetRecordsInput{ShardIterator: at.ShardIterator})
	if err != nil {
		t.Fatal(err)
	}
	return out.Records
}

func TestStream(t *testing.T) {
	t.Run("has a record with both images for each change, in order", func(t *testing.T) {
		s := start(t, dynoxide.Options{})
		arn := createTable(t, client(s), "core")
		put(t, client(s), "core", "a")
		put(t, client(s), "core", "a")
		if _, err := client(s).DeleteItem(t.Context(), &dynamodb.DeleteItemInput{
			TableName: aws.String("core"), Key: key("a"),
		}); err != nil {
			t.Fatal(err)
		}
		want := []streamtypes.OperationType{
			streamtypes.OperationTypeInsert, streamtypes.OperationTypeModify, streamtypes.OperationTypeRemove,
		}
		got := records(t, streams(s), arn)
		if len(got) != len(want) {
			t.Fatalf("%d records", len(got))
		}
		for i, r := range got {
			hasOld, hasNew := len(r.Dynamodb.OldImage) > 0, len(r.Dynamodb.NewImage) > 0
			if r.EventName != want[i] || hasOld != (i > 0) || hasNew != (i < 2) {
				t.Errorf("record %d is %s, old image %t, new image %t", i, r.EventName, hasOld, hasNew)
			}
		}
	})
	t.Run("drops what is older than it keeps, but never a table's last record", func(t *testing.T) {
		const keep = 10
		s := start(t, dynoxide.Options{StreamKeep: keep})
		idle, busy := createTable(t, client(s), "idle"), createTable(t, client(s), "busy")
		put(t, client(s), "idle", "first")
		put(t, client(s), "idle", "last")
		for i := range 3 * keep {
			put(t, client(s), "busy", fmt.Sprint(i))
		}
		if got := records(t, streams(s), busy); len(got) != keep || aws.ToString(got[0].Dynamodb.SequenceNumber) != "21" {
			t.Errorf("busy: %d records", len(got))
		}
		if got := records(t, streams(s), idle); len(got) != 1 || aws.ToString(got[0].Dynamodb.SequenceNumber) != "2" {
			t.Errorf("idle: %d records", len(got))
		}
	})
}

// BenchmarkPutWithStream shows that a put costs the same however many stream
// records there are: compare -benchtime 1000x with 20000x.
func BenchmarkPutWithStream(b *testing.B) {
	s, err := dynoxide.Start(b.Context(), dynoxide.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	c, table := client(s), "core"
	if _, err := c.CreateTable(b.Context(), &dynamodb.CreateTableInput{
		TableName: &table, BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS}},
		KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash}},
		StreamSpecification: &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
	}); err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		if _, err := c.PutItem(b.Context(), &dynamodb.PutItemInput{
			TableName: &table, Item: map[string]types.AttributeValue{"pk": text(fmt.Sprint(n))}}); err != nil {
			b.Fatal(err)
		}
	}
}
