package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/page"
	"portero/shared/domain/seat"
	"portero/shared/domain/verification"
	"portero/shared/dynamo/schema"
)

// JoinLink reads one, or not_found.
func (s *Store) JoinLink(ctx context.Context, ws id.Workspace, l id.JoinLink) (joinlink.JoinLink, error) {
	return get[joinlink.JoinLink](ctx, s, schema.Core, joinLinkKeys(ws, l))
}

// Shared narrows a list of join links; the zero value narrows nothing.
type Shared struct {
	Label   string // what it begins with, as people read it
	Portal  id.Portal
	Role    id.Role
	Creator id.Identity
}

// JoinLinks reads a page of a workspace's links: one query, which looks at up to
// 1,000 if it is narrowed.
func (s *Store) JoinLinks(ctx context.Context, ws id.Workspace, w Shared, p page.Ask) ([]joinlink.JoinLink, page.Cursor, error) {
	partition := joinLinkKeys(ws, "").pk
	q := query{table: schema.Core, partition: partition, keep: labelled(w.Label),
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}
	q.equal("portal", string(w.Portal))
	q.equal("role", string(w.Role))
	q.equal("creator", string(w.Creator))
	return list[joinlink.JoinLink](ctx, s, q, p)
}

// JoinRequest reads one, or not_found.
func (s *Store) JoinRequest(ctx context.Context, ws id.Workspace, r id.JoinRequest) (joinlink.Request, error) {
	return get[joinlink.Request](ctx, s, schema.Core, joinRequestKeys(ws, r))
}

// JoinRequests reads a page of those in one state, newest first, of one role if it
// is named: then the one query looks at up to 1,000.
func (s *Store) JoinRequests(ctx context.Context, ws id.Workspace, state joinlink.RequestState, role id.Role, p page.Ask) ([]joinlink.Request, page.Cursor, error) {
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.JoinRequest, string(state)),
		start: func(sort string) keys { return joinRequestKeys(ws, id.JoinRequest(lastPart(sort))) }}
	q.equal(schema.MoreAttr+".role", string(role))
	return list[joinlink.Request](ctx, s, q, p)
}

// Verification reads one, or not_found.
func (s *Store) Verification(ctx context.Context, ws id.Workspace, v id.Verification) (verification.Verification, error) {
	return get[verification.Verification](ctx, s, schema.Ephemera, verificationKeys(ws, v))
}

// raise counts where the number lies: a use of a join link, or the seats of a
// role.
func (s *Store) raise(f family, item Item, record any) (types.TransactWriteItem, error) {
	key := Item{schema.PK: item[schema.PK], schema.SK: item[schema.SK]}
	switch one := record.(type) {
	case joinlink.Use:
		return s.raiseUse(f, key, one), nil
	case seat.Change:
		return s.raiseSeats(f, key, one), nil
	case mailbox.Alike:
		return s.note(f, item), nil
	}
	return types.TransactWriteItem{}, fmt.Errorf("dynamo: nothing to raise in %T", record)
}

// note writes what stands for itself over whatever note is there.
func (s *Store) note(f family, item Item) types.TransactWriteItem {
	item[versionAttr] = number(1)
	return types.TransactWriteItem{Put: &types.Put{TableName: s.table(f.table), Item: item,
		ConditionExpression:       aws.String("attribute_not_exists(pk) OR #kind = :kind"),
		ExpressionAttributeNames:  map[string]string{"#kind": schema.KindAttr},
		ExpressionAttributeValues: Item{":kind": item[schema.KindAttr]}}}
}

// raiseUse counts a use of a join link, so that many may join at once: while it
// has the secret that was followed, is on, and is not full.
func (s *Store) raiseUse(f family, key Item, use joinlink.Use) types.TransactWriteItem {
	by := 1
	if use.Test {
		by = 0
	}
	return types.TransactWriteItem{Update: &types.Update{
		TableName: s.table(f.table), Key: key, UpdateExpression: aws.String("ADD uses :by, #v :one"),
		ConditionExpression:      aws.String("#h = :h AND attribute_not_exists(#off) AND (attribute_not_exists(max_uses) OR uses < max_uses)"),
		ExpressionAttributeNames: map[string]string{"#v": versionAttr, "#h": "hash", "#off": "off"},
		ExpressionAttributeValues: Item{
			":by": number(by), ":one": number(1), ":h": &types.AttributeValueMemberB{Value: use.Hash},
		},
	}}
}
