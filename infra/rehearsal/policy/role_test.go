package policy

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsNotKnownInAPolicyIsAnError(t *testing.T) {
	const rest = `"Action":"dynamodb:GetItem","Resource":"*"`
	for _, c := range []struct{ name, statement, says string }{
		{"no effect", `{` + rest + `}`, "effect <nil>"},
		{"another effect", `{"Effect":"allow",` + rest + `}`, "effect allow"},
		{"an unknown element", `{"Effect":"Allow",` + rest + `,"Principal":"*"}`, "unknown element Principal"},
		{"no action", `{"Effect":"Allow","Resource":"*"}`, "needs Action or NotAction"},
		{"both forms of action", `{"Effect":"Allow","NotAction":"s3:*",` + rest + `}`, "needs Action or NotAction"},
		{"no resource", `{"Effect":"Allow","Action":"s3:*"}`, "needs Resource or NotResource"},
		{"an action without service", `{"Effect":"Allow","Action":"GetItem","Resource":"*"}`, `"GetItem" is malformed`},
		{"a resource that is no ARN", `{"Effect":"Allow","Action":"s3:*","Resource":"core"}`, `"core" is malformed`},
		{"no actions at all", `{"Effect":"Allow","Action":[],"Resource":"*"}`, "Action: is empty"},
		{"a value that is not resolved", `{"Effect":"Allow","Action":"s3:*","Resource":{"Ref":"X"}}`, "not resolved"},
		{"a policy variable", `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::x/${aws:username}"}`, "policy variables"},
		{"a condition that is no object", `{"Effect":"Allow",` + rest + `,"Condition":"x"}`, "Condition is no object"},
		{"an unknown operator", `{"Effect":"Allow",` + rest + `,"Condition":{"NumericLessThan":{"dynamodb:Select":"1"}}}`, "unknown operator NumericLessThan"},
		{"an unknown set operator", `{"Effect":"Allow",` + rest + `,"Condition":{"ForMostValues:StringLike":{"dynamodb:LeadingKeys":"x"}}}`, "unknown operator"},
		{"a set of Null", `{"Effect":"Allow",` + rest + `,"Condition":{"ForAllValues:Null":{"dynamodb:LeadingKeys":"true"}}}`, "unknown operator"},
		{"a Null that need not exist", `{"Effect":"Allow",` + rest + `,"Condition":{"NullIfExists":{"dynamodb:LeadingKeys":"true"}}}`, "unknown operator"},
		{"a misspelt key, which ForAllValues would let pass", `{"Effect":"Allow",` + rest + `,"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKey":"x"}}}`, "unknown key dynamodb:LeadingKey"},
		{"a key that the gate cannot give", `{"Effect":"Allow",` + rest + `,"Condition":{"StringLike":{"aws:UserAgent":"x"}}}`, "unknown key aws:UserAgent"},
		{"a key of many values without set operator", `{"Effect":"Allow",` + rest + `,"Condition":{"StringLike":{"dynamodb:LeadingKeys":"x"}}}`, "needs ForAllValues or ForAnyValue"},
		{"a Null of neither", `{"Effect":"Allow",` + rest + `,"Condition":{"Null":{"dynamodb:LeadingKeys":"no"}}}`, "not true or false"},
		{"a condition of no keys", `{"Effect":"Allow",` + rest + `,"Condition":{"Null":{}}}`, "has no keys"},
	} {
		t.Run(c.name, func(t *testing.T) {
			role, err := parse(c.statement)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "role fn: policy 0: statement 0: ") {
				t.Errorf("%+v, %v; want %q", role, err, c.says)
			}
		})
	}
}

func TestWhatIsNotKnownInADocumentIsAnError(t *testing.T) {
	for _, c := range []struct{ name, document, says string }{
		{"no object", `"x"`, "no document"},
		{"the older version", `{"Version":"2008-10-17","Statement":[]}`, "version 2008-10-17"},
		{"no version", `{"Statement":[]}`, "version <nil>"},
		{"no statements", `{"Version":"2012-10-17"}`, "no Statement"},
		{"an unknown element", `{"Version":"2012-10-17","Statement":[],"Else":1}`, "unknown element Else"},
		{"an unknown element around it", `{"PolicyName":"x","Users":[],"PolicyDocument":{}}`, "unknown element Users"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var document any
			if err := json.Unmarshal([]byte(c.document), &document); err != nil {
				t.Fatal(err)
			}
			if _, err := ParseRole("fn", "", []any{document}); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %q", err, c.says)
			}
		})
	}
}

func TestStatementsCountOverAllPoliciesOfARole(t *testing.T) {
	var policies []any
	text := `[{"PolicyName":"row","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}},
		{"Version":"2012-10-17","Statement":[{"Sid":"x","Effect":"Deny","NotAction":["c:D"],"NotResource":"arn:aws:s3:::x"}]}]`
	if err := json.Unmarshal([]byte(text), &policies); err != nil {
		t.Fatal(err)
	}
	role, err := ParseRole("fn", "arn", policies)
	if err != nil || len(role.Statements) != 2 || !role.Statements[1].Deny || role.Statements[1].ID != "x" {
		t.Errorf("%+v, %v", role, err)
	}
}

// FuzzParseRole holds that any document is read or refused, and that what is
// read decides.
func FuzzParseRole(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"a:B","Resource":"arn:a:b:c:d:e*?","Condition":{"Null":{"dynamodb:LeadingKeys":"true"}}}}`)
	seed, err := os.ReadFile(filepath.Join("testdata", "role.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(seed))
	f.Fuzz(func(t *testing.T, text string) {
		var document any
		if json.Unmarshal([]byte(text), &document) != nil {
			return
		}
		if role, err := ParseRole("fn", "", []any{document}); err == nil {
			_ = role.Decide(Call{Action: "a:B", Resource: "arn:a:b:c:d:e"})
			_ = role.Grants()
		}
	})
}
