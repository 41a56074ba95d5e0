package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/contract"
)

// API is the HTTP API that endpoints hang on.
type API struct {
	ID *string
	// InvokeRole is the role that API Gateway calls a resource's functions with:
	// one role in place of a permission per route, which keeps an endpoint at five
	// resources.
	InvokeRole *string
}

// NewEndpoint makes an endpoint: its function, the integration that calls it
// and the route to it, five resources in all. Scope is one that holds nothing
// else.
func NewEndpoint(scope tree.Construct, d Deployment, api API, row contract.Endpoint) Function {
	fn := newFunction(scope, d, row)
	integration := awsapigatewayv2.NewCfnIntegration(scope, jsii.String("Integration"), &awsapigatewayv2.CfnIntegrationProps{
		ApiId:                api.ID,
		IntegrationType:      jsii.String("AWS_PROXY"),
		IntegrationUri:       fn.ARN,
		CredentialsArn:       api.InvokeRole,
		PayloadFormatVersion: jsii.String("2.0"), // must be said: CloudFormation has no default
	})
	awsapigatewayv2.NewCfnRoute(scope, jsii.String("Route"), &awsapigatewayv2.CfnRouteProps{
		ApiId:             api.ID,
		RouteKey:          jsii.String(row.Method + " " + row.Path),
		AuthorizationType: jsii.String("NONE"), // the function asks, on every request: design.md §5
		Target:            jsii.String("integrations/" + *integration.Ref()),
	})
	return fn
}
