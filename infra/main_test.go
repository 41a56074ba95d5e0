package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/google/go-cmp/cmp"

	"portero/functions"
	"portero/functions/pages"
	"portero/shared/contract"
)

// The templates' content is tested in stacks with rows of every kind; this
// holds the real rows against the budgets, with the settings of cdk.json.
func TestTheRealRowsAreDeployedWithinTheBudgets(t *testing.T) {
	dir := t.TempDir()
	function, site, out := filepath.Join(dir, "function"), filepath.Join(dir, "site"), filepath.Join(dir, "out")
	if err := errors.Join(stub(filepath.Join(function, "bootstrap")), stub(filepath.Join(site, pages.NotFound))); err != nil {
		t.Fatal(err)
	}
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(out), Context: context(t), AnalyticsReporting: jsii.Bool(false)})
	if err := synth(app, function, site); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(out, "*.template.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d templates, error %v", len(files), err)
	}
	count := map[string]int{}
	nested, largest := 0, 0
	var handlers []string
	for _, file := range files {
		var template struct {
			Resources map[string]struct {
				Type       string
				Properties map[string]any
			}
		}
		raw, err := os.ReadFile(file)
		if err := errors.Join(err, json.Unmarshal(raw, &template)); err != nil {
			t.Fatal(err)
		}
		if len(template.Resources) > 400 || len(raw) > 800_000 || strings.Count(string(raw), "{{resolve:") > 60 {
			t.Errorf("%s: %d resources, %d bytes", filepath.Base(file), len(template.Resources), len(raw))
		}
		for _, r := range template.Resources {
			count[r.Type]++
			if r.Type == "AWS::IAM::Role" {
				largest = max(largest, inline(t, r.Properties["Policies"]))
			}
			if r.Properties["Runtime"] == "provided.al2023" {
				handlers = append(handlers, r.Properties["Handler"].(string))
			}
		}
		if strings.Contains(file, ".nested.") {
			nested += len(template.Resources)
		}
	}
	var names []string
	endpoints := 0
	for _, row := range functions.Rows() {
		names = append(names, row.Base().Name)
		if _, ok := row.(contract.Endpoint); ok {
			endpoints++
		}
	}
	slices.Sort(names)
	slices.Sort(handlers)
	if diff := cmp.Diff(names, handlers); diff != "" {
		t.Errorf("functions differ from rows (-rows +templates):\n%s", diff)
	}
	if nested > 5*endpoints || count["AWS::CloudWatch::Alarm"] > 10 {
		t.Errorf("%d resources for %d endpoints, %d alarms", nested, endpoints, count["AWS::CloudWatch::Alarm"])
	}
	if largest > maxInline {
		t.Errorf("a role's policies have %d characters, IAM takes %d", largest, maxInline)
	}
	t.Logf("%d functions, %d endpoints, %d templates, %d characters of the largest role's policies", len(handlers), endpoints, len(files), largest)
}

// maxInline is how many characters the inline policies of a role may have
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
const maxInline = 10_240

// inline is about how many characters policies have once CloudFormation has
// joined their ARNs: as many as now, with the words that join them.
func inline(t *testing.T, policies any) int {
	t.Helper()
	raw, err := json.Marshal(policies)
	if err != nil {
		t.Fatal(err)
	}
	return len(raw)
}

func TestNothingBuiltIsSaidInOneLine(t *testing.T) {
	dir := t.TempDir()
	err := synth(awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(dir)}), dir, dir)
	if err == nil || !strings.Contains(err.Error(), "make build") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
}

// context reads the settings a fresh clone has.
func context(t *testing.T) *map[string]any {
	t.Helper()
	var cdk struct{ Context map[string]any }
	raw, err := os.ReadFile("../cdk.json")
	if err := errors.Join(err, json.Unmarshal(raw, &cdk)); err != nil {
		t.Fatal(err)
	}
	return &cdk.Context
}

func stub(name string) error {
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("stub"), 0o755))
}
