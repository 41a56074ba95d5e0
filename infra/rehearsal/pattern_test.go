package rehearsal

import (
	"encoding/json"
	"testing"
)

func TestAPatternMatchesAsEventBridgeWould(t *testing.T) {
	const record = `{"eventName":"INSERT","userIdentity":{"principalId":"dynamodb.amazonaws.com"},
		"dynamodb":{"NewImage":{"kind":{"S":"message"},"tags":["a","b"]}}}`
	for _, c := range []struct {
		name, pattern string
		want          bool
	}{
		{"a value that is there", `{"eventName":["INSERT"]}`, true},
		{"another value", `{"eventName":["MODIFY"]}`, false},
		{"one of several", `{"eventName":["MODIFY","INSERT"]}`, true},
		{"deep", `{"dynamodb":{"NewImage":{"kind":{"S":["message"]}}}}`, true},
		{"deep, another", `{"dynamodb":{"NewImage":{"kind":{"S":["invitation"]}}}}`, false},
		{"every field must match", `{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["x"]}}}}`, false},
		{"any element of a list", `{"dynamodb":{"NewImage":{"tags":["b"]}}}`, true},
		{"a field that is missing", `{"dynamodb":{"OldImage":{"kind":{"S":["message"]}}}}`, false},
		{"exists", `{"userIdentity":{"principalId":[{"exists":true}]}}`, true},
		{"must not exist, and does", `{"userIdentity":{"principalId":[{"exists":false}]}}`, false},
		{"must not exist, and its object does not either", `{"nobody":{"principalId":[{"exists":false}]}}`, true},
		{"anything but this", `{"userIdentity":{"principalId":[{"anything-but":["dynamodb.amazonaws.com"]}]}}`, false},
		{"anything but another", `{"userIdentity":{"principalId":[{"anything-but":"lambda.amazonaws.com"}]}}`, true},
		{"anything but, of what is missing", `{"nobody":[{"anything-but":["x"]}]}`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := parsePattern([]byte(c.pattern))
			if err != nil {
				t.Fatal(err)
			}
			var event any
			if err := json.Unmarshal([]byte(record), &event); err != nil {
				t.Fatal(err)
			}
			if got := p.matches(event); got != c.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestAPatternThatIsNotUnderstoodIsAnError(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":             `{`,
		"nothing":              `{}`,
		"a bare value":         `{"a":"b"}`,
		"an unknown operator":  `{"a":[{"prefix":"x"}]}`,
		"two operators in one": `{"a":[{"exists":true,"prefix":"x"}]}`,
		"an operator's type":   `{"a":[{"exists":"yes"}]}`,
		"an empty operator":    `{"a":[{}]}`,
		"a list in a list":     `{"a":[["b"]]}`,
		"anything but a list":  `{"a":[{"anything-but":[["b"]]}]}`,
		"deep":                 `{"a":{"b":{"c":[{"suffix":"x"}]}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := parsePattern([]byte(text)); err == nil {
				t.Errorf("%v", p)
			}
		})
	}
}

func FuzzPattern(f *testing.F) {
	f.Add([]byte(`{"a":["b",{"exists":false},{"anything-but":["c"]}]}`), []byte(`{"a":{"b":1}}`))
	f.Fuzz(func(t *testing.T, text, event []byte) {
		p, err := parsePattern(text)
		if err != nil {
			return
		}
		var v any
		if json.Unmarshal(event, &v) == nil {
			p.matches(v)
		}
	})
}
