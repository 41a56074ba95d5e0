package policy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// batchGet gives one call a table, with the keys of all its items.
func batchGet(r request) ([]Call, error) {
	var in struct {
		RequestItems map[string]struct {
			ask
			Keys []map[string]value
		}
		ReturnConsumedCapacity string
	}
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	var calls []Call
	for _, table := range slices.Sorted(maps.Keys(in.RequestItems)) {
		one := in.RequestItems[table]
		one.ReturnConsumedCapacity = in.ReturnConsumedCapacity
		call, err := one.together(r, table, one.Keys)
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// batchWrite gives one call a table, with the keys of all its items.
func batchWrite(r request) ([]Call, error) {
	var in struct {
		RequestItems map[string][]struct {
			PutRequest    *struct{ Item map[string]value }
			DeleteRequest *struct{ Key map[string]value }
		}
		ReturnConsumedCapacity string
	}
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	var calls []Call
	for _, table := range slices.Sorted(maps.Keys(in.RequestItems)) {
		var items []map[string]value
		for _, one := range in.RequestItems[table] {
			switch {
			case one.PutRequest != nil && one.DeleteRequest == nil:
				items = append(items, one.PutRequest.Item)
			case one.DeleteRequest != nil && one.PutRequest == nil:
				items = append(items, one.DeleteRequest.Key)
			default:
				return nil, fmt.Errorf("an item of table %s is not one put or one delete", table)
			}
		}
		call, err := ask{ReturnConsumedCapacity: in.ReturnConsumedCapacity}.together(r, table, items)
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// together is the one call of a batch's items of one table.
func (a ask) together(r request, table string, items []map[string]value) (Call, error) {
	arn, key, err := r.place.table(table, "")
	if err != nil {
		return Call{}, err
	}
	var leading, named []string
	for _, item := range items {
		text, ok := item[key].text()
		if !ok {
			return Call{}, fmt.Errorf("an item without the key %s of table %s", key, table)
		}
		leading = append(leading, text)
		named = append(named, slices.Collect(maps.Keys(item))...)
	}
	if len(items) == 0 {
		return Call{}, fmt.Errorf("no items of table %s", table)
	}
	context, err := a.context(named)
	if err != nil {
		return Call{}, err
	}
	slices.Sort(leading)
	context[leadingKeys] = slices.Compact(leading)
	return Call{r.action, arn, context}, nil
}

// transactWrite gives one call an item, by the action of each.
func transactWrite(r request) ([]Call, error) {
	var in struct {
		TransactItems          []struct{ Put, Update, Delete, ConditionCheck *ask }
		ReturnConsumedCapacity string
	}
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	var calls []Call
	for i, item := range in.TransactItems {
		var n int
		for _, one := range []struct {
			action string
			ask    *ask
		}{{"PutItem", item.Put}, {"UpdateItem", item.Update}, {"DeleteItem", item.Delete}, {"ConditionCheckItem", item.ConditionCheck}} {
			if one.ask == nil {
				continue
			}
			n++
			call, err := one.ask.enclosed(r.place, one.action, "TransactWriteItems", in.ReturnConsumedCapacity)
			if err != nil {
				return nil, fmt.Errorf("item %d: %w", i, err)
			}
			calls = append(calls, call)
		}
		if n != 1 {
			return nil, fmt.Errorf("item %d is not one of Put, Update, Delete and ConditionCheck", i)
		}
	}
	return calls, nil
}

func transactGet(r request) ([]Call, error) {
	var in struct {
		TransactItems          []struct{ Get *ask }
		ReturnConsumedCapacity string
	}
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	var calls []Call
	for _, item := range in.TransactItems {
		if item.Get == nil {
			return nil, errors.New("an item that is no Get")
		}
		call, err := item.Get.enclosed(r.place, "GetItem", "TransactGetItems", in.ReturnConsumedCapacity)
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

func (a ask) enclosed(p Place, action, by, capacity string) (Call, error) {
	a.ReturnConsumedCapacity = capacity
	call, err := a.item(p, "dynamodb:"+action)
	if err == nil {
		call.Context[enclosing] = []string{by}
	}
	return call, err
}
