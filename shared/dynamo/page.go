package dynamo

import (
	"cmp"
	"context"
	"slices"
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
	keep      func(Item) bool // what no FilterExpression can say; nil: all
	// start rebuilds the primary key of the last item from its sort key in
	// the index.
	start func(sort string) keys
}

// names of a query's key attributes.
func (q query) attributes() (pk, sk string) {
	switch q.index {
	case schema.List:
		return schema.ListPK, schema.ListSK
	case schema.Address:
		return schema.FindPK, schema.AddrSK
	case schema.Called:
		return schema.FindPK, schema.NameSK
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

// looks is how many entries the one query of a filtered page looks at: as many as
// are sure to fit DynamoDB's megabyte, at up to 1,000 bytes each
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html).
// A page is full unless fewer than a page of them fit; then it is shorter, and
// goes on behind the last one looked at.
const looks = 1000

// sifts reports whether some of what the query meets is left out.
func (q query) sifts() bool { return q.filter != "" || q.keep != nil }

// equal keeps what has this value; an empty one keeps all.
func (q *query) equal(name, value string) {
	if value == "" {
		return
	}
	if q.names == nil {
		q.names, q.values = map[string]string{}, Item{}
	}
	parts := strings.Split(name, ".")
	for n, part := range parts {
		parts[n] = "#f_" + part
		q.names[parts[n]] = part
	}
	at := ":f_" + strings.ReplaceAll(name, ".", "_")
	q.values[at] = text(value)
	if q.filter != "" {
		q.filter += " AND "
	}
	q.filter += strings.Join(parts, ".") + " = " + at
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
	found := out.Items
	if q.keep != nil {
		found = slices.DeleteFunc(found, func(item Item) bool { return !q.keep(item) })
	}
	if most := cmp.Or(p.Limit, page.Size); q.sifts() && len(found) > most {
		return found[:most], q.cursor(q.position(found[most-1]), p), nil
	}
	if out.LastEvaluatedKey == nil {
		return found, "", nil
	}
	return found, q.cursor(q.position(out.LastEvaluatedKey), p), nil
}

func (s *Store) input(q query, p page.Ask) (*dynamodb.QueryInput, error) {
	pk, sk := q.attributes()
	limit := cmp.Or(p.Limit, page.Size)
	if q.sifts() {
		limit = max(limit, looks)
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
	sort, err := p.Cursor.Open(q.list(p), p.Now)
	if err != nil {
		return nil, err
	}
	if q.start == nil || !q.reaches(sort) {
		return nil, page.ErrInvalid
	}
	start := q.start(sort)
	if q.named() {
		sort = strings.TrimSuffix(sort, schema.Sep+lastPart(sort))
	}
	input.ExclusiveStartKey = map[string]types.AttributeValue{pk: text(q.partition), sk: text(sort)}
	if q.index != "" {
		input.ExclusiveStartKey[schema.PK] = text(start.pk)
		input.ExclusiveStartKey[schema.SK] = text(start.sk)
	}
	return input, nil
}

// list is the query as its cursors know it. Filters are left out: they change which
// entries are shown, not where they stand.
func (q query) list(p page.Ask) page.List {
	order := "newest"
	if p.Oldest {
		order = "oldest"
	}
	return page.List(strings.Join([]string{string(q.table), string(q.index), q.partition, q.prefix, order}, "\x00"))
}

// cursor is where the query goes on behind a position.
func (q query) cursor(position string, p page.Ask) page.Cursor {
	return q.list(p).CursorAt(position, p.Now)
}

// reaches reports whether a sort key is within the query's bounds. Those may move
// with the time, so that they are no part of the list; beyond them DynamoDB takes
// no start.
func (q query) reaches(sort string) bool {
	return strings.HasPrefix(sort, q.prefix) && (q.prefix != "" || q.from == "" || q.from <= sort && sort <= q.to)
}

// named reports whether the query's sort keys do not hold the identifier of what
// they lead to.
func (q query) named() bool { return q.index == schema.Address || q.index == schema.Called }

// position is where an item stands in the query's order: its sort key, with the
// identifier behind the last separator where that leads on.
func (q query) position(item Item) string {
	_, sk := q.attributes()
	if q.named() {
		return str(item[sk]) + schema.Sep + lastPart(str(item[schema.PK]))
	}
	return str(item[sk])
}

// lastPart returns what stands behind the last separator: the identifier in a
// list key.
func lastPart(sort string) string { return sort[strings.LastIndex(sort, schema.Sep)+1:] }
