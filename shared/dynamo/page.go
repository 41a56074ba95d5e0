package dynamo

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// query is one page of one partition of a table or index.
type query struct {
	table     schema.Name
	index     schema.Index // empty: the table
	partition string
	prefix    string // of the sort key; empty: all
	from, to  string // bounds of the sort key, both within; empty: all. Beside a prefix they are not looked at
	filter    string // a FilterExpression over projected attributes; empty: none
	names     map[string]string
	values    Item
	// start rebuilds the primary key of the last item from its sort key in
	// the index.
	start func(sort string) keys
}

// names of a query's key attributes.
func (q query) attributes() (pk, sk string) {
	switch q.index {
	case schema.List:
		return schema.ListPK, schema.ListSK
	case schema.Due:
		return schema.DuePK, schema.DueSK
	case schema.Subject:
		return schema.SubjPK, schema.SK
	case schema.Doer:
		return schema.DoerPK, schema.SK
	case schema.Place:
		return schema.PlacePK, schema.SK
	}
	return schema.PK, schema.SK
}

// list runs one query and decodes what it finds.
func list[T any](ctx context.Context, s *Store, q query, p page.Ask) ([]T, page.Cursor, error) {
	items, next, err := s.items(ctx, q, p)
	if err != nil {
		return nil, "", err
	}
	all := make([]T, len(items))
	for i, item := range items {
		if all[i], err = decode[T](item); err != nil {
			return nil, "", err
		}
	}
	return all, next, nil
}

// items runs one query and returns its items with the cursor of the next page;
// the cursor is empty on the last one. Table reads are strongly consistent,
// index reads cannot be.
func (s *Store) items(ctx context.Context, q query, p page.Ask) ([]Item, page.Cursor, error) {
	input, err := s.input(q, p)
	if err != nil {
		return nil, "", err
	}
	out, err := s.Client.Query(ctx, input)
	if err != nil {
		return nil, "", translate(err)
	}
	s.countedOne("Query", out.ConsumedCapacity)
	if out.LastEvaluatedKey == nil {
		return out.Items, "", nil
	}
	_, sk := q.attributes()
	return out.Items, page.CursorAt(str(out.LastEvaluatedKey[sk]), p.Now), nil
}

func (s *Store) input(q query, p page.Ask) (*dynamodb.QueryInput, error) {
	pk, sk := q.attributes()
	limit := p.Limit
	if limit == 0 {
		limit = page.Size
	}
	input := &dynamodb.QueryInput{
		TableName: s.table(q.table), Limit: aws.Int32(int32(limit)), ScanIndexForward: aws.Bool(p.Oldest),
		KeyConditionExpression:    aws.String("#pk = :pk"),
		ExpressionAttributeNames:  map[string]string{"#pk": pk},
		ExpressionAttributeValues: Item{":pk": text(q.partition)},
		ReturnConsumedCapacity:    s.consumption(),
	}
	if q.index == "" {
		input.ConsistentRead = aws.Bool(true)
	} else {
		input.IndexName = aws.String(string(q.index))
	}
	if q.prefix == "" && q.from != "" {
		input.KeyConditionExpression = aws.String("#pk = :pk AND #sk BETWEEN :from AND :to")
		input.ExpressionAttributeNames["#sk"] = sk
		input.ExpressionAttributeValues[":from"], input.ExpressionAttributeValues[":to"] = text(q.from), text(q.to)
	}
	if q.prefix != "" {
		input.KeyConditionExpression = aws.String("#pk = :pk AND begins_with(#sk, :sk)")
		input.ExpressionAttributeNames["#sk"] = sk
		input.ExpressionAttributeValues[":sk"] = text(q.prefix)
	}
	if q.filter != "" {
		input.FilterExpression = aws.String(q.filter)
		for n, v := range q.names {
			input.ExpressionAttributeNames[n] = v
		}
		for n, v := range q.values {
			input.ExpressionAttributeValues[n] = v
		}
	}
	if p.Cursor == "" {
		return input, nil
	}
	sort, err := p.Cursor.Open(p.Now)
	if err != nil {
		return nil, err
	}
	if q.start == nil {
		return nil, page.ErrInvalid
	}
	start := q.start(sort)
	input.ExclusiveStartKey = map[string]types.AttributeValue{pk: text(q.partition), sk: text(sort)}
	if q.index != "" {
		input.ExclusiveStartKey[schema.PK] = text(start.pk)
		input.ExclusiveStartKey[schema.SK] = text(start.sk)
	}
	return input, nil
}

// lastPart returns what stands behind the last separator: the identifier in a
// list key.
func lastPart(sort string) string { return sort[strings.LastIndex(sort, schema.Sep)+1:] }
