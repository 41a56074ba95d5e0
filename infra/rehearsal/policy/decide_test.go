package policy

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portero/shared/dynamo/schema"
)

// ours is a role of the shapes that infra/constructs writes.
func ours(t *testing.T) *Role {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "role.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	role, err := ParseRole("fn", "arn:aws:iam::111122223333:role/fn", []any{document})
	if err != nil {
		t.Fatal(err)
	}
	return role
}

func on(action, table string, keys ...string) Call {
	return Call{"dynamodb:" + action, tables + table, keysOfCall{leadingKeys: keys}}
}

func from(resource, address string) Call {
	return Call{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:" + resource, keysOfCall{fromAddress: {address}}}
}

func TestOurShapesOfStatementAllowWhatTheySay(t *testing.T) {
	role := ours(t)
	logs := "arn:aws:logs:eu-central-1:111122223333:log-group:/portero/dev/"
	for _, c := range []struct {
		name      string
		call      Call
		statement int // -1: refused
	}{
		{"an item of the kind", on("PutItem", "core", "ws_1#identity#idn_1"), 1},
		{"an item of another kind", on("PutItem", "core", "ws_1#account#acc_1"), -1},
		{"an item of another table", on("PutItem", "audit", "ws_1#identity#idn_1"), -1},
		{"another action on the kind", on("DeleteItem", "core", "ws_1#identity#idn_1"), -1},
		{"a put without a key", on("PutItem", "core"), -1},
		{"the table's index is not the table", on("PutItem", "core/index/list", "ws_1#identity#idn_1"), -1},
		{"a batch of kinds of one statement", on("BatchGetItem", "core", "ws_1#workspace", "ws_1#role"), 2},
		{"a batch with one kind too many", on("BatchGetItem", "core", "ws_1#workspace", "ws_1#contact#con_1"), -1},
		{"a batch is not a read of its items", on("GetItem", "core", "ws_1#workspace"), -1},
		{"a query of the index", on("Query", "core/index/due", "due#expire#0"), 4},
		{"a query of the index by another key", on("Query", "core/index/due", "ws_1#x"), -1},
		{"a query of the table", on("Query", "core", "due#expire#0"), -1},
		{"a scan", on("Scan", "core"), -1},
		{"a scan of the index", on("Scan", "core/index/due"), -1},
		{"the second action of a statement", on("DeleteItem", "ephemera", "ws_1#counter#x"), 5},
		{"a mail's identity", from("identity/example.com", "desk@example.com"), 6},
		{"a mail's configuration set", from("configuration-set/portero-dev", "desk@example.com"), 6},
		{"a mail from elsewhere", from("identity/example.com", "desk@example.org"), -1},
		{"a mail by another identity", from("identity/example.org", "desk@example.com"), -1},
		{"a mail by another configuration set", from("configuration-set/x", "desk@example.com"), -1},
		{"a mail without sender", Call{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:identity/example.com", nil}, -1},
		{"the stream's records", Call{"dynamodb:GetRecords", streamARN, nil}, 7},
		{"another stream of the table", Call{"dynamodb:GetRecords", tables + "core/stream/2027", nil}, -1},
		{"the table's streams", Call{"dynamodb:ListStreams", tables + "core/stream/*", nil}, 8},
		{"all tables' streams", Call{"dynamodb:ListStreams", tables + "*/stream/*", nil}, -1},
		{"the failure queue", Call{"sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:failures", nil}, 9},
		{"the log group's streams", Call{"logs:PutLogEvents", logs + "x:log-stream:2026/11/22/[$LATEST]a", nil}, 0},
		{"another log group's streams", Call{"logs:PutLogEvents", logs + "xy:log-stream:a", nil}, -1},
		{"an action's case does not matter", on("putitem", "core", "ws_1#identity#idn_1"), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := role.Decide(c.call)
			if d.Statement != c.statement || d.Allowed != (c.statement >= 0) || d.Allowed != (d.Missing == "") {
				t.Errorf("%+v, want statement %d", d, c.statement)
			}
			if used := role.Used(c.call); d.Allowed != (len(used) > 0) {
				t.Errorf("used %v", used)
			}
		})
	}
}

func TestTheMissingStatementAllowsTheCall(t *testing.T) {
	for _, c := range []struct {
		name string
		call Call
		want string
	}{
		{"by the kind of its key, in any workspace", on("PutItem", "core", "ws_01J#invitation#inv_01J"),
			`{"Effect":"Allow","Action":["dynamodb:PutItem"],"Resource":["` + tables + `core"],"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["ws_*#invitation*"]},"Null":{"dynamodb:LeadingKeys":["false"]}}}`},
		{"by all kinds of its keys", on("BatchGetItem", "core", "ws_1#role", "ws_1#account#acc_1", "ws_2#role"),
			`{"Effect":"Allow","Action":["dynamodb:BatchGetItem"],"Resource":["` + tables + `core"],"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["ws_*#account*","ws_*#role*"]},"Null":{"dynamodb:LeadingKeys":["false"]}}}`},
		{"by the index's own keys", on("Query", "core/index/due", "due#remind#3"),
			`{"Effect":"Allow","Action":["dynamodb:Query"],"Resource":["` + tables + `core/index/due"],"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["due#*"]},"Null":{"dynamodb:LeadingKeys":["false"]}}}`},
		{"by the sender's domain", from("configuration-set/portero-dev", "desk@example.com"),
			`{"Effect":"Allow","Action":["ses:SendRawEmail"],"Resource":["arn:aws:ses:eu-central-1:111122223333:configuration-set/portero-dev"],"Condition":{"StringLike":{"ses:FromAddress":["*@example.com"]}}}`},
		{"by its resource alone", Call{"sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:failures", nil},
			`{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:eu-central-1:111122223333:failures"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := roleOf(t).Decide(c.call)
			if diff := cmp.Diff(c.want, d.Missing); diff != "" || d.Statement != -1 {
				t.Error(diff)
			}
			if after := roleOf(t, d.Missing).Decide(c.call); !after.Allowed {
				t.Errorf("it does not: %+v", after)
			}
		})
	}
}

func TestThePatternOfAKeyIsWhatTheSchemaSaysOfItsKind(t *testing.T) {
	for _, kind := range []schema.Kind{schema.Workspace, schema.Portal, schema.PortalName, schema.Role, schema.Account, schema.Contact,
		schema.Mailbox, schema.Identity, schema.Invitation, schema.Message, schema.JoinLink, schema.JoinRequest, schema.AuditEntry,
		schema.Session, schema.Idempotency, schema.Counter, schema.Verification} {
		key := "ws_01J#" + string(kind) + "#x_01J"
		if kind == schema.PortalName {
			key = "portalname#acme"
		}
		if got := patternOf(key); got != schema.LeadingKeys(kind) {
			t.Errorf("%s: %s, schema has %s", key, got, schema.LeadingKeys(kind))
		}
	}
}

func TestADenialBeatsEveryAllowance(t *testing.T) {
	role := roleOf(t, `{"Effect":"Allow","Action":"*","Resource":"*"}`,
		`{"Effect":"Deny","Action":"dynamodb:Delete*","NotResource":"`+tables+`ephemera"}`)
	if d := role.Decide(on("DeleteItem", "ephemera", "x")); !d.Allowed || d.Statement != 0 {
		t.Errorf("%+v", d)
	}
	d := role.Decide(on("DeleteItem", "core", "x"))
	if d.Allowed || d.Statement != 1 || !strings.HasPrefix(d.Missing, `denied by statement 1: {"Effect":"Deny","Action":["dynamodb:Delete*"],"NotResource":[`) {
		t.Errorf("%+v", d)
	}
	if used := role.Used(on("DeleteItem", "core", "x")); used != nil {
		t.Errorf("used %v", used)
	}
}

func TestGrantsAreUsedByWhatMatchedOnly(t *testing.T) {
	role := roleOf(t,
		`{"Effect":"Allow","Action":["dynamodb:BatchGetItem","dynamodb:Query"],"Resource":["`+tables+`core","`+tables+`audit"],
			"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["ws_*#a*","ws_*#b*"]}}}`,
		`{"Effect":"Allow","Action":"dynamodb:*","Resource":"`+tables+`core"}`,
		`{"Effect":"Deny","Action":"s3:*","Resource":"*"}`,
		`{"Effect":"Allow","NotAction":["s3:*","sqs:*"],"Resource":"arn:aws:iam::1:x"}`)
	if all := role.Grants(); len(all) != 2*2*2+1+1 {
		t.Errorf("grants %v", all)
	}
	got := role.Used(on("BatchGetItem", "core", "ws_1#b#1", "ws_2#b"))
	want := []Grant{{0, "dynamodb:BatchGetItem", tables + "core", "ws_*#b*"}, {1, "dynamodb:*", tables + "core", ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if text := want[0].String(); text != "0 dynamodb:BatchGetItem "+tables+"core ws_*#b*" {
		t.Error(text)
	}
	if text, err := json.Marshal(want[1]); err != nil || string(text) != `{"statement":1,"action":"dynamodb:*","resource":"`+tables+`core"}` {
		t.Errorf("%s, %v", text, err)
	}
	used := role.Used(Call{"iam:GetRole", "arn:aws:iam::1:x", nil})
	if diff := cmp.Diff([]Grant{{3, "not s3:*,sqs:*", "arn:aws:iam::1:x", ""}}, used); diff != "" {
		t.Error(diff)
	}
}
