package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// TestMain makes the test binary a function when Lambda's variable says that it
// is one, so that the tests need no second build.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") != "" {
		lambda.Start(readOne)
		return
	}
	os.Exit(m.Run())
}

// readOne reads one item and says what came of it.
func readOne(ctx context.Context) (string, error) {
	client := dynamodb.New(dynamodb.Options{
		Region: os.Getenv("AWS_REGION"), BaseEndpoint: aws.String(os.Getenv("AWS_ENDPOINT_URL_DYNAMODB")),
		Credentials: credentials.NewStaticCredentialsProvider(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN")),
	})
	_, err := client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: aws.String(os.Getenv("TABLE")), Key: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "ws_1#thing"}},
	})
	var refused smithy.APIError
	if errors.As(err, &refused) {
		return refused.ErrorCode(), nil
	}
	return "read", err
}

func options(t *testing.T, assembly string) Options {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Assembly: assembly, Binary: binary}
}

func TestARefusalIsAccessDeniedToTheFunctionAndOneLineForUs(t *testing.T) {
	s, err := Start(t.Context(), options(t, small(t, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for row, want := range map[string]string{"reads/allowed": `"read"`, "reads/denied": `"AccessDeniedException"`} {
		if answer, err := s.Invoke(t.Context(), row, nil); err != nil || string(answer) != want {
			t.Errorf("%s: %s, %v", row, answer, err)
		}
	}
	problems := s.Problems()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	want := `reads/denied may not dynamodb:GetItem on arn:aws:dynamodb:eu-west-1:123456789012:table/small-core; missing: ` +
		`{"Effect":"Allow","Action":["dynamodb:GetItem"],"Resource":["arn:aws:dynamodb:eu-west-1:123456789012:table/small-core"],` +
		`"Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["ws_*#thing*"]},"Null":{"dynamodb:LeadingKeys":["false"]}}}`
	if len(problems) != 1 || problems[0] != want {
		t.Errorf("got  %q\nwant %q", problems, want)
	}
	alone(t)
}

// TestBadInputIsOneLineAndLeavesNothingRunning breaks one thing at a time.
func TestBadInputIsOneLineAndLeavesNothingRunning(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := taken.Addr().(*net.TCPAddr).Port
	broken := func(change func(object)) func(*Options) {
		return func(o *Options) { o.Assembly = small(t, change) }
	}
	for name, c := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"no assembly":           {func(o *Options) { o.Assembly = filepath.Join(t.TempDir(), "none") }, "make synth writes one"},
		"a template cut off":    {func(o *Options) { cutOff(t, o.Assembly) }, "small.template.json"},
		"a binary that is gone": {func(o *Options) { o.Binary = filepath.Join(t.TempDir(), "bootstrap") }, "binary is missing"},
		"a port that is taken":  {func(o *Options) { o.Port = port }, fmt.Sprintf("port %d is taken", port)},
		"a type nobody knows": {broken(func(r object) { r["X"] = object{"Type": "AWS::Kinesis::Stream", "Properties": object{}} }),
			"AWS::Kinesis::Stream"},
		"a property nobody knows": {broken(func(r object) { properties(r, "allowed")["ReservedConcurrentExecutions"] = 1 }),
			"ReservedConcurrentExecutions: the rehearsal does not know this property"},
		"a function that may not log": {broken(func(r object) { properties(r, "allowedRole")["Policies"] = []any{} }),
			"nobody will see what reads/allowed logs"},
		"a role that Lambda may not take": {broken(func(r object) {
			properties(r, "deniedRole")["AssumeRolePolicyDocument"] = trusting("ec2.amazonaws.com")
		}),
			"lambda.amazonaws.com may not take the role"},
		"an authorizer": {broken(func(r object) { routed(r, "allowed", "JWT") }), "an authorizer of type JWT is not run here"},
		"a route that API Gateway may not call": {broken(func(r object) { routed(r, "allowed", "NONE") }),
			"apigateway.amazonaws.com may not call allowed; missing: {"},
		"a failure queue that is not there": {broken(func(r object) {
			r["Tries"] = object{"Type": "AWS::Lambda::EventInvokeConfig", "Properties": object{
				"FunctionName": "allowed", "Qualifier": "$LATEST", "DestinationConfig": object{"OnFailure": object{"Destination": "arn:aws:sqs:eu-west-1:123456789012:gone"}}}}
		}), "which is no template's queue"},
		"a failure queue that the role may not fill": {broken(func(r object) {
			r["Queue"] = queue("failed")
			r["Tries"] = object{"Type": "AWS::Lambda::EventInvokeConfig", "Properties": object{
				"FunctionName": "allowed", "Qualifier": "$LATEST", "DestinationConfig": object{"OnFailure": object{"Destination": object{"Fn::GetAtt": []any{"Queue", "Arn"}}}}}}
		}), "what reads/allowed fails at is lost; missing: {"},
		"a configuration set that does not send": {broken(func(r object) { properties(r, "Set")["SendingOptions"] = object{"SendingEnabled": false} }),
			"it does not send"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t, small(t, nil))
			c.change(&o)
			s, err := Start(t.Context(), o)
			if err == nil {
				t.Fatalf("it runs, and should say %q", errors.Join(s.Close()))
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s, on one line", err, c.want)
			}
			alone(t)
		})
	}
}

func queue(name string) object {
	return object{"Type": "AWS::SQS::Queue", "Properties": object{"QueueName": name}}
}

func trusting(service string) object {
	return object{"Version": "2012-10-17", "Statement": []any{object{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": object{"Service": service}}}}
}

// routed puts a function behind the API, by a role that may call nothing.
func routed(r object, function, authorization string) {
	r["Door"] = object{"Type": "AWS::IAM::Role", "Properties": object{"AssumeRolePolicyDocument": trusting("apigateway.amazonaws.com")}}
	r["Integration"] = object{"Type": "AWS::ApiGatewayV2::Integration", "Properties": object{
		"ApiId": object{"Ref": "Api"}, "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0",
		"IntegrationUri": object{"Fn::GetAtt": []any{function, "Arn"}}, "CredentialsArn": object{"Fn::GetAtt": []any{"Door", "Arn"}}}}
	r["Route"] = object{"Type": "AWS::ApiGatewayV2::Route", "Properties": object{
		"ApiId": object{"Ref": "Api"}, "RouteKey": "GET /", "AuthorizationType": authorization, "Target": object{"Fn::Join": []any{"/", []any{"integrations", object{"Ref": "Integration"}}}}}}
}

func cutOff(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "small.template.json")
	raw, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, raw[:len(raw)/2], 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
