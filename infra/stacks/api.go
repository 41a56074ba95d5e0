package stacks

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
)

// api holds the functions behind the HTTP API, a nested stack per resource: a
// stack may have 500 resources, and a route cannot move to another one later.
func (b *builder) api(door door) awscdk.Stack {
	stack := b.stack("api", "the functions behind the HTTP API", false)
	for _, name := range b.rows.resources() {
		nested := awscdk.NewNestedStack(stack, jsii.String(name), &awscdk.NestedStackProps{
			Description: jsii.String("Portero " + b.settings.Stage + ": " + name),
		})
		api := constructs.API{ID: door.api, InvokeRole: b.invokeRole(stack, name).AttrArn()}
		for _, row := range b.rows.endpoints {
			if resource(row.Function) == name {
				scope := tree.NewConstruct(nested, jsii.String(strings.TrimPrefix(row.Name, name+"/")))
				constructs.NewEndpoint(scope, b.deployed, api, row)
			}
		}
	}
	return stack
}

// invokeRole lets API Gateway call the functions of one resource, by name. One
// role for all of them would outgrow the 10,240 characters of its policies at
// about 110 endpoints
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
func (b *builder) invokeRole(stack awscdk.Stack, name string) awsiam.CfnRole {
	call := constructs.Statement{Actions: []string{"lambda:InvokeFunction"}}
	for _, row := range b.rows.endpoints {
		if resource(row.Function) == name {
			call.Resources = append(call.Resources, b.deployed.FunctionARN(row.Function))
		}
	}
	return awsiam.NewCfnRole(stack, jsii.String(name+"InvokeRole"), &awsiam.CfnRoleProps{
		Description:              jsii.String(b.settings.Stage + " HTTP API: " + name),
		AssumeRolePolicyDocument: constructs.AssumedBy("apigateway.amazonaws.com", nil),
		Policies: []any{&awsiam.CfnRole_PolicyProperty{
			PolicyName: jsii.String("call"), PolicyDocument: constructs.Document(call),
		}},
	})
}
