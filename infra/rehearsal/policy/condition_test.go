package policy

import (
	"strings"
	"testing"
)

func TestConditionsHoldAsIAMHasThem(t *testing.T) {
	const key = "dynamodb:LeadingKeys"
	for _, c := range []struct {
		name     string
		operator string
		key      string
		want     []string
		given    []string // nil: the key is not there
		holds    bool
	}{
		{"a text equals", "StringEquals", "dynamodb:Select", []string{"COUNT"}, []string{"COUNT"}, true},
		{"a text differs in case", "StringEquals", "dynamodb:Select", []string{"COUNT"}, []string{"count"}, false},
		{"case is ignored where it says so", "StringEqualsIgnoreCase", "dynamodb:Select", []string{"COUNT"}, []string{"count"}, true},
		{"a pattern is no pattern to StringEquals", "StringEquals", "dynamodb:Select", []string{"*"}, []string{"COUNT"}, false},
		{"a key that is not there equals nothing", "StringEquals", "dynamodb:Select", []string{"COUNT"}, nil, false},
		{"a key that is not there is unequal", "StringNotEquals", "dynamodb:Select", []string{"COUNT"}, nil, true},
		{"unequal to all of several", "StringNotEquals", "dynamodb:Select", []string{"A", "B"}, []string{"B"}, false},
		{"if it exists, and does not", "StringEqualsIfExists", "dynamodb:Select", []string{"COUNT"}, nil, true},
		{"if it exists, and differs", "StringEqualsIfExists", "dynamodb:Select", []string{"COUNT"}, []string{"X"}, false},
		{"a key's own case does not matter", "StringEquals", "DYNAMODB:select", []string{"COUNT"}, []string{"COUNT"}, true},
		{"all of them match", "ForAllValues:StringLike", key, []string{"a*", "b?"}, []string{"ab", "bc"}, true},
		{"one of them does not", "ForAllValues:StringLike", key, []string{"a*", "b?"}, []string{"ab", "b"}, false},
		{"all of none match", "ForAllValues:StringLike", key, []string{"a*"}, nil, true},
		{"all of an empty list match", "ForAllValues:StringLike", key, []string{"a*"}, []string{}, true},
		{"any of them matches", "ForAnyValue:StringLike", key, []string{"a*"}, []string{"x", "ab"}, true},
		{"none of them matches", "ForAnyValue:StringLike", key, []string{"a*"}, []string{"x"}, false},
		{"any of none matches not", "ForAnyValue:StringLike", key, []string{"a*"}, nil, false},
		{"any of none is not unequal either", "ForAnyValue:StringNotLike", key, []string{"a*"}, nil, false},
		{"any of them is unequal", "ForAnyValue:StringNotLike", key, []string{"a*"}, []string{"a", "b"}, true},
		{"all of them are unequal", "ForAllValues:StringNotEquals", key, []string{"a", "b"}, []string{"c", "a"}, false},
		{"it is there", "Null", key, []string{"false"}, []string{"x"}, true},
		{"it is not there", "Null", key, []string{"false"}, nil, false},
		{"it is empty, which is not there", "Null", key, []string{"false"}, []string{}, false},
		{"it must not be there, and is not", "Null", key, []string{"true"}, nil, true},
		{"a boolean", "Bool", "aws:SourceAccount", []string{"true"}, []string{"True"}, true},
		{"an ARN, part by part", "ArnLike", "aws:SourceArn", []string{"arn:aws:s3:*:*:b*"}, []string{"arn:aws:s3:::bucket"}, true},
		{"an ARN's wildcard stays in its part", "ArnEquals", "aws:SourceArn", []string{"arn:aws:*:x"}, []string{"arn:aws:s3:::x"}, false},
		{"another ARN", "ArnNotLike", "aws:SourceArn", []string{"arn:aws:s3:*:*:b*"}, []string{"arn:aws:s3:::x"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			values := `"` + strings.Join(c.want, `","`) + `"`
			role := roleOf(t, `{"Effect":"Allow","Action":"a:B","Resource":"*","Condition":{"`+c.operator+`":{"`+c.key+`":[`+values+`]}}}`)
			call := Call{"a:B", "arn:x", map[string][]string{}}
			if c.given != nil {
				for _, known := range []string{key, "dynamodb:Select", "aws:SourceAccount", "aws:SourceArn"} {
					if strings.EqualFold(known, c.key) {
						call.Context[known] = c.given
					}
				}
			}
			if got := role.Decide(call).Allowed; got != c.holds {
				t.Errorf("holds: %v", got)
			}
		})
	}
}

func TestEveryConditionOfAStatementMustHold(t *testing.T) {
	role := roleOf(t, `{"Effect":"Allow","Action":"a:B","Resource":"*","Condition":{"StringEquals":{"dynamodb:Select":"COUNT","dynamodb:ReturnValues":"NONE"}}}`)
	both := map[string][]string{selected: {"COUNT"}, returned: {"NONE"}}
	one := map[string][]string{selected: {"COUNT"}, returned: {"ALL_OLD"}}
	if !role.Decide(Call{"a:B", "arn:x", both}).Allowed || role.Decide(Call{"a:B", "arn:x", one}).Allowed {
		t.Error("conditions are not joined by and")
	}
}

func TestAResourcesWildcardStaysInItsPartOfTheARN(t *testing.T) {
	for _, c := range []struct {
		name, pattern, arn string
		fits               bool
	}{
		{"everything", "*", "*", true},
		{"the same", "arn:aws:s3:::b", "arn:aws:s3:::b", true},
		{"another case", "arn:aws:s3:::b", "arn:aws:s3:::B", false},
		{"a star over slashes", "arn:aws:s3:::b/*/z", "arn:aws:s3:::b/x/y/z", true},
		{"a star over a colon", "arn:aws:x:a*b:1:r", "arn:aws:x:a:b:1:r", false},
		{"a star that ends its part, over colons", "arn:aws:logs:r:1:log-group:g:*", "arn:aws:logs:r:1:log-group:g:log-stream:s", true},
		{"a star that ends an inner part, over colons", "arn:aws:x:*:r", "arn:aws:x:a:1:r", true},
		{"two stars, of which one may go on", "arn:aws:x:*:b*c", "arn:aws:x:bc:1:bc", true},
		{"one sign", "arn:aws:s3:::b?", "arn:aws:s3:::bc", true},
		{"a colon is no sign", "arn:aws:s3:::b?c", "arn:aws:s3:::b:c", false},
		{"a sign that is not there", "arn:aws:s3:::b?", "arn:aws:s3:::b", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := likeResource(c.pattern, c.arn); got != c.fits {
				t.Errorf("%v", got)
			}
		})
	}
}
