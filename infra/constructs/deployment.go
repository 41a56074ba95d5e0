package constructs

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// Deployment is what the functions of one stage share. Fields that only
// CloudFormation knows hold CDK tokens.
type Deployment struct {
	Stage  string
	Region string
	Tables map[schema.Name]string // names in AWS
	// Sender is the address that mails come from; its domain is the identity.
	Sender string
	// ConfigurationSet is SES's, by name.
	ConfigurationSet string
	// BaseURL is the one origin of pages and API, without a slash at the end.
	BaseURL string
	// OriginSecret is a dynamic reference to what CloudFront adds to requests.
	OriginSecret string
	// Restored is since when the tables are a restored copy, as RFC 3339; empty:
	// they are not.
	Restored string
	// Code is the folder that holds the one binary, bootstrap, and nothing else.
	Code string
}

// SenderDomain returns the identity that mails are sent from.
func (d Deployment) SenderDomain() string { return d.Sender[strings.LastIndex(d.Sender, "@")+1:] }

// Name returns the name in AWS of one of the stage's things.
func (d Deployment) Name(what string) string { return "portero-" + d.Stage + "-" + what }

// GlobalName is Name for what is one thing in all regions of an account, such
// as CloudFront's parts and dashboards: the stage of another region is another.
func (d Deployment) GlobalName(what string) string { return d.Name(what) + "-" + d.Region }

// FunctionName returns a function's name in AWS: "portero-dev-invitations-accept"
// for "invitations/accept". It is given, not generated, so that roles, alarms
// and people can name a function in another stack.
func (d Deployment) FunctionName(row contract.Function) string {
	return d.Name(strings.ReplaceAll(row.Name, "/", "-"))
}

// LogGroup returns the name of a function's log group.
func (d Deployment) LogGroup(row contract.Function) string {
	return "/portero/" + d.Stage + "/" + row.Name
}

// arn returns the ARN of something in the deployment's own account and region.
func arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", *awscdk.Aws_PARTITION(), service, *awscdk.Aws_REGION(), *awscdk.Aws_ACCOUNT_ID(), resource)
}

// FunctionARN returns the ARN of a function by its name.
func (d Deployment) FunctionARN(row contract.Function) string {
	return arn("lambda", "function:"+d.FunctionName(row))
}

func (d Deployment) tableARN(t schema.Name) string { return arn("dynamodb", "table/"+d.Tables[t]) }
