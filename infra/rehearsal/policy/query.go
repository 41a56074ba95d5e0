package policy

import "fmt"

func query(r request) ([]Call, error) {
	var a ask
	if err := decode(r.body, &a); err != nil {
		return nil, err
	}
	arn, key, err := r.place.table(a.TableName, a.IndexName)
	if err != nil {
		return nil, err
	}
	leading, err := a.partition(key)
	if err != nil {
		return nil, err
	}
	context, err := a.context(nil)
	if err != nil {
		return nil, err
	}
	context[leadingKeys] = []string{leading}
	return []Call{{r.action, arn, context}}, nil
}

// partition returns the one partition that a query reads.
func (a ask) partition(key string) (string, error) {
	if legacy, ok := a.KeyConditions[key]; ok && a.KeyConditionExpression == "" {
		if legacy.ComparisonOperator == "EQ" && len(legacy.AttributeValueList) == 1 {
			if text, ok := legacy.AttributeValueList[0].text(); ok {
				return text, nil
			}
		}
		return "", fmt.Errorf("KeyConditions do not say what %s equals", key)
	}
	placeholder, err := equalTo(a.KeyConditionExpression, key, a.ExpressionAttributeNames)
	if err != nil {
		return "", err
	}
	text, ok := a.ExpressionAttributeValues[placeholder].text()
	if !ok {
		return "", fmt.Errorf("no key in ExpressionAttributeValues for %s", placeholder)
	}
	return text, nil
}

func scan(r request) ([]Call, error) {
	var a ask
	if err := decode(r.body, &a); err != nil {
		return nil, err
	}
	arn, _, err := r.place.table(a.TableName, a.IndexName)
	if err != nil {
		return nil, err
	}
	context, err := a.context(nil)
	return []Call{{r.action, arn, context}}, err
}

func describeTable(r request) ([]Call, error) {
	var a ask
	if err := decode(r.body, &a); err != nil {
		return nil, err
	}
	arn, _, err := r.place.table(a.TableName, "")
	return []Call{{r.action, arn, nil}}, err
}
