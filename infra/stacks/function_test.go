package stacks

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// ours returns the functions that are made from rows, by their handler.
func ours(a assembly) map[string]found {
	all := map[string]found{}
	for _, f := range a.of("AWS::Lambda::Function") {
		if f.Properties["Runtime"] == "provided.al2023" {
			all[f.Properties["Handler"].(string)] = f
		}
	}
	return all
}

func TestEveryRowIsOneFunctionWithItsOwnRole(t *testing.T) {
	a := sample()
	roles := map[string]string{}
	for _, f := range a.of("AWS::Lambda::Function") {
		role := f.file + " " + compact(at(f.Properties, "Role", "Fn::GetAtt"))
		if other, taken := roles[role]; taken {
			t.Errorf("%s and %s share a role", f.id, other)
		}
		roles[role] = f.id
	}
	var names []string
	for _, row := range sampleRows() {
		names = append(names, row.Base().Name)
	}
	slices.Sort(names)
	if diff := cmp.Diff(names, slices.Sorted(maps.Keys(ours(a)))); diff != "" {
		t.Errorf("handlers differ from rows (-rows +templates):\n%s", diff)
	}
}

func TestFunctionsAreWhatTheirRowsSay(t *testing.T) {
	functions := ours(sample())
	for _, row := range sampleRows() {
		f := row.Base()
		p := functions[f.Name].Properties
		want := map[string]any{"Architectures": []any{"arm64"}, "Handler": f.Name, "Description": f.Summary, "MemorySize": 256.0, "Timeout": 15.0}
		if f.Uses.Hashing {
			want["MemorySize"] = float64(contract.HashMemoryMiB)
		}
		if f.Timeout != 0 {
			want["Timeout"] = 91.0 // a started second counts
		}
		for key, value := range want {
			if diff := cmp.Diff(value, p[key]); diff != "" {
				t.Errorf("%s: %s: %s", f.Name, key, diff)
			}
		}
		if p["ReservedConcurrentExecutions"] != nil {
			t.Errorf("%s reserves concurrency: a new account has ten in all", f.Name)
		}
		if name := p["FunctionName"].(string); name != "portero-test-"+strings.ReplaceAll(f.Name, "/", "-") {
			t.Errorf("%s is called %s", f.Name, name)
		}
	}
}

func TestFunctionsGetTheSettingsTheyReadAndNoOthers(t *testing.T) {
	tables := []string{contract.EnvCoreTable, contract.EnvAuditTable, contract.EnvEphemera}
	for name, want := range map[string][]string{
		"invitations/create":   append([]string{contract.EnvStage, contract.EnvBaseURL, contract.EnvOriginSecret}, tables...),
		"jobs/remind":          {contract.EnvStage, contract.EnvCoreTable},
		"triggers/deliver":     {contract.EnvStage, contract.EnvCoreTable, contract.EnvSender, contract.EnvConfigSet, contract.EnvBaseURL},
		"triggers/tampering":   {contract.EnvStage},
		"operations/workspace": {contract.EnvStage, contract.EnvCoreTable},
	} {
		env, _ := at(ours(sample())[name].Properties, "Environment", "Variables").(map[string]any)
		slices.Sort(want)
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(env))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	env := at(ours(sample())["triggers/deliver"].Properties, "Environment", "Variables")
	want := map[string]any{
		contract.EnvStage: "test", contract.EnvCoreTable: "portero-test-core", contract.EnvSender: "no-reply@mail.example.com",
		contract.EnvConfigSet: "portero-test", contract.EnvBaseURL: "https://portal.example.com",
	}
	if diff := cmp.Diff(any(want), env); diff != "" {
		t.Errorf("settings of triggers/deliver (-want +got):\n%s", diff)
	}
}

func TestEveryFunctionLogsToAGroupThatForgets(t *testing.T) {
	a := sample()
	for _, f := range a.of("AWS::Lambda::Function") {
		group, _ := at(f.Properties, "LoggingConfig", "LogGroup", "Ref").(string)
		if group == "" || a.templates[f.file].Resources[group].Type != "AWS::Logs::LogGroup" {
			t.Errorf("%s has no log group in its own stack", f.id)
		}
	}
	for _, f := range ours(a) {
		if at(f.Properties, "LoggingConfig", "LogFormat") != "JSON" {
			t.Errorf("%s does not log JSON", f.id)
		}
	}
	for _, g := range a.of("AWS::Logs::LogGroup") {
		if days, _ := g.Properties["RetentionInDays"].(float64); days < 1 || days > 365 {
			t.Errorf("%s keeps logs for %v days", g.id, g.Properties["RetentionInDays"])
		}
	}
}

func TestRolesAllowExactlyWhatRowsUse(t *testing.T) {
	a := sample()
	got := func(name string) []any {
		f := ours(a)[name]
		role := list(at(f.Properties, "Role", "Fn::GetAtt"))[0].(string)
		policies := list(a.templates[f.file].Resources[role].Properties["Policies"])
		return list(at(policies[0], "PolicyDocument", "Statement"))
	}
	keys := func(patterns ...any) map[string]any {
		return map[string]any{"ForAllValues:StringLike": map[string]any{"dynamodb:LeadingKeys": patterns}, "Null": map[string]any{"dynamodb:LeadingKeys": "false"}}
	}
	statement := func(resource string, condition map[string]any, actions ...any) map[string]any {
		return map[string]any{"Effect": "Allow", "Action": actions, "Resource": []any{resource}, "Condition": condition}
	}
	table := "arn:dynamodb:table/portero-test-"
	logs := map[string]any{"Effect": "Allow", "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents"}}
	for name, want := range map[string][]any{
		"invitations/create": {logs,
			statement(table+"core", keys("ws_*#invitation*", "ws_*#mailbox*", "ws_*#message*"), "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
			statement(table+"core/index/list", keys("ws_*#invitation*"), "dynamodb:Query"),
			statement(table+"audit", keys("ws_*#audit*"), "dynamodb:PutItem"),
			statement(table+"ephemera", keys("ws_*#idempotency*", "ws_*#session*"), "dynamodb:BatchGetItem", "dynamodb:PutItem"),
		},
		// What serving needs on top, joined with the row's own by operation.
		"passwords/reset": {logs,
			statement(table+"core", keys("ws_*#account*", "ws_*#identity*", "ws_*#role*"), "dynamodb:BatchGetItem"),
			statement(table+"core", keys("ws_*#invitation*", "ws_*#mailbox*", "ws_*#message*"), "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
			statement(table+"core/index/list", keys("ws_*#invitation*"), "dynamodb:Query"),
			statement(table+"audit", keys("ws_*#audit*"), "dynamodb:PutItem"),
			statement(table+"ephemera", keys("ws_*#idempotency*", "ws_*#session*"), "dynamodb:BatchGetItem", "dynamodb:PutItem"),
			statement(table+"ephemera", keys("ws_*#idempotency*"), "dynamodb:GetItem"),
			statement(table+"ephemera", keys("ws_*#session*"), "dynamodb:UpdateItem"),
		},
		"operations/workspace": {logs,
			statement(table+"core", keys("portalname#*", "ws_*#workspace*"), "dynamodb:PutItem"),
		},
	} {
		if diff := cmp.Diff(want, plain(got(name))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, row := range sampleRows() {
		named := map[string]bool{}
		for _, s := range plain(got(row.Base().Name)) {
			for _, action := range list(at(s, "Action")) {
				for _, resource := range list(at(s, "Resource")) {
					if name := fmt.Sprint(action, " ", resource); named[name] {
						t.Errorf("%s has two statements for %s: their keys could not be asked for together", row.Base().Name, name)
					} else {
						named[name] = true
					}
				}
			}
		}
	}
	due := plain(got("jobs/expire"))[2]
	if diff := cmp.Diff(any(statement(table+"core/index/due", keys("due#*"), "dynamodb:Query")), due); diff != "" {
		t.Errorf("jobs/expire (-want +got):\n%s", diff)
	}
	mail := plain(got("triggers/deliver"))[2]
	if diff := cmp.Diff(any(map[string]any{
		"Effect": "Allow", "Action": []any{"ses:SendRawEmail"},
		"Resource":  []any{"arn:ses:identity/mail.example.com", "arn:ses:configuration-set/portero-test"},
		"Condition": map[string]any{"StringLike": map[string]any{"ses:FromAddress": "*@mail.example.com"}},
	}), mail); diff != "" {
		t.Errorf("triggers/deliver (-want +got):\n%s", diff)
	}
}

// plain shortens ARNs that CloudFormation joins to "arn:service:resource", and
// leaves out the log group, which has a name of CloudFormation's.
func plain(statements []any) []any {
	var out []any
	for _, s := range statements {
		statement := maps.Clone(s.(map[string]any))
		var resources []any
		for _, r := range list(statement["Resource"]) {
			if parts := list(at(r, "Fn::Join")); len(parts) == 2 {
				joined := list(parts[1])
				service, _ := joined[2].(string)
				last, _ := joined[len(joined)-1].(string)
				resources = append(resources, "arn"+service+strings.TrimPrefix(last, ":"))
			}
		}
		delete(statement, "Resource")
		if len(resources) > 0 {
			statement["Resource"] = resources
		}
		out = append(out, statement)
	}
	return out
}

func TestNoRoleMayDoMoreThanItNames(t *testing.T) {
	a := sample()
	forbidden := []string{"dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"}
	for _, s := range allowed(a) {
		for _, action := range list(s.statement["Action"]) {
			action := action.(string)
			if strings.Contains(action, "*") {
				t.Errorf("%s allows %s", s.where, action)
			}
			if slices.Contains(forbidden, action) {
				t.Errorf("%s allows %s", s.where, action)
			}
			if strings.Contains(compact(s.statement["Resource"]), "table/portero-test-audit") && strings.HasPrefix(action, "dynamodb:") &&
				slices.Contains([]string{"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}, action) {
				t.Errorf("%s may change the audit trail by %s", s.where, action)
			}
			item := strings.HasPrefix(action, "dynamodb:") && !strings.Contains(action, "Stream") && action != "dynamodb:GetRecords" && action != "dynamodb:GetShardIterator"
			if item && (at(s.statement, "Condition", "ForAllValues:StringLike", "dynamodb:LeadingKeys") == nil || at(s.statement, "Condition", "Null", "dynamodb:LeadingKeys") != "false") {
				t.Errorf("%s allows %s on any key", s.where, action)
			}
		}
		for _, r := range list(s.statement["Resource"]) {
			if r == "*" {
				t.Errorf("%s allows %s on everything", s.where, compact(s.statement["Action"]))
			}
		}
	}
	if n := len(allowed(a)); n < 50 {
		t.Errorf("only %d statements were looked at", n)
	}
}

// granted is a statement of a role and where it stands.
type granted struct {
	where     string
	statement map[string]any
}

// allowed returns what every role of every template may do.
func allowed(a assembly) []granted {
	var all []granted
	add := func(where string, document any) {
		for _, s := range list(at(document, "Statement")) {
			if s := s.(map[string]any); s["Effect"] == "Allow" {
				all = append(all, granted{where, s})
			}
		}
	}
	for _, r := range a.of("AWS::IAM::Role") {
		for _, p := range list(r.Properties["Policies"]) {
			add(r.id, at(p, "PolicyDocument"))
		}
		if len(list(r.Properties["ManagedPolicyArns"])) > 0 {
			add(r.id, map[string]any{"Statement": []any{map[string]any{"Effect": "Allow", "Action": "managed policies: *"}}})
		}
	}
	for _, p := range a.of("AWS::IAM::Policy") {
		add(p.id, p.Properties["PolicyDocument"])
	}
	return all
}

func TestPoliciesFitIntoARole(t *testing.T) {
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
	const most = 10240
	for _, r := range sample().of("AWS::IAM::Role") {
		size := 0
		for _, p := range list(r.Properties["Policies"]) {
			size += len(compact(written(at(p, "PolicyDocument"))))
		}
		if size > most {
			t.Errorf("%s has policies of %d characters, IAM takes %d", r.id, size, most)
		}
	}
}

// written returns v as IAM gets it, with long values for what only AWS knows.
func written(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = written(v[i])
		}
		return out
	case map[string]any:
		if join := list(v["Fn::Join"]); len(join) == 2 {
			var text strings.Builder
			for _, part := range list(join[1]) {
				text.WriteString(written(part).(string))
			}
			return text.String()
		}
		if v["Ref"] != nil {
			return "ap-southeast-1"
		}
		if v["Fn::GetAtt"] != nil || v["Fn::ImportValue"] != nil {
			return "arn:aws:dynamodb:ap-southeast-1:123456789012:table/portero-production-core/stream/2026-01-01T00:00:00.000"
		}
		out := map[string]any{}
		for key := range v {
			out[key] = written(v[key])
		}
		return out
	}
	return v
}

func TestTablesAreCalledByStageAndName(t *testing.T) {
	for _, table := range schema.Tables() {
		if sampleSettings().table(table.Name) != "portero-test-"+string(table.Name) {
			t.Errorf("table %s is called %s", table.Name, sampleSettings().table(table.Name))
		}
	}
}
