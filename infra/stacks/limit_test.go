package stacks

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Budgets (design.md §8, reliability D35), below CloudFormation's 500 and 1 MB.
const (
	maxResources     = 400
	maxTemplateBytes = 800_000
	maxPerEndpoint   = 5
	maxAlarms        = 10
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
	maxDynamicReferences = 60
)

func TestStacksStayWithinTheirBudgets(t *testing.T) {
	a := sample()
	endpoints, resources := 0, 0
	for file, template := range a.templates {
		if n := len(template.Resources); n > maxResources {
			t.Errorf("%s has %d resources, the budget is %d", file, n, maxResources)
		}
		if n := len(template.raw); n > maxTemplateBytes {
			t.Errorf("%s has %d bytes, the budget is %d", file, n, maxTemplateBytes)
		}
		if n := bytes.Count(template.raw, []byte("{{resolve:")); n > maxDynamicReferences {
			t.Errorf("%s has %d dynamic references, CloudFormation takes %d", file, n, maxDynamicReferences)
		}
		if strings.Contains(file, ".nested.") {
			resources += len(template.Resources)
		}
	}
	endpoints = len(a.of("AWS::ApiGatewayV2::Route"))
	if endpoints == 0 || resources > maxPerEndpoint*endpoints {
		t.Errorf("%d endpoints have %d resources, the budget is %d each", endpoints, resources, maxPerEndpoint)
	}
}

func TestAlarmsAreFewAndSayWhatToDo(t *testing.T) {
	alarms := sample().of("AWS::CloudWatch::Alarm")
	if len(alarms) > maxAlarms {
		t.Errorf("%d alarms, the budget is %d", len(alarms), maxAlarms)
	}
	var names []string
	for _, alarm := range alarms {
		p := alarm.Properties
		names = append(names, strings.TrimPrefix(p["AlarmName"].(string), "portero-test-"))
		// A sentence on what it means, one at least on what to do; 1,024 is CloudWatch's.
		do, _ := p["AlarmDescription"].(string)
		if strings.Count(do, ". ") < 1 || len(do) < 100 || len(do) > 1024 {
			t.Errorf("%s does not say what to do: %q", alarm.id, do)
		}
		if len(list(p["AlarmActions"])) != 1 || p["TreatMissingData"] == nil {
			t.Errorf("%s tells nobody: %s", alarm.id, compact(p))
		}
		if n := len(list(p["Metrics"])); n > 11 {
			t.Errorf("%s adds up %d metrics, CloudWatch takes 10", alarm.id, n-1)
		}
	}
	slices.Sort(names)
	want := []string{"api-5xx", "audit-tampering", "background-errors", "bounces", "complaints", "database", "failures", "oldest-queued", "throttles", "workspace-paused"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryFailureQueueIsWatched(t *testing.T) {
	a := sample()
	var watched string
	for _, alarm := range a.of("AWS::CloudWatch::Alarm") {
		if alarm.id == "failures" {
			watched = compact(alarm.Properties["Metrics"])
		}
	}
	for _, q := range a.of("AWS::SQS::Queue") {
		if !strings.Contains(watched, `"`+q.Properties["QueueName"].(string)+`"`) {
			t.Errorf("nobody looks at %s", q.id)
		}
	}
}

func TestTheDashboardIsJSON(t *testing.T) {
	body := at(sample().of("AWS::CloudWatch::Dashboard")[0].Properties, "DashboardBody")
	var text strings.Builder
	for _, part := range list(list(at(body, "Fn::Join"))[1]) {
		if s, ok := part.(string); ok {
			text.WriteString(s)
		} else {
			text.WriteString("x")
		}
	}
	if !json.Valid([]byte(text.String())) {
		t.Errorf("%s", text.String())
	}
}

// secretName finds properties that hold a secret by their names; nothing below
// them may be a literal.
var secretName = regexp.MustCompile(`(?i)(secret|password|token|credential|private_?key)`)

func TestNoTemplateHoldsASecret(t *testing.T) {
	notSecret := map[string]bool{ // named so, but not one
		"GenerateSecretString": true, "PasswordLength": true, "CredentialsArn": true, "ServiceToken": true, "SecretString": false,
	}
	var look func(file, path string, v any)
	look = func(file, path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				literal, is := v[key].(string)
				if is && literal != "" && secretName.MatchString(key) && !notSecret[key] && !strings.HasPrefix(literal, "{{resolve:") {
					t.Errorf("%s: %s.%s is %q", file, path, key, literal)
				}
				look(file, path+"."+key, v[key])
			}
		case []any:
			for _, item := range v {
				look(file, path, item)
			}
		}
	}
	for file, template := range sample().templates {
		for id, r := range template.Resources {
			look(file, id, r.Properties)
		}
	}
	for _, f := range sample().of("AWS::Lambda::Function") {
		value := at(f.Properties, "Environment", "Variables", "PORTERO_ORIGIN_SECRET")
		if value != nil && !strings.Contains(compact(value), "{{resolve:secretsmanager:") {
			t.Errorf("%s: %s", f.id, compact(value))
		}
	}
}

func TestTwoSynthsAreTheSame(t *testing.T) {
	first, second := sample(), again()
	if len(first.templates) == 0 || len(first.templates) != len(second.templates) {
		t.Fatalf("%d and %d templates", len(first.templates), len(second.templates))
	}
	for file, template := range first.templates {
		if !bytes.Equal(template.raw, second.templates[file].raw) {
			t.Errorf("%s differs", file)
		}
	}
}
