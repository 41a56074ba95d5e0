package dynamo

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/dynamo/schema"
)

// Item is a stored item.
type Item = map[string]types.AttributeValue

// versionAttr holds an aggregate's version; every replace asks for the one that
// was read.
const versionAttr = "v"

func encoderOptions(o *attributevalue.EncoderOptions) {
	o.TagKey = "json"
	o.UseEncodingMarshalers = true
	o.OmitEmptyTime = true
	o.EncodeTime = func(t time.Time) (types.AttributeValue, error) {
		return &types.AttributeValueMemberS{Value: t.UTC().Truncate(time.Second).Format(time.RFC3339)}, nil
	}
}

func decoderOptions(o *attributevalue.DecoderOptions) {
	o.TagKey = "json"
	o.UseEncodingUnmarshalers = true
}

// encode returns the item of a record with its keys, or an error for a type
// that stands in no line of families.
func encode(record any) (family, Item, error) {
	f, known := families[reflect.TypeOf(record)]
	if !known {
		return family{}, nil, fmt.Errorf("dynamo: no family for %T", record)
	}
	item, err := attributevalue.MarshalMapWithOptions(record, encoderOptions)
	if err != nil {
		return family{}, nil, fmt.Errorf("encode %T: %w", record, err)
	}
	prune(item)
	f.keys(record).stamp(item)
	if _, found := item[schema.FindPK]; found {
		// The keys say it, and spread puts it back: without it what can be searched
		// for stays within a kilobyte, as it did before.
		delete(item, "ws")
	}
	gather(item)
	item[schema.KindAttr] = &types.AttributeValueMemberS{Value: string(f.kind)}
	return f, item, nil
}

// gather copies what a list shows beyond an index's 20 attributes into one.
func gather(item Item) {
	if _, listed := item[schema.ListPK]; !listed {
		return
	}
	more := Item{}
	for _, name := range schema.More {
		if v, ok := item[name]; ok {
			more[name] = v
		}
	}
	if len(more) > 0 {
		item[schema.MoreAttr] = &types.AttributeValueMemberM{Value: more}
	}
}

// spread puts back what gather copied, and the workspace, which the key says:
// an entry of an index reads like the item itself, as far as it goes.
func spread(item Item) {
	if more, ok := item[schema.MoreAttr].(*types.AttributeValueMemberM); ok {
		for name, v := range more.Value {
			if _, there := item[name]; !there {
				item[name] = v
			}
		}
	}
	if _, there := item["ws"]; !there {
		if ws, _, ok := strings.Cut(str(item[schema.PK]), schema.Sep); ok {
			item["ws"] = text(ws)
		}
	}
}

// decode fills a record from its item.
func decode[T any](item Item) (T, error) {
	spread(item)
	var record T
	if err := attributevalue.UnmarshalMapWithOptions(item, &record, decoderOptions); err != nil {
		return record, fmt.Errorf("decode %T: %w", record, err)
	}
	return record, nil
}

// Decode fills a record from its item as every read does, for who looks at items
// that no access pattern leads to: the invariant checker. It returns an error for
// an item that is not such a record's.
func Decode[T any](item Item) (T, error) { return decode[T](item) }

// prune drops what says nothing: nulls, zero times, and maps and lists without
// elements, so that an item stays within its first kilobyte.
func prune(m Item) {
	for name, v := range m {
		switch v := v.(type) {
		case *types.AttributeValueMemberNULL:
			delete(m, name)
		case *types.AttributeValueMemberS:
			if v.Value == zeroTime {
				delete(m, name)
			}
		case *types.AttributeValueMemberM:
			if prune(v.Value); len(v.Value) == 0 {
				delete(m, name)
			}
		case *types.AttributeValueMemberL:
			if len(v.Value) == 0 {
				delete(m, name)
			}
		}
	}
}

// zeroTime is how the encoder writes a time that was never set, whatever its
// tag says.
var zeroTime = time.Time{}.Format(time.RFC3339)

func versionOf(item Item) int {
	n, ok := item[versionAttr].(*types.AttributeValueMemberN)
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(n.Value)
	if err != nil {
		return 0
	}
	return v
}

func number(n int) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.Itoa(n)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
