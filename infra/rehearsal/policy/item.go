package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// value is an attribute's value, as far as it can be a key. Numbers and bytes
// stand as they are sent.
type value struct{ S, N, B *string }

func (v value) text() (string, bool) {
	for _, kind := range []*string{v.S, v.N, v.B} {
		if kind != nil {
			return *kind, true
		}
	}
	return "", false
}

// ask is what the operations on items say, and each item of a transaction.
type ask struct {
	TableName, IndexName                                           string
	Key, Item                                                      map[string]value
	ProjectionExpression, KeyConditionExpression, FilterExpression string
	ConditionExpression, UpdateExpression                          string
	ExpressionAttributeNames                                       names
	ExpressionAttributeValues                                      map[string]value
	ReturnValues, ReturnConsumedCapacity, Select                   string

	// What expressions replaced
	// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html).
	AttributesToGet                                     []string
	Expected, AttributeUpdates, QueryFilter, ScanFilter map[string]json.RawMessage
	KeyConditions                                       map[string]struct {
		ComparisonOperator string
		AttributeValueList []value
	}
}

// table returns the ARN of a table or its index, and its partition key's
// attribute. A table may be named by its ARN.
func (p Place) table(name, index string) (arn, key string, err error) {
	arn = p.arn("dynamodb", "table/"+name)
	if strings.HasPrefix(name, "arn:") {
		arn, name = name, name[strings.LastIndex(name, "/")+1:]
	}
	if index != "" {
		arn, name = arn+"/index/"+index, name+"/"+index
	}
	key, ok := p.Keys[name]
	if !ok {
		return "", "", fmt.Errorf("no table or index %q", name)
	}
	return arn, key, nil
}

// oneItem is the call of an operation on one item.
func oneItem(r request) ([]Call, error) {
	var a ask
	if err := decode(r.body, &a); err != nil {
		return nil, err
	}
	call, err := a.item(r.place, r.action)
	return []Call{call}, err
}

// item is the call of an action on the one item that is named by its key, or
// put whole.
func (a ask) item(p Place, action string) (Call, error) {
	arn, key, err := p.table(a.TableName, "")
	if err != nil {
		return Call{}, err
	}
	named := a.Key
	if action == "dynamodb:PutItem" {
		named = a.Item
	}
	leading, ok := named[key].text()
	if !ok {
		return Call{}, fmt.Errorf("no value of the key %s of table %s", key, a.TableName)
	}
	context, err := a.context(slices.Sorted(maps.Keys(named)))
	if err != nil {
		return Call{}, err
	}
	context[leadingKeys] = []string{leading}
	return Call{action, arn, context}, nil
}

// context returns the condition keys that are parameters or follow from the
// expressions: every attribute that they name, and those given
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
func (a ask) context(named []string) (map[string][]string, error) {
	for _, e := range []string{a.ProjectionExpression, a.KeyConditionExpression, a.FilterExpression, a.ConditionExpression, a.UpdateExpression} {
		list, err := attributesOf(e, a.ExpressionAttributeNames)
		if err != nil {
			return nil, err
		}
		named = append(named, list...)
	}
	named = append(named, a.AttributesToGet...)
	for _, legacy := range []map[string]json.RawMessage{a.Expected, a.AttributeUpdates, a.QueryFilter, a.ScanFilter} {
		named = append(named, slices.Collect(maps.Keys(legacy))...)
	}
	named = append(named, slices.Collect(maps.Keys(a.KeyConditions))...)
	slices.Sort(named)
	context := map[string][]string{attributes: slices.Compact(named), selected: {a.selects()}}
	for key, given := range map[string]string{returned: a.ReturnValues, consumed: a.ReturnConsumedCapacity} {
		if given != "" {
			context[key] = []string{given}
		}
	}
	return context, nil
}

// selects is Select, or what it is by default
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html).
func (a ask) selects() string {
	switch {
	case a.Select != "":
		return a.Select
	case a.ProjectionExpression != "" || len(a.AttributesToGet) > 0:
		return "SPECIFIC_ATTRIBUTES"
	case a.IndexName != "":
		return "ALL_PROJECTED_ATTRIBUTES"
	}
	return "ALL_ATTRIBUTES"
}

// decode reads a JSON body.
func decode(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	return nil
}
