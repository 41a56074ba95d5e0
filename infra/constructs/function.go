package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3assets"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// logDays is how long logs are kept (chosen: a quarter, so that what a client
// reports late can still be looked up; logs hold identifiers only).
const logDays = 90

// Function is what every row becomes: a Lambda function, its own role and its
// own log group.
type Function struct {
	Row  contract.Function
	Name string
	Ref  *string // the name, known once the function is there
	ARN  *string
}

// newFunction makes a row's function. More says what its event source needs
// of its role beside the row's own Uses.
func newFunction(scope tree.Construct, d Deployment, row contract.Row, more ...Statement) Function {
	f := row.Base()
	logs := awslogs.NewCfnLogGroup(scope, jsii.String("Logs"), &awslogs.CfnLogGroupProps{
		LogGroupName: jsii.String(d.LogGroup(f)), RetentionInDays: jsii.Number(logDays),
	})
	logs.ApplyRemovalPolicy(awscdk.RemovalPolicy_DESTROY, nil)
	role := newRole(scope, d, f, append([]Statement{{
		Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{*logs.AttrArn()},
	}}, append(d.allowed(f.Uses), more...)...))
	code := code(scope, d)
	fn := awslambda.NewCfnFunction(scope, jsii.String("Function"), &awslambda.CfnFunctionProps{
		FunctionName:  jsii.String(d.FunctionName(f)),
		Description:   jsii.String(f.Summary),
		Runtime:       jsii.String("provided.al2023"),
		Architectures: jsii.Strings("arm64"),
		Handler:       jsii.String(f.Name), // the binary becomes what _HANDLER names
		Code:          &awslambda.CfnFunction_CodeProperty{S3Bucket: code.S3BucketName(), S3Key: code.S3ObjectKey()},
		Role:          role.AttrArn(),
		MemorySize:    jsii.Number(float64(f.Memory())),
		Timeout:       jsii.Number(f.TimeLimit().Seconds()),
		Environment:   &awslambda.CfnFunction_EnvironmentProperty{Variables: d.environment(row)},
		LoggingConfig: &awslambda.CfnFunction_LoggingConfigProperty{
			LogGroup: logs.Ref(), LogFormat: jsii.String("JSON"),
			// Our one record per event says what happened; of Lambda's own lines only
			// what went wrong is worth its price
			// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
			SystemLogLevel: jsii.String("WARN"),
		},
	})
	code.AddResourceMetadata(fn, jsii.String("Code"))
	return Function{Row: f, Name: d.FunctionName(f), Ref: fn.Ref(), ARN: fn.AttrArn()}
}

func newRole(scope tree.Construct, d Deployment, f contract.Function, statements []Statement) awsiam.CfnRole {
	return awsiam.NewCfnRole(scope, jsii.String("Role"), &awsiam.CfnRoleProps{
		Description:              jsii.String(d.Stage + " " + f.Name),
		AssumeRolePolicyDocument: AssumedBy("lambda.amazonaws.com", nil),
		Policies: []any{&awsiam.CfnRole_PolicyProperty{
			PolicyName: jsii.String("row"), PolicyDocument: Document(statements...),
		}},
	})
}

// code returns the stack's view of the one binary, which every function shares.
func code(scope tree.Construct, d Deployment) awss3assets.Asset {
	stack := awscdk.Stack_Of(scope)
	if found := stack.Node().TryFindChild(jsii.String("Code")); found != nil {
		return found.(awss3assets.Asset)
	}
	return awss3assets.NewAsset(stack, jsii.String("Code"), &awss3assets.AssetProps{Path: jsii.String(d.Code)})
}

// environment returns the settings a function reads, and no others.
func (d Deployment) environment(row contract.Row) *map[string]*string {
	env := map[string]string{contract.EnvStage: d.Stage}
	uses := row.Base().Uses
	for _, a := range uses.Tables {
		env[tableSetting[a.Table]] = d.Tables[a.Table]
	}
	if uses.Mail {
		env[contract.EnvSender], env[contract.EnvConfigSet], env[contract.EnvBaseURL] = d.Sender, d.ConfigurationSet, d.BaseURL
		if d.Restored != "" {
			env[contract.EnvRestored] = d.Restored
		}
	}
	if _, ok := row.(contract.Endpoint); ok {
		env[contract.EnvBaseURL], env[contract.EnvOriginSecret] = d.BaseURL, d.OriginSecret
	}
	out := map[string]*string{}
	for name, value := range env {
		out[name] = jsii.String(value)
	}
	return &out
}

var tableSetting = map[schema.Name]string{
	schema.Core: contract.EnvCoreTable, schema.Audit: contract.EnvAuditTable, schema.Ephemera: contract.EnvEphemera,
}
