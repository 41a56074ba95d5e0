package template

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func demo() Environment {
	return Environment{
		Account: "111122223333", Region: "eu-west-1",
		Secret: func(id string) (string, bool) { return "made-up", strings.Contains(id, ":secret:Secret-") },
	}
}

func small(t *testing.T) *Assembly {
	t.Helper()
	a, err := Load("testdata/small", demo())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEveryResourceStandsAfterWhatItNeeds(t *testing.T) {
	var got []string
	for _, r := range small(t).Resources {
		got = append(got, r.Stack+" "+r.LogicalID)
	}
	want := []string{
		"demo-early Table", "demo-early Secret",
		"demo-late Role", "demo-late/Child Function", "demo-late Child", "demo-late Source", "demo-late Last", "demo-late First",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFunctionIsResolvedThroughItsStacks(t *testing.T) {
	a := small(t)
	f, ok := a.Find("arn:aws:lambda:eu-west-1:111122223333:function:demo-b")
	if !ok {
		t.Fatal("the function is not there")
	}
	role := a.Of("AWS::IAM::Role")[0]
	want := map[string]any{
		"FunctionName": "demo-b", "Handler": "demo/run", "Role": role.ARN(), "MemorySize": 256.0, "Timeout": "15",
		"Runtime":     "provided.al2023",
		"Code":        map[string]any{"S3Bucket": "cdk-assets-111122223333", "S3Key": "code.zip"},
		"Environment": map[string]any{"Variables": map[string]any{"ORIGIN": "made-up", "REGION": "eu-west-1"}},
	}
	if diff := cmp.Diff(want, f.Properties); diff != "" {
		t.Error(diff)
	}
	if asset, ok := a.Asset(f); !ok || asset != filepath.Join("testdata", "small", "asset.code") {
		t.Errorf("asset %q %v", asset, ok)
	}
	source := a.Of("AWS::Lambda::EventSourceMapping")[0]
	table, _ := a.Find("demo-dev-core")
	if stream, _ := table.Attribute("StreamArn"); stream == "" || source.Properties["EventSourceArn"] != stream || source.Properties["FunctionName"] != "demo-b" {
		t.Errorf("source %v, stream %q", source.Properties, stream)
	}
	if diff := cmp.Diff([]string{"demo-early", "demo-late"}, a.Stacks); diff != "" {
		t.Error(diff)
	}
}

func TestAPropertyWithoutAValueIsLeftOut(t *testing.T) {
	table := small(t).Of("AWS::DynamoDB::Table")[0]
	if table.Has("DeletionProtectionEnabled") {
		t.Error("AWS::NoValue left something")
	}
}

func TestTheEnvironmentIsAskedBeforeTheDefaults(t *testing.T) {
	env := demo()
	env.Value = func(r Resource, attribute string) (string, bool) {
		switch r.LogicalID + "." + attribute {
		case "Table.StreamArn":
			return "the-stream", true
		case "Role.":
			return "the-role", r.Physical == "" && r.Properties != nil
		case "Secret.":
			return "arn:x:secret:Secret-1", true
		}
		return "", false
	}
	a, err := Load("testdata/small", env)
	if err != nil {
		t.Fatal(err)
	}
	source, role := a.Of("AWS::Lambda::EventSourceMapping")[0], a.Of("AWS::IAM::Role")[0]
	if source.Properties["EventSourceArn"] != "the-stream" {
		t.Errorf("stream %v", source.Properties["EventSourceArn"])
	}
	if role.Physical != "the-role" || role.ARN() != "arn:aws:iam::111122223333:role/the-role" {
		t.Errorf("role %q %q", role.Physical, role.ARN())
	}
	if _, ok := a.Find("arn:x:secret:Secret-1"); !ok {
		t.Error("the secret is not found by its ARN")
	}
}

func TestTwoLoadsAreTheSame(t *testing.T) {
	names := func() (all []string) {
		for _, r := range small(t).Resources {
			all = append(all, r.Physical, r.ARN())
		}
		return all
	}
	if diff := cmp.Diff(names(), names()); diff != "" {
		t.Error(diff)
	}
}

func TestANameOfTwoThingsFindsNeither(t *testing.T) {
	a, err := load(files(`{"Resources": {
		"F": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "one"}},
		"S": {"Type": "AWS::Scheduler::Schedule", "Properties": {"Name": "one", "Target": {"Arn": {"Fn::GetAtt": "F.Arn"}}}}}}`), demo())
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := a.Find("one"); ok {
		t.Errorf("found %s", r.Type)
	}
	if r, ok := a.FindOf("AWS::Scheduler::Schedule", "one"); !ok || r.LogicalID != "S" {
		t.Errorf("found %q %v", r.LogicalID, ok)
	}
	if r, ok := a.Find("arn:aws:lambda:eu-west-1:111122223333:function:one"); !ok || r.LogicalID != "F" {
		t.Errorf("found %q %v", r.LogicalID, ok)
	}
	if _, ok := a.Find(""); ok {
		t.Error("nothing has an empty name")
	}
}

func TestALoadThatCannotBeSaysSoInOneLine(t *testing.T) {
	for name, c := range map[string]struct {
		dir  string
		env  func(*Environment)
		want string
	}{
		"no directory":      {"testdata/none", nil, "no cloud assembly (make synth writes one): testdata/none is missing"},
		"no assembly in it": {"testdata", nil, "no cloud assembly (make synth writes one): manifest.json is missing"},
		"another region": {"testdata/small", func(e *Environment) { e.Region = "us-east-1" },
			"stack demo-early is for aws://unknown-account/eu-west-1, not for account 111122223333 in us-east-1"},
		"no region":        {"testdata/small", func(e *Environment) { e.Region = "" }, "environment: the region is missing"},
		"a broken account": {"testdata/small", func(e *Environment) { e.Account = "me" }, "environment: the account must be 12 digits"},
	} {
		t.Run(name, func(t *testing.T) {
			env := demo()
			if c.env != nil {
				c.env(&env)
			}
			_, err := Load(c.dir, env)
			if err == nil {
				t.Fatal("it loads")
			}
			if err.Error() != c.want {
				t.Errorf("got  %s\nwant %s", err, c.want)
			}
		})
	}
}

func TestASecretNobodyKnowsEndsTheLoad(t *testing.T) {
	env := demo()
	env.Secret = nil
	_, err := Load("testdata/small", env)
	if err == nil || !strings.HasPrefix(err.Error(), `stack demo-late/Child: resource Function (AWS::Lambda::Function): Properties.Environment.Variables.ORIGIN: the environment has no secret "arn:aws:secretsmanager:`) {
		t.Error(err)
	}
}
