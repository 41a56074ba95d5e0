package rehearsal

import (
	"net/http/httptest"
	"strings"
	"testing"

	"portero/infra/rehearsal/policy"
)

// TestATransactionMustBeAllowedUnderBothReadingsOfItsKeys gives a role two
// statements with a kind each: item by item they are enough, with the keys of
// both items together they are not.
func TestATransactionMustBeAllowedUnderBothReadingsOfItsKeys(t *testing.T) {
	const core = "arn:aws:dynamodb:eu-west-1:123456789012:table/core"
	statement := func(kinds ...any) any {
		return object{"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": core, "Condition": object{"ForAllValues:StringLike": object{"dynamodb:LeadingKeys": kinds}}}
	}
	body := []byte(`{"TransactItems":[{"Put":{"TableName":"core","Item":{"pk":{"S":"ws_1#a"}}}},{"Put":{"TableName":"core","Item":{"pk":{"S":"ws_1#b"}}}}]}`)
	for name, c := range map[string]struct {
		statements []any
		allowed    bool
	}{
		"a statement for each kind is not enough": {[]any{statement("ws_*#a*"), statement("ws_*#b*")}, false},
		"one statement for both is":               {[]any{statement("ws_*#a*", "ws_*#b*")}, true},
	} {
		role, err := policy.ParseRole("r", "arn:aws:iam::123456789012:role/r", []any{object{"Version": "2012-10-17", "Statement": c.statements}})
		if err != nil {
			t.Fatal(err)
		}
		g := &gate{place: policy.Place{Partition: "aws", Region: "eu-west-1", Account: account, Keys: map[string]string{"core": "pk"}}, callers: map[string]*caller{}}
		key := g.admit(&caller{name: "f", row: "a/b", role: role})
		r := httptest.NewRequest("POST", "/", strings.NewReader(string(body)))
		r.Header.Set("X-Amz-Target", "DynamoDB_20120810.TransactWriteItems")
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20261123/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-target, Signature="+strings.Repeat("0", 64))
		_, _, _, err = g.judge(r, body)
		if (err == nil) != c.allowed || err != nil && !strings.Contains(err.Error(), "a/b may not dynamodb:PutItem") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
