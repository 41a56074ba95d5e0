package dynamo

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/shared/domain/apikey"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// KeyCredentials reads what an API key leads to in one strongly consistent
// batch: the key, its last use and the creator it acts for. What is not there is
// left zero.
func (s *Store) KeyCredentials(ctx context.Context, t apikey.Token) (apikey.Credentials, error) {
	key, use, who := apiKeyKeys(t.Workspace, t.Key), keyUseKeys(t.Workspace, t.Key), identityKeys(t.Workspace, t.Creator)
	var c apikey.Credentials
	found, err := s.batch(ctx, []place{{schema.Core, key}, {schema.Core, who}, {schema.Ephemera, use}})
	if err != nil {
		return c, err
	}
	if c.Key, _, err = optional(pick[apikey.Key](found, key)); err != nil {
		return c, err
	}
	if c.Use, _, err = optional(pick[apikey.Use](found, use)); err != nil {
		return c, err
	}
	c.Creator, _, err = optional(pick[identity.Identity](found, who))
	return c, err
}

// TouchKey records that a key was used. It does nothing if nothing is kept of its
// use, or a later one is.
func (s *Store) TouchKey(ctx context.Context, ws id.Workspace, k id.APIKey, now time.Time) error {
	return s.seen(ctx, keyUseKeys(ws, k), now)
}

// seen raises an item's seen_at to now, if it is there and was seen before then.
func (s *Store) seen(ctx context.Context, k keys, now time.Time) error {
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: s.table(schema.Ephemera), Key: k.primary(),
		UpdateExpression:          aws.String("SET seen_at = :now"),
		ConditionExpression:       aws.String("attribute_exists(pk) AND (attribute_not_exists(seen_at) OR seen_at < :now)"),
		ExpressionAttributeValues: Item{":now": text(instant(now))},
		ReturnConsumedCapacity:    s.consumption(),
	})
	if err != nil {
		if err = translate(err); errors.Is(err, fault.Stale(nil)) {
			return nil
		}
		return err
	}
	s.countedOne("UpdateItem", out.ConsumedCapacity)
	return nil
}

// APIKey reads one, or not_found.
func (s *Store) APIKey(ctx context.Context, ws id.Workspace, k id.APIKey) (apikey.Key, error) {
	return get[apikey.Key](ctx, s, schema.Core, apiKeyKeys(ws, k))
}

// APIKeys reads a page of a workspace's keys, newest first.
func (s *Store) APIKeys(ctx context.Context, ws id.Workspace, p page.Ask) ([]apikey.Key, page.Cursor, error) {
	partition := apiKeyKeys(ws, "").pk
	return list[apikey.Key](ctx, s, query{table: schema.Core, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}

// KeyUses reads the last uses of some keys, as far as they are known.
func (s *Store) KeyUses(ctx context.Context, ws id.Workspace, all []apikey.Key) (map[id.APIKey]apikey.Use, error) {
	places := make([]place, len(all))
	for n, k := range all {
		places[n] = place{schema.Ephemera, keyUseKeys(ws, k.ID)}
	}
	found, err := s.batch(ctx, places)
	if err != nil {
		return nil, err
	}
	out := map[id.APIKey]apikey.Use{}
	for n, k := range all {
		if out[k.ID], _, err = optional(pick[apikey.Use](found, places[n].keys)); err != nil {
			return nil, err
		}
	}
	return out, nil
}
