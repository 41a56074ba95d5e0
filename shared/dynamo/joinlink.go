package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
	"portero/shared/domain/verification"
	"portero/shared/dynamo/schema"
)

// JoinLink reads one, or not_found.
func (s *Store) JoinLink(ctx context.Context, ws id.Workspace, l id.JoinLink) (joinlink.JoinLink, error) {
	return get[joinlink.JoinLink](ctx, s, schema.Core, joinLinkKeys(ws, l))
}

// JoinLinks reads a page of a workspace's links.
func (s *Store) JoinLinks(ctx context.Context, ws id.Workspace, p page.Ask) ([]joinlink.JoinLink, page.Cursor, error) {
	partition := joinLinkKeys(ws, "").pk
	return list[joinlink.JoinLink](ctx, s, query{table: schema.Core, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}

// JoinRequest reads one, or not_found.
func (s *Store) JoinRequest(ctx context.Context, ws id.Workspace, r id.JoinRequest) (joinlink.Request, error) {
	return get[joinlink.Request](ctx, s, schema.Core, joinRequestKeys(ws, r))
}

// JoinRequests reads a page of those in one state, newest first.
func (s *Store) JoinRequests(ctx context.Context, ws id.Workspace, state joinlink.RequestState, p page.Ask) ([]joinlink.Request, page.Cursor, error) {
	return list[joinlink.Request](ctx, s, query{table: schema.Core, index: schema.List, partition: in(ws, schema.JoinRequest, string(state)),
		start: func(sort string) keys { return joinRequestKeys(ws, id.JoinRequest(lastPart(sort))) }}, p)
}

// Verification reads one, or not_found.
func (s *Store) Verification(ctx context.Context, ws id.Workspace, v id.Verification) (verification.Verification, error) {
	return get[verification.Verification](ctx, s, schema.Ephemera, verificationKeys(ws, v))
}

// raise counts a use of a join link where it lies, so that many may join at
// once: while it has the secret that was followed, is on, and is not full.
func (s *Store) raise(f family, key Item, record any) (types.TransactWriteItem, error) {
	use, ok := record.(joinlink.Use)
	if !ok {
		return types.TransactWriteItem{}, fmt.Errorf("dynamo: nothing to raise in %T", record)
	}
	return types.TransactWriteItem{Update: &types.Update{
		TableName: s.table(f.table), Key: key, UpdateExpression: aws.String("ADD uses :one, #v :one"),
		ConditionExpression:      aws.String("#h = :h AND attribute_not_exists(#off) AND (attribute_not_exists(max_uses) OR uses < max_uses)"),
		ExpressionAttributeNames: map[string]string{"#v": versionAttr, "#h": "hash", "#off": "off"},
		ExpressionAttributeValues: Item{
			":one": number(1), ":h": &types.AttributeValueMemberB{Value: use.Hash},
		},
	}}, nil
}
