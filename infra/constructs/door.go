package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// How much of the API may be asked at once, by everybody together. Each row
// limits its callers by itself; this bounds the bill (chosen; no evidence).
const (
	requestsPerSecond = 100
	requestsAtOnce    = 200
)

// accessLog says of each request what a function's own record cannot: that it
// never came to a function. It has the route, not the path with its
// identifiers, and neither query, headers nor addresses
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html).
const accessLog = `{"request_id":"$context.requestId","time":"$context.requestTime","route":"$context.routeKey",` +
	`"status":"$context.status","bytes":"$context.responseLength","latency_ms":"$context.responseLatency",` +
	`"integration_ms":"$context.integrationLatency","integration_status":"$context.integrationStatus","error":"$context.integrationErrorMessage"}`

// NewHTTPAPI makes the HTTP API that routes are added to, and returns its id.
//
// Its own address stays open: CloudFront has to reach it, and closing it asks
// for a regional domain with a certificate of its own. Nothing is gained by
// coming that way: every function authenticates for itself, and believes the
// viewer's address only beside the origin secret.
func NewHTTPAPI(scope tree.Construct, d Deployment) *string {
	api := awsapigatewayv2.NewCfnApi(scope, jsii.String("Api"), &awsapigatewayv2.CfnApiProps{
		Name: jsii.String(d.Name("api")), ProtocolType: jsii.String("HTTP"), DisableExecuteApiEndpoint: jsii.Bool(false),
	})
	logs := awslogs.NewCfnLogGroup(scope, jsii.String("ApiLogs"), &awslogs.CfnLogGroupProps{
		// Names with this beginning need no policy entry each
		// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html).
		LogGroupName: jsii.String("/aws/vendedlogs/portero/" + d.Stage + "/api"), RetentionInDays: jsii.Number(logDays),
	})
	logs.ApplyRemovalPolicy(awscdk.RemovalPolicy_DESTROY, nil)
	awsapigatewayv2.NewCfnStage(scope, jsii.String("Stage"), &awsapigatewayv2.CfnStageProps{
		ApiId: api.Ref(), StageName: jsii.String("$default"), AutoDeploy: jsii.Bool(true),
		DefaultRouteSettings: &awsapigatewayv2.CfnStage_RouteSettingsProperty{
			ThrottlingRateLimit: jsii.Number(requestsPerSecond), ThrottlingBurstLimit: jsii.Number(requestsAtOnce),
		},
		AccessLogSettings: &awsapigatewayv2.CfnStage_AccessLogSettingsProperty{DestinationArn: logs.AttrArn(), Format: jsii.String(accessLog)},
	})
	return api.Ref()
}

// NewOriginSecret makes what CloudFront shows to the functions, and returns a
// reference that CloudFormation resolves while it deploys.
//
// Secrets Manager draws it, so it is in no template and nobody knows it. It
// ends in CloudFront's configuration and in the functions' environment, both
// encrypted and readable for whoever may read those: it proves a header, not a
// person, and reading it at start would cost every cold start a call. To change
// it, change the logical id: both ends get the new one in the same deploy.
func NewOriginSecret(scope tree.Construct, d Deployment) string {
	secret := awssecretsmanager.NewCfnSecret(scope, jsii.String("OriginSecret"), &awssecretsmanager.CfnSecretProps{
		Description: jsii.String("What CloudFront adds to requests of " + d.Name("site")),
		GenerateSecretString: &awssecretsmanager.CfnSecret_GenerateSecretStringProperty{
			PasswordLength: jsii.Number(64), ExcludePunctuation: jsii.Bool(true), // a header's value
		},
	})
	return "{{resolve:secretsmanager:" + *secret.Ref() + ":SecretString}}"
}
