package stacks

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portero/shared/dynamo/schema"
)

func TestTablesAreTheSchemas(t *testing.T) {
	tables := sample().stack("data").Resources
	if len(tables) != len(schema.Tables()) {
		t.Errorf("the data stack has %d resources, the schema %d tables", len(tables), len(schema.Tables()))
	}
	for _, want := range schema.Tables() {
		p := tables[logicalID(want.Name)].Properties
		key := []any{map[string]any{"AttributeName": want.Partition, "KeyType": "HASH"}, map[string]any{"AttributeName": want.Sort, "KeyType": "RANGE"}}
		if diff := cmp.Diff(any(key), p["KeySchema"]); diff != "" {
			t.Errorf("%s: key: %s", want.Name, diff)
		}
		var indexes []string
		for _, i := range list(p["GlobalSecondaryIndexes"]) {
			indexes = append(indexes, at(i, "IndexName").(string))
		}
		var names []string
		for _, i := range want.Indexes {
			names = append(names, string(i.Name))
		}
		if diff := cmp.Diff(names, indexes); diff != "" {
			t.Errorf("%s: indexes: %s", want.Name, diff)
		}
		view, _ := at(p, "StreamSpecification", "StreamViewType").(string)
		ttl, _ := at(p, "TimeToLiveSpecification", "AttributeName").(string)
		if view != want.Stream || ttl != want.TTL || p["BillingMode"] != "PAY_PER_REQUEST" {
			t.Errorf("%s: stream %q, ttl %q, billing %v", want.Name, view, ttl, p["BillingMode"])
		}
	}
}

func TestKeptTablesOutliveEveryMistake(t *testing.T) {
	a := sample()
	if !a.protected["data"] {
		t.Error("the data stack can be deleted by mistake")
	}
	for _, table := range schema.Tables() {
		r := a.stack("data").Resources[logicalID(table.Name)]
		if at(r.Properties, "SSESpecification", "SSEEnabled") != true {
			t.Errorf("%s is not encrypted", table.Name)
		}
		recovery := at(r.Properties, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") == true
		protected := r.Properties["DeletionProtectionEnabled"] == true
		retained := r.DeletionPolicy == "Retain" && r.UpdateReplace == "Retain"
		if recovery != table.Kept || protected != table.Kept || retained != table.Kept {
			t.Errorf("%s: kept %v, but recovery %v, deletion protection %v, retained %v", table.Name, table.Kept, recovery, protected, retained)
		}
	}
}

// The ids of what holds data are part of its life: another id is another table.
func TestLogicalIDsOfWhatHoldsDataNeverChange(t *testing.T) {
	got := slices.Sorted(maps.Keys(sample().stack("data").Resources))
	if diff := cmp.Diff([]string{"AuditTable", "CoreTable", "EphemeraTable"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, ok := sample().stack("mail").Resources["SenderIdentity"]; !ok {
		t.Error("the sender's identity has another id")
	}
}

func TestIndexesProjectNoMoreThanDynamoDBTakes(t *testing.T) {
	if err := checkTables(schema.Tables()); err != nil {
		t.Error(err)
	}
}

// A destroyed deployment leaves its kept tables; the next one uses them by
// name, reads their streams and makes none of them again.
func TestADeployAfterADestroyTakesTheTablesBack(t *testing.T) {
	before, after := sample(), takenBack()
	for _, table := range schema.Tables() {
		_, made := after.stack("data").Resources[logicalID(table.Name)]
		if made == table.Kept {
			t.Errorf("%s: kept %v, made anew %v", table.Name, table.Kept, made)
		}
	}
	if _, made := after.stack("mail").Resources["SenderIdentity"]; made {
		t.Error("the sender's identity is made anew")
	}
	for _, output := range []string{"CoreTableName", "AuditTableName", "EphemeraTableName"} {
		if diff := cmp.Diff(before.stack("data").Outputs[output], after.stack("data").Outputs[output]); diff != "" {
			t.Errorf("%s (-before +after):\n%s", output, diff)
		}
	}
	if !after.protected["data"] {
		t.Error("the data stack can be deleted by mistake")
	}
	for _, m := range after.of("AWS::Lambda::EventSourceMapping") {
		want := "arn:aws:dynamodb:eu-west-1:123456789012:table/portero-test-core/stream/2026-01-01T00:00:00.000"
		if strings.HasPrefix(m.id, "TriggersTampering") {
			want = strings.Replace(want, "core", "audit", 1)
		}
		if m.Properties["EventSourceArn"] != want {
			t.Errorf("%s reads %s", m.id, compact(m.Properties["EventSourceArn"]))
		}
	}
}

// Nothing but data, the identity and the readers of streams differs: functions,
// roles and settings refer to tables by name.
func TestTakingTablesBackChangesNothingElse(t *testing.T) {
	before, after := sample(), takenBack()
	var differ []string
	for file, template := range before.templates {
		if !bytes.Equal(template.raw, after.templates[file].raw) {
			differ = append(differ, file)
		}
	}
	slices.Sort(differ)
	want := []string{"portero-test-data.template.json", "portero-test-jobs.template.json", "portero-test-mail.template.json"}
	if diff := cmp.Diff(want, differ); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for id, r := range before.stack("jobs").Resources {
		other := after.stack("jobs").Resources[id]
		reader := strings.HasPrefix(id, "Triggers") && (r.Type == "AWS::Lambda::EventSourceMapping" || r.Type == "AWS::IAM::Role")
		if !reader && compact(r) != compact(other) {
			t.Errorf("%s differs", id)
		}
	}
}

// CloudFormation adopts on its own what has a static name and is retained:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
func TestKeptResourcesCanBeAdopted(t *testing.T) {
	a := sample()
	names := map[string]string{"CoreTable": "TableName", "AuditTable": "TableName", "SenderIdentity": "EmailIdentity"}
	for id, property := range names {
		r, ok := a.stack("data").Resources[id]
		if !ok {
			r = a.stack("mail").Resources[id]
		}
		if _, static := r.Properties[property].(string); !static || r.DeletionPolicy != "Retain" {
			t.Errorf("%s: name %s, deletion policy %q", id, compact(r.Properties[property]), r.DeletionPolicy)
		}
	}
}

// A restored copy is used under its own names, its streams are read, sessions
// begin anew, and who sends mail knows since when (D40).
func TestD40ARestoredCopyIsUsedByItsNames(t *testing.T) {
	after := restored()
	for _, m := range after.of("AWS::Lambda::EventSourceMapping") {
		if arn := compact(m.Properties["EventSourceArn"]); !strings.Contains(arn, ":table/core-2/") && !strings.Contains(arn, ":table/audit-2/") {
			t.Errorf("%s reads %s", m.id, arn)
		}
	}
	senders := 0
	for _, f := range after.of("AWS::Lambda::Function") {
		env, _ := at(f.Properties["Environment"], "Variables").(map[string]any)
		_, sends := env["PORTERO_SENDER"]
		if sends {
			senders++
		}
		if since, told := env["PORTERO_RESTORED"]; told != sends || told && since != "2026-11-23T08:00:00Z" {
			t.Errorf("%s sends mail: %v, restored %v", f.id, sends, since)
		}
		for name, want := range map[string]string{"PORTERO_CORE_TABLE": "core-2", "PORTERO_AUDIT_TABLE": "audit-2", "PORTERO_EPHEMERA_TABLE": "portero-test-ephemera-20261123-080000"} {
			if got, uses := env[name]; uses && got != want {
				t.Errorf("%s: %s is %v", f.id, name, got)
			}
		}
	}
	if senders == 0 {
		t.Error("no function sends mail")
	}
}
