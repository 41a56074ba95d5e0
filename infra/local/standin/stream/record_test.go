package stream_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
)

func TestEventIsTheJSONThatLambdaSends(t *testing.T) {
	tb := newTable(t)
	p := tb.poller(new(calls))
	var got struct{ Records []map[string]any }
	p.Handle = func(_ context.Context, event []byte) ([]byte, error) { return nil, json.Unmarshal(event, &got) }

	key := map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "a"}}
	_, err := tb.client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &tb.name, Item: map[string]types.AttributeValue{
		"pk":     key["pk"],
		"number": &types.AttributeValueMemberN{Value: "-1.5"},
		"binary": &types.AttributeValueMemberB{Value: []byte{0, 255}},
		"bool":   &types.AttributeValueMemberBOOL{Value: true},
		"null":   &types.AttributeValueMemberNULL{Value: true},
		"list":   &types.AttributeValueMemberL{Value: []types.AttributeValue{&types.AttributeValueMemberS{Value: "x"}}},
		"empty":  &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{}},
		"none":   &types.AttributeValueMemberL{},
		"map":    &types.AttributeValueMemberM{Value: key},
		"texts":  &types.AttributeValueMemberSS{Value: []string{"x"}},
		"counts": &types.AttributeValueMemberNS{Value: []string{"1"}},
		"bytes":  &types.AttributeValueMemberBS{Value: [][]byte{{1}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tb.client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: &tb.name, Key: key}); err != nil {
		t.Fatal(err)
	}
	drain(t, p)

	type object = map[string]any
	pk, image := object{"pk": object{"S": "a"}}, object{
		"pk": object{"S": "a"}, "number": object{"N": "-1.5"}, "binary": object{"B": "AP8="}, "bool": object{"BOOL": true},
		"null": object{"NULL": true}, "list": object{"L": []any{object{"S": "x"}}}, "empty": object{"M": object{}},
		"none": object{"L": []any{}}, "map": object{"M": object{"pk": object{"S": "a"}}}, "texts": object{"SS": []any{"x"}},
		"counts": object{"NS": []any{"1"}}, "bytes": object{"BS": []any{"AQ=="}},
	}
	want := []map[string]any{
		{"eventName": "INSERT", "dynamodb": object{"Keys": pk, "NewImage": image, "SequenceNumber": "1", "StreamViewType": "NEW_AND_OLD_IMAGES"}},
		{"eventName": "REMOVE", "dynamodb": object{"Keys": pk, "OldImage": image, "SequenceNumber": "2", "StreamViewType": "NEW_AND_OLD_IMAGES"}},
	}
	for i, r := range got.Records {
		for _, name := range []string{"eventID", "awsRegion"} { // the database's own
			if text, isText := r[name].(string); !isText || text == "" {
				t.Errorf("record %d: %s is %v", i, name, r[name])
			}
			delete(r, name)
		}
		change := r["dynamodb"].(object)
		for _, name := range []string{"ApproximateCreationDateTime", "SizeBytes"} {
			if n, isNumber := change[name].(float64); !isNumber || n <= 0 {
				t.Errorf("record %d: %s is %v", i, name, change[name])
			}
			delete(change, name)
		}
		want[i]["eventSource"], want[i]["eventVersion"], want[i]["eventSourceARN"] = "aws:dynamodb", "1.1", tb.arn
	}
	if diff := cmp.Diff(want, got.Records); diff != "" {
		t.Error(diff)
	}
}

func TestDeletionByTimeToLiveNamesTheService(t *testing.T) {
	f := newFake(t)
	f.shard("one", "", `{"eventID":"1","eventName":"REMOVE","userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"},`+
		`"dynamodb":{"Keys":{"pk":{"S":"a"}},"SequenceNumber":"1"}}`)
	var got struct {
		Records []struct {
			UserIdentity struct{ Type, PrincipalID string }
		}
	}
	p := f.poller(new(calls))
	p.Handle = func(_ context.Context, event []byte) ([]byte, error) { return nil, json.Unmarshal(event, &got) }
	drain(t, p)
	if len(got.Records) != 1 || got.Records[0].UserIdentity.PrincipalID != "dynamodb.amazonaws.com" {
		t.Errorf("records are %+v", got.Records)
	}
}
