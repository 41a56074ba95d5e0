package dynamo

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/limit"
	"portero/shared/dynamo/schema"
)

// Count adds one to a counter's window and reports whether it was still within
// most. A window that is full is not written to.
func (s *Store) Count(ctx context.Context, c limit.Counter) (bool, error) {
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName:           s.table(schema.Ephemera),
		Key:                 counterKeys(c.Workspace, c.Name, c.Window).primary(),
		UpdateExpression:    aws.String("ADD #n :one SET #ttl = :ttl, #kind = :kind"),
		ConditionExpression: aws.String("attribute_not_exists(#n) OR #n < :most"),
		ExpressionAttributeNames: map[string]string{
			"#n": "n", "#ttl": schema.TTLAttr, "#kind": schema.KindAttr,
		},
		ExpressionAttributeValues: Item{
			":one": number(1), ":most": number(c.Most), ":kind": text(string(schema.Counter)),
			":ttl": &types.AttributeValueMemberN{Value: strconv.FormatInt(c.Until.Add(rubbishGrace).Unix(), 10)},
		},
		ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		if unmet(err) {
			return false, nil
		}
		return false, translate(err)
	}
	s.countedOne("UpdateItem", out.ConsumedCapacity)
	return true, nil
}

// Forget removes a counter's window: the failures before a success no longer
// count.
func (s *Store) Forget(ctx context.Context, c limit.Counter) error {
	out, err := s.Client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: s.table(schema.Ephemera), Key: counterKeys(c.Workspace, c.Name, c.Window).primary(),
		ConditionExpression: aws.String("attribute_exists(pk)"), ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		if unmet(err) {
			return nil
		}
		return translate(err)
	}
	s.countedOne("DeleteItem", out.ConsumedCapacity)
	return nil
}

// tally is a counter's window.
type tally struct {
	N int `json:"n"`
}

// CountedAll reads how far several windows have come, in their order, with one
// call for a hundred of them.
func (s *Store) CountedAll(ctx context.Context, all []limit.Counter) ([]int, error) {
	places := make([]place, len(all))
	for i, c := range all {
		places[i] = place{schema.Ephemera, counterKeys(c.Workspace, c.Name, c.Window)}
	}
	found, err := s.batch(ctx, places)
	if err != nil {
		return nil, err
	}
	counts := make([]int, len(all))
	for i, p := range places {
		t, _, err := optional(pick[tally](found, p.keys))
		if err != nil {
			return nil, err
		}
		counts[i] = t.N
	}
	return counts, nil
}

// Counted reads how far a counter's window has come; 0 if it was never counted.
func (s *Store) Counted(ctx context.Context, c limit.Counter) (int, error) {
	t, _, err := optional(get[tally](ctx, s, schema.Ephemera, counterKeys(c.Workspace, c.Name, c.Window)))
	return t.N, err
}
