package rehearsal

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"portero/infra/rehearsal/template"
)

// object shortens what templates are made of.
type object = map[string]any

// small is the least assembly that a rehearsal runs: two functions that read one
// item each, of which one lacks the permission. change may break it.
func small(t *testing.T, change func(resources object)) (dir string) {
	t.Helper()
	dir = t.TempDir()
	resources := object{
		"Set":          object{"Type": "AWS::SES::ConfigurationSet", "Properties": object{"Name": "set", "SendingOptions": object{"SendingEnabled": true}}},
		"Identity":     object{"Type": "AWS::SES::EmailIdentity", "Properties": object{"EmailIdentity": "example.com"}},
		"Told":         told,
		"Distribution": object{"Type": "AWS::CloudFront::Distribution", "Properties": object{"DistributionConfig": object{"Origins": []any{object{"OriginCustomHeaders": []any{object{"HeaderName": "h", "HeaderValue": "v"}}}}}}},
		"Api":          object{"Type": "AWS::ApiGatewayV2::Api", "Properties": object{"Name": "api", "ProtocolType": "HTTP"}},
		"Stage":        object{"Type": "AWS::ApiGatewayV2::Stage", "Properties": object{"ApiId": object{"Ref": "Api"}, "StageName": "$default", "AutoDeploy": true}},
	}
	for _, name := range []string{"core", "audit", "ephemera"} {
		resources[name] = object{"Type": "AWS::DynamoDB::Table", "Properties": object{
			"TableName": "small-" + name, "BillingMode": "PAY_PER_REQUEST",
			"AttributeDefinitions": []any{object{"AttributeName": "pk", "AttributeType": "S"}}, "KeySchema": []any{object{"AttributeName": "pk", "KeyType": "HASH"}},
		}}
	}
	maps.Copy(resources, reader("allowed", "dynamodb:GetItem"))
	maps.Copy(resources, reader("denied", "dynamodb:PutItem"))
	if change != nil {
		change(resources)
	}
	write(t, filepath.Join(dir, "small.template.json"), object{"Resources": resources})
	write(t, filepath.Join(dir, "manifest.json"), object{"version": "54.0.0", "artifacts": object{"small": object{
		"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-west-1", "properties": object{"templateFile": "small.template.json", "stackName": "small"},
	}}})
	return dir
}

var told = object{"Type": "AWS::SES::ConfigurationSetEventDestination", "Properties": object{
	"ConfigurationSetName": object{"Ref": "Set"},
	"EventDestination": object{
		"Enabled": true, "MatchingEventTypes": []any{"bounce"},
		"EventBridgeDestination": object{"EventBusArn": object{"Fn::Sub": "arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"}},
	},
}}

// reader is a function whose role has one action on the core table.
func reader(name, action string) object {
	trust := object{"Version": "2012-10-17", "Statement": []any{object{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": object{"Service": "lambda.amazonaws.com"}}}}
	statements := []any{
		object{"Effect": "Allow", "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": object{"Fn::Sub": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/" + name + ":*"}},
		object{"Effect": "Allow", "Action": action, "Resource": object{"Fn::GetAtt": []any{"core", "Arn"}}},
	}
	return object{
		name + "Role": object{"Type": "AWS::IAM::Role", "Properties": object{"AssumeRolePolicyDocument": trust,
			"Policies": []any{object{"PolicyName": "p", "PolicyDocument": object{"Version": "2012-10-17", "Statement": statements}}}}},
		name: object{"Type": "AWS::Lambda::Function", "Properties": object{
			"FunctionName": name, "Handler": "reads/" + name, "Runtime": "provided.al2023", "Role": object{"Fn::GetAtt": []any{name + "Role", "Arn"}},
			"Code": object{}, "MemorySize": 512, "Timeout": 10, "Environment": object{"Variables": object{"TABLE": "small-core"}},
		}},
	}
}

func write(t *testing.T, file string, v any) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err == nil {
		err = os.WriteFile(file, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// properties are a resource's.
func properties(resources object, id string) object {
	return resources[id].(object)["Properties"].(object)
}

func TestEveryPropertyOfTheSmallAssemblyIsLookedAt(t *testing.T) {
	a, err := template.Load(small(t, nil), template.Environment{Account: account, Region: defaultRegion})
	if err == nil {
		_, err = newPlan(a)
	}
	if err != nil || len(a.Unread()) > 0 {
		t.Fatal(err)
	}
}
