package template

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// files is an assembly of one stack, demo, with one template.
func files(template string) fstest.MapFS {
	return fstest.MapFS{
		manifestFile: {Data: []byte(`{"artifacts": {"demo": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-west-1",
			"properties": {"templateFile": "demo.json"}}}}`)},
		"demo.json":  {Data: []byte(template)},
		"child.json": {Data: []byte(`{"Parameters": {"P": {"Type": "String"}}, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}`)},
	}
}

// about puts what a case is about into a policy document, which may hold
// anything, beside what it refers to.
func about(value string) string {
	return `{
		"Parameters": {
			"Stage": {"Type": "String", "Default": "dev"}, "Size": {"Type": "Number", "Default": 3},
			"Names": {"Type": "CommaDelimitedList", "Default": "a, b"}, "Version": {"Type": "AWS::SSM::Parameter::Value<String>"}},
		"Mappings": {"Sizes": {"dev": {"small": "1", "list": ["x", "y"]}, "prod": {"small": "2"}}},
		"Conditions": {
			"Dev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]}, "Prod": {"Fn::Not": [{"Condition": "Dev"}]},
			"Both": {"Fn::And": [{"Condition": "Dev"}, {"Condition": "Prod"}]}, "One": {"Fn::Or": [{"Condition": "Dev"}, {"Condition": "Prod"}]},
			"A": {"Condition": "B"}, "B": {"Condition": "A"}, "Of": {"Fn::Equals": [{"Ref": "Queue"}, "x"]}, "Odd": {"Fn::Contains": [["x"], "x"]}},
		"Resources": {
			"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "demo-queue"}},
			"Absent": {"Type": "AWS::SQS::Queue", "Condition": "Prod"},
			"About": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": ` + value + `}}}}`
}

func TestEveryFunctionGivesWhatCloudFormationGives(t *testing.T) {
	for name, c := range map[string]struct{ value, want string }{
		"plain JSON stays":                         {`{"a": [1, true, null, "x", {}]}`, `{"a": [1, true, null, "x", {}]}`},
		"a reference to a parameter":               {`{"Ref": "Stage"}`, `"dev"`},
		"a number's parameter is its text":         {`{"Ref": "Size"}`, `"3"`},
		"a list's parameter is a list":             {`{"Ref": "Names"}`, `["a", "b"]`},
		"a reference to a queue is its URL":        {`{"Ref": "Queue"}`, `"https://sqs.eu-west-1.amazonaws.com/111122223333/demo-queue"`},
		"pseudo parameters":                        {`[{"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"}, {"Ref": "AWS::Partition"}, {"Ref": "AWS::URLSuffix"}, {"Ref": "AWS::StackName"}]`, `["111122223333", "eu-west-1", "aws", "amazonaws.com", "demo"]`},
		"no value leaves list and object":          {`{"a": [1, {"Ref": "AWS::NoValue"}], "b": {"Ref": "AWS::NoValue"}}`, `{"a": [1]}`},
		"an attribute, as a list":                  {`{"Fn::GetAtt": ["Queue", "Arn"]}`, `"arn:aws:sqs:eu-west-1:111122223333:demo-queue"`},
		"an attribute, with a dot":                 {`{"Fn::GetAtt": "Queue.QueueName"}`, `"demo-queue"`},
		"join takes numbers":                       {`{"Fn::Join": ["-", ["a", 1, {"Ref": "Stage"}]]}`, `"a-1-dev"`},
		"join takes a list's parameter":            {`{"Fn::Join": ["", {"Ref": "Names"}]}`, `"ab"`},
		"split and select":                         {`{"Fn::Select": ["1", {"Fn::Split": [":", "a:b:c"]}]}`, `"b"`},
		"sub with references and attributes":       {`{"Fn::Sub": "${Stage} ${Queue.Arn} ${AWS::Region}"}`, `"dev arn:aws:sqs:eu-west-1:111122223333:demo-queue eu-west-1"`},
		"sub with values of its own":               {`{"Fn::Sub": ["${x}/${Stage}", {"x": {"Ref": "Size"}}]}`, `"3/dev"`},
		"sub keeps what is escaped":                {`{"Fn::Sub": "${!Stage} $ {x}"}`, `"${Stage} $ {x}"`},
		"sub does not fill what it filled in":      {`{"Fn::Sub": ["${x}", {"x": "${Stage}"}]}`, `"${Stage}"`},
		"a map's value":                            {`{"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "small"]}`, `"1"`},
		"a map's list":                             {`{"Fn::FindInMap": ["Sizes", "dev", "list"]}`, `["x", "y"]`},
		"the side of a condition that holds":       {`[{"Fn::If": ["Dev", 1, {"Ref": "Absent"}]}, {"Fn::If": ["Prod", 1, 2]}, {"Fn::If": ["Both", 1, 2]}, {"Fn::If": ["One", 1, 2]}]`, `[1, 2, 2, 1]`},
		"a policy's Condition is no condition":     {`{"Condition": {"Bool": {"aws:SecureTransport": "false"}}}`, `{"Condition": {"Bool": {"aws:SecureTransport": "false"}}}`},
		"a secret's value":                         {`"a {{resolve:secretsmanager:arn:x:secret:Secret-1:SecretString}} b {{resolve:secretsmanager:x:secret:Secret-2:SecretString:::}}"`, `"a made-up b made-up"`},
		"a secret's reference may be put together": {`{"Fn::Join": ["", ["{{resolve:secretsmanager:", "x:secret:Secret-1", ":SecretString}}"]]}`, `"made-up"`},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := load(files(about(c.value)), demo())
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, a.Of("AWS::SQS::QueuePolicy")[0].Properties["PolicyDocument"]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCannotBeResolvedIsNamedInOneLine(t *testing.T) {
	const at = "stack demo: resource About (AWS::SQS::QueuePolicy): Properties.PolicyDocument"
	for name, c := range map[string]struct{ value, want string }{
		"a missing resource":            {`{"x": [{"Ref": "Nobody"}]}`, at + `.x[0]: there is no resource "Nobody"`},
		"a resource that is not made":   {`{"Ref": "Absent"}`, at + `: resource "Absent" is not made, because its condition is false`},
		"an unknown attribute":          {`{"Fn::GetAtt": ["Queue", "Colour"]}`, at + `: the rehearsal does not know the attribute "Colour" of "Queue" (AWS::SQS::Queue)`},
		"half an attribute":             {`{"Fn::GetAtt": "Queue"}`, at + `: Fn::GetAtt: want a logical id and an attribute`},
		"an unknown function":           {`{"Fn::Base64": "x"}`, at + `: the rehearsal does not know Fn::Base64`},
		"a function with company":       {`{"Ref": "Queue", "x": 1}`, at + `: Ref does not stand alone`},
		"a missing export":              {`{"Fn::ImportValue": "nothing"}`, at + `: no stack deployed before this one exports "nothing"`},
		"a missing map":                 {`{"Fn::FindInMap": ["Sizes", "dev", "large"]}`, at + `: Fn::FindInMap: there is no "large" in the mappings`},
		"half a map":                    {`{"Fn::FindInMap": ["Sizes", "dev"]}`, at + `: want a list of 3`},
		"an index that is too high":     {`{"Fn::Select": [2, ["a"]]}`, at + `: Fn::Select: index 2 of a list of 1`},
		"a list in a join":              {`{"Fn::Join": ["", [["a"]]]}`, at + `[0]: Fn::Join: want strings`},
		"a sub that is not closed":      {`{"Fn::Sub": "${Queue"}`, at + `: Fn::Sub: a ${ is not closed`},
		"a list in a sub":               {`{"Fn::Sub": "${Names}"}`, at + `: Fn::Sub: ${Names} is not a string`},
		"a parameter of an account":     {`{"Ref": "Version"}`, at + `: parameter "Version" has a value in an account only`},
		"a missing condition":           {`{"Fn::If": ["Nobody", 1, 2]}`, at + `: there is no condition "Nobody"`},
		"conditions in a circle":        {`{"Fn::If": ["A", 1, 2]}`, `stack demo: condition B: it leads back to condition "A"`},
		"a condition of a resource":     {`{"Fn::If": ["Of", 1, 2]}`, `stack demo: condition Of.Fn::Equals[0]: a condition cannot refer to "Queue"`},
		"a condition that is not known": {`{"Fn::If": ["Odd", 1, 2]}`, `stack demo: condition Odd.Fn::Contains: the rehearsal does not know it as a condition`},
		"a circle":                      {`{"Ref": "About"}`, at + `: a circle: it leads back to "About", which waits for it`},
		"a secret's key":                {`"{{resolve:secretsmanager:s:SecretString:key}}"`, at + `: {{resolve:secretsmanager:s:SecretString:key}}: the rehearsal knows secretsmanager:<id>:SecretString only`},
		"a parameter of SSM":            {`"{{resolve:ssm:name}}"`, at + `: {{resolve:ssm:name}}: the rehearsal knows secretsmanager:<id>:SecretString only`},
		"a secret that is not closed":   {`"{{resolve:ssm"`, at + `: a {{resolve: is not closed`},
		"a broken line":                 {`{"Ref": "a\nb"}`, at + `: there is no resource "a\nb"`},
		"a name that breaks the line":   {`{"a\nb": {"Ref": "x"}}`, at + ".a\uFFFDb" + `: there is no resource "x"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(files(about(c.value)), demo())
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestABrokenTemplateIsNamedInOneLine(t *testing.T) {
	for name, c := range map[string]struct{ template, want string }{
		"broken JSON":             {`{`, `stack demo: template demo.json: unexpected end of JSON input`},
		"no resources":            {`{"Resources": {}}`, `stack demo: template demo.json: there are no resources in it`},
		"an unknown section":      {`{"Transform": "x"}`, `stack demo: template demo.json: the rehearsal does not know the section "Transform"`},
		"a section of a string":   {`{"Resources": "x"}`, `stack demo: template demo.json: Resources: want an object`},
		"an id twice":             {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}, "Q": {"Type": "AWS::SQS::Queue"}}}`, `stack demo: template demo.json: section Resources: "Q" stands there twice`},
		"a resource of a string":  {`{"Resources": {"Q": "x"}}`, `stack demo: resource Q: want an object`},
		"a resource without type": {`{"Resources": {"Q": {}}}`, `stack demo: resource Q: Type is missing`},
		"an unknown type":         {`{"Resources": {"Q": {"Type": "AWS::EC2::Instance"}}}`, `stack demo: resource Q: the rehearsal does not know the type AWS::EC2::Instance`},
		"an unknown attribute":    {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "UpdatePolicy": {}}}}`, `stack demo: resource Q: the rehearsal does not know the attribute "UpdatePolicy"`},
		"an unknown property":     {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": true}}}}`, `stack demo: resource Q (AWS::SQS::Queue): Properties.FifoQueue: the rehearsal does not know this property`},
		"an unknown property deep down": {`{"Resources": {"R": {"Type": "AWS::Events::Rule", "Properties": {"Targets": [{"Id": "a"}, {"Id": "b", "InputPath": "$"}]}}}}`,
			`stack demo: resource R (AWS::Events::Rule): Properties.Targets[1].InputPath: the rehearsal does not know this property`},
		"every unknown thing has its line": {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"A": 1, "B": 1}}, "X": {"Type": "X"}}}`,
			"stack demo: resource Q (AWS::SQS::Queue): Properties.A: the rehearsal does not know this property\n" +
				"stack demo: resource Q (AWS::SQS::Queue): Properties.B: the rehearsal does not know this property\n" +
				"stack demo: resource X: the rehearsal does not know the type X"},
		"one name twice": {`{"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}, "B": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}}`,
			`stack demo: resource B: arn:aws:sqs:eu-west-1:111122223333:q is there already: stack demo, resource A`},
		"a missing dependency":     {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "DependsOn": ["P"]}}}`, `stack demo: resource Q.DependsOn: there is no resource "P"`},
		"dependencies in a circle": {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "DependsOn": "P"}, "P": {"Type": "AWS::SQS::Queue", "DependsOn": "Q"}}}`, `stack demo: resource P.DependsOn: a circle: it leads back to "Q", which waits for it`},
		"a missing asset":          {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Metadata": {"aws:asset:path": "gone"}}}}`, `stack demo: resource Q: metadata aws:asset:path: gone is missing`},
		"an asset elsewhere":       {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Metadata": {"aws:asset:path": "../x"}}}}`, `stack demo: resource Q: metadata aws:asset:path: "../x" is no path inside the assembly`},
		"a parameter of nobody":    {`{"Parameters": {"P": {"Type": "String"}}, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}`, `stack demo: parameter P: it has no default and nobody gives it`},
		"a value not allowed":      {`{"Parameters": {"P": {"Type": "String", "Default": "a", "AllowedValues": ["b"]}}, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}`, `stack demo: parameter P: its value is not among AllowedValues`},
		"a pattern nobody checks":  {`{"Parameters": {"P": {"Type": "String", "Default": "a", "AllowedPattern": "a"}}, "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}`, `stack demo: parameter P: the rehearsal does not know "AllowedPattern"`},
		"a nested stack without template": {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack"}}}`,
			`stack demo: resource S: metadata aws:asset:path does not say where its template is`},
		"a template in itself": {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "demo.json"}}}}`,
			`stack demo: resource S: template demo.json is nested in itself`},
		"a nested stack's missing parameter": {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "child.json"}}}}`,
			`stack demo/S: parameter P: it has no default and nobody gives it`},
		"a nested stack's unknown parameter": {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"X": "y"}}, "Metadata": {"aws:asset:path": "child.json"}}}}`,
			`stack demo/S: parameter X: it is given but the template has none`},
		"a nested stack's missing output": {`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"P": "y"}}, "Metadata": {"aws:asset:path": "child.json"}},
			"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["S", "Outputs.Name"]}}}}}`,
			`stack demo: resource Q (AWS::SQS::Queue): Properties.QueueName: the rehearsal does not know the attribute "Outputs.Name" of "S" (AWS::CloudFormation::Stack)`},
		"an output without value": {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"O": {}}}`, `stack demo: output O.Value: want a string`},
		"an export twice": {`{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"A": {"Value": "x", "Export": {"Name": "n"}}, "B": {"Value": "x", "Export": {"Name": "n"}}}}`,
			`stack demo: output B.Export.Name: stack demo exports "n" already`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(files(c.template), demo())
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestAStringThatGrowsTooLongEndsTheLoad(t *testing.T) {
	long := strings.Repeat("x", maxTextBytes/2)
	for _, value := range []string{`{"Fn::Join": ["", ["` + long + `", "` + long + `", "x"]]}`, `{"Fn::Sub": ["${a}${a}${a}", {"a": "` + long + `"}]}`} {
		if _, err := load(files(about(value)), demo()); err == nil || !strings.Contains(err.Error(), "makes more than 1048576 bytes") {
			t.Errorf("%.200v", err)
		}
	}
}
