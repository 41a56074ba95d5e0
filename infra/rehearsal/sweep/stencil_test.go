//go:build rehearsal

package sweep

import (
	"context"
	"crypto/rand"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/joinlink"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// identifiers finds the names of things.
var identifiers = regexp.MustCompile(`\b(?:ws|idn|acc|con|por|rol|inv|jln|jrq|msg|ses|aud|ver|key|job)_[0-9a-hjkmnp-tv-z]{26}`)

// stencil is a workspace with everything in it, to be copied under other names.
// What is stored of a secret is its hash, which does not say whose it is, so
// the secrets of the first open the copies too.
type stencil struct {
	items map[schema.Name][]dynamo.Item
	ids   []string
	ws    string
	names []string // of portals: the one thing that is unique over workspaces
	// The identifiers that are made from others.
	people   map[string]email.Key
	requests map[string]joinlink.Request
}

// newStencil looks at everything a workspace has.
func newStencil(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string, ws string) (*stencil, error) {
	s := &stencil{items: map[schema.Name][]dynamo.Item{}, ws: ws, people: map[string]email.Key{}, requests: map[string]joinlink.Request{}}
	found := map[string]bool{}
	err := everything(ctx, client, tables, func(table schema.Name, item dynamo.Item) error {
		kind := schema.Kind(word(item, schema.KindAttr))
		if word(item, "ws") != ws && !strings.HasPrefix(word(item, schema.PK), ws) || kind == schema.Counter || kind == schema.Idempotency {
			return nil
		}
		s.items[table] = append(s.items[table], item)
		each(&types.AttributeValueMemberM{Value: item}, func(v string) {
			for _, one := range identifiers.FindAllString(v, -1) {
				found[one] = true
			}
		})
		switch kind {
		case schema.PortalName:
			s.names = append(s.names, word(item, "name"))
		case schema.Identity:
			who, err := dynamo.Decode[identity.Identity](item)
			s.people[string(who.ID)] = who.Key
			return err
		case schema.JoinRequest:
			r, err := dynamo.Decode[joinlink.Request](item)
			s.requests[string(r.ID)] = r
			return err
		}
		return nil
	})
	for one := range found {
		s.ids = append(s.ids, one)
	}
	slices.Sort(s.ids)
	return s, err
}

// rename makes a copy's names: its workspace, and what replaces whatever names
// something.
func (s *stencil) rename() (ws string, to *strings.Replacer) {
	fresh := map[string]string{}
	for _, one := range s.ids {
		at := strings.IndexByte(one, '_') + 1 + 10 // behind a ULID's time, which orders
		fresh[one] = one[:at] + strings.ToLower(rand.Text()[:16])
		fresh[one] = fresh[one][:at] + crockford.Replace(fresh[one][at:])
	}
	ws = fresh[s.ws]
	for old, key := range s.people {
		fresh[old] = string(identity.IDOf(id.Workspace(ws), key))
	}
	for old, r := range s.requests {
		fresh[old] = string(id.Named[id.JoinRequest](ws, fresh[string(r.Link)], fresh[string(r.Identity)]))
	}
	var pairs []string
	for old, is := range fresh {
		pairs = append(pairs, old, is)
	}
	for _, name := range s.names {
		pairs = append(pairs, name, "p-"+ws[3:]+name[len(name)-3:])
	}
	return ws, strings.NewReplacer(pairs...)
}

// crockford takes the letters that a ULID has not out of base 32.
var crockford = strings.NewReplacer("i", "8", "l", "9", "o", "0", "u", "1")

// copy writes the copy.
func (s *stencil) copy(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string) (ws string, to *strings.Replacer, err error) {
	ws, to = s.rename()
	var all []types.WriteRequest
	var of []string
	for table, items := range s.items {
		for _, item := range items {
			all = append(all, types.WriteRequest{PutRequest: &types.PutRequest{Item: rewrite(&types.AttributeValueMemberM{Value: item}, to).(*types.AttributeValueMemberM).Value}})
			of = append(of, tables[table])
		}
	}
	const most = 25 // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
	for from := 0; from < len(all); from += most {
		request := map[string][]types.WriteRequest{}
		for n := from; n < min(from+most, len(all)); n++ {
			request[of[n]] = append(request[of[n]], all[n])
		}
		if _, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: request}); err != nil {
			return "", nil, err
		}
	}
	return ws, to, nil
}

// rewrite is a value under other names.
func rewrite(v types.AttributeValue, to *strings.Replacer) types.AttributeValue {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return &types.AttributeValueMemberS{Value: to.Replace(v.Value)}
	case *types.AttributeValueMemberL:
		out := make([]types.AttributeValue, len(v.Value))
		for i, one := range v.Value {
			out[i] = rewrite(one, to)
		}
		return &types.AttributeValueMemberL{Value: out}
	case *types.AttributeValueMemberM:
		out := map[string]types.AttributeValue{}
		for name, one := range v.Value {
			out[to.Replace(name)] = rewrite(one, to)
		}
		return &types.AttributeValueMemberM{Value: out}
	}
	return v
}

// each hands over every text of a value, names of a map's entries included.
func each(v types.AttributeValue, f func(string)) {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		f(v.Value)
	case *types.AttributeValueMemberL:
		for _, one := range v.Value {
			each(one, f)
		}
	case *types.AttributeValueMemberM:
		for name, one := range v.Value {
			f(name)
			each(one, f)
		}
	}
}

// everything hands over every item of every table.
func everything(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string, f func(schema.Name, dynamo.Item) error) error {
	for table, name := range tables {
		pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: aws.String(name), ConsistentRead: aws.Bool(true)})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, item := range page.Items {
				if err := f(table, item); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func word(item dynamo.Item, name string) string {
	if s, ok := item[name].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}
