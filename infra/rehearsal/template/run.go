package template

// run are the types that a rehearsal runs.
var run = map[string]kind{
	"AWS::Lambda::Function": {
		properties: with(
			all(used, "Environment Environment.Variables FunctionName Handler Layers MemorySize Role Runtime Timeout "+
				"LoggingConfig LoggingConfig.LogFormat LoggingConfig.LogGroup LoggingConfig.ApplicationLogLevel"),
			all("ignored because the code is the asset that the metadata names", "Code Code.S3Bucket Code.S3Key"),
			all("ignored because the same code is built for this machine; a test compares both builds", "Architectures"),
			all("ignored because it sets what Lambda itself logs", "LoggingConfig.SystemLogLevel"),
			all(words, "Description"), all(tags, "Tags")),
		ref:          func(i identity) string { return i.property("FunctionName") },
		arn:          func(i identity) string { return i.made("lambda", "function:"+i.Physical) },
		arnAttribute: "Arn",
	},
	"AWS::Lambda::EventSourceMapping": {
		properties: with(
			all(used, "BatchSize BisectBatchOnFunctionError DestinationConfig DestinationConfig.OnFailure "+
				"DestinationConfig.OnFailure.Destination EventSourceArn FilterCriteria FilterCriteria.Filters FilterCriteria.Filters.Pattern "+
				"FunctionName FunctionResponseTypes MaximumRetryAttempts StartingPosition"),
			all("ignored because no record waits here until it is old", "MaximumRecordAgeInSeconds"),
			all("ignored because a shard's batches come one after the other here, each in an order of its own", "ParallelizationFactor"),
			all(tags, "Tags")),
		ref:        identity.uuid,
		arn:        func(i identity) string { return i.made("lambda", "event-source-mapping:"+i.Physical) },
		attributes: map[string]func(identity) string{"Id": physical},
	},
	"AWS::Lambda::EventInvokeConfig": {
		properties: with(
			all(used, "DestinationConfig DestinationConfig.OnFailure DestinationConfig.OnFailure.Destination "+
				"FunctionName MaximumRetryAttempts Qualifier"),
			all(patient, "MaximumEventAgeInSeconds")),
	},
	"AWS::Lambda::Permission": {
		properties: all(used, "Action FunctionName Principal SourceArn"),
	},
	"AWS::IAM::Role": {
		properties: with(
			all(used, "AssumeRolePolicyDocument Policies Policies.PolicyDocument"),
			all(named, "Policies.PolicyName"),
			all(words, "Description"), all(tags, "Tags")),
		arn:          func(i identity) string { return i.global("iam", "role/"+i.Physical) },
		arnAttribute: "Arn",
	},
	"AWS::IAM::Policy": {
		properties: with(all(used, "PolicyDocument Roles"), all(named, "PolicyName")),
	},
	"AWS::DynamoDB::Table": {
		properties: with(
			all(used, "AttributeDefinitions AttributeDefinitions.AttributeName AttributeDefinitions.AttributeType "+
				"GlobalSecondaryIndexes GlobalSecondaryIndexes.IndexName GlobalSecondaryIndexes.KeySchema GlobalSecondaryIndexes.KeySchema.AttributeName "+
				"GlobalSecondaryIndexes.KeySchema.KeyType GlobalSecondaryIndexes.Projection GlobalSecondaryIndexes.Projection.NonKeyAttributes "+
				"GlobalSecondaryIndexes.Projection.ProjectionType KeySchema KeySchema.AttributeName KeySchema.KeyType "+
				"StreamSpecification StreamSpecification.StreamViewType TableName TimeToLiveSpecification "+
				"TimeToLiveSpecification.AttributeName TimeToLiveSpecification.Enabled BillingMode"),
			all(kept, "DeletionProtectionEnabled PointInTimeRecoverySpecification"),
			all(sealed, "SSESpecification"), all(tags, "Tags")),
		ref:          func(i identity) string { return i.property("TableName") },
		arn:          func(i identity) string { return i.made("dynamodb", "table/"+i.Physical) },
		arnAttribute: "Arn",
		attributes:   map[string]func(identity) string{"StreamArn": streamARN},
	},
	"AWS::SQS::Queue": {
		properties: with(all(used, "QueueName"), all(kept, "MessageRetentionPeriod"), all(sealed, "SqsManagedSseEnabled"), all(tags, "Tags")),
		ref: func(i identity) string {
			return "https://sqs." + i.env.Region + "." + i.env.URLSuffix + "/" + i.env.Account + "/" + i.property("QueueName")
		},
		arn:          func(i identity) string { return i.made("sqs", i.property("QueueName")) },
		arnAttribute: "Arn",
		attributes: map[string]func(identity) string{
			"QueueName": func(i identity) string { return i.property("QueueName") },
			"QueueUrl":  physical,
		},
	},
	"AWS::SQS::QueuePolicy": {properties: all(used, "PolicyDocument Queues")},
	"AWS::Scheduler::Schedule": {
		properties: with(
			all(used, "FlexibleTimeWindow FlexibleTimeWindow.Mode Name ScheduleExpression Target Target.Arn Target.DeadLetterConfig "+
				"Target.DeadLetterConfig.Arn Target.Input Target.RoleArn"),
			all(handed, "Target.RetryPolicy Target.RetryPolicy.MaximumEventAgeInSeconds Target.RetryPolicy.MaximumRetryAttempts"),
			all(words, "Description")),
		ref:          func(i identity) string { return i.property("Name") },
		arn:          func(i identity) string { return i.made("scheduler", "schedule/default/"+i.Physical) },
		arnAttribute: "Arn",
	},
	"AWS::Events::Rule": {
		properties: with(
			all(used, "EventPattern Name Targets Targets.Arn Targets.DeadLetterConfig Targets.DeadLetterConfig.Arn"),
			all(handed, "Targets.RetryPolicy Targets.RetryPolicy.MaximumEventAgeInSeconds Targets.RetryPolicy.MaximumRetryAttempts"),
			all(named, "Targets.Id"),
			all(words, "Description"), all(tags, "Tags")),
		ref:          func(i identity) string { return i.property("Name") },
		arn:          func(i identity) string { return i.made("events", "rule/"+i.Physical) },
		arnAttribute: "Arn",
	},
	"AWS::ApiGatewayV2::Api": {
		properties: with(
			all(used, "ProtocolType"), all(named, "Name"),
			all("ignored because the rehearsal's gateway has one address", "DisableExecuteApiEndpoint"), all(tags, "Tags")),
		ref: func(i identity) string { return i.code(10) },
		arn: func(i identity) string {
			return "arn:" + i.env.Partition + ":apigateway:" + i.env.Region + "::/apis/" + i.Physical
		},
		attributes: map[string]func(identity) string{
			"ApiId": physical,
			"ApiEndpoint": func(i identity) string {
				return "https://" + i.Physical + ".execute-api." + i.env.Region + "." + i.env.URLSuffix
			},
		},
	},
	"AWS::ApiGatewayV2::Integration": {
		properties: all(used, "ApiId CredentialsArn IntegrationType IntegrationUri PayloadFormatVersion"),
		ref:        func(i identity) string { return i.code(7) },
		attributes: map[string]func(identity) string{"IntegrationId": physical},
	},
	"AWS::ApiGatewayV2::Route": {
		properties: all(used, "ApiId AuthorizationType RouteKey Target"),
		ref:        func(i identity) string { return i.code(7) },
		attributes: map[string]func(identity) string{"RouteId": physical},
	},
	"AWS::ApiGatewayV2::Stage": {
		properties: with(
			all(used, "ApiId AutoDeploy StageName"),
			all("ignored because nobody reads an access log here", "AccessLogSettings"),
			all("ignored because a rehearsal asks as fast as it can; API Gateway's own 429 is not part of it", "DefaultRouteSettings "+
				"DefaultRouteSettings.ThrottlingBurstLimit DefaultRouteSettings.ThrottlingRateLimit"),
			all(tags, "Tags")),
		ref: func(i identity) string { return i.property("StageName") },
	},
	"AWS::SES::ConfigurationSet": {
		properties: with(
			all(used, "Name SendingOptions SendingOptions.SendingEnabled"),
			all("ignored because the mail stand-in has no TLS, no reputation and no suppression list", "DeliveryOptions DeliveryOptions.TlsPolicy "+
				"ReputationOptions ReputationOptions.ReputationMetricsEnabled SuppressionOptions SuppressionOptions.SuppressedReasons"),
			all(tags, "Tags")),
		ref: func(i identity) string { return i.property("Name") },
		arn: func(i identity) string { return i.made("ses", "configuration-set/"+i.Physical) },
	},
	"AWS::SES::ConfigurationSetEventDestination": {
		properties: with(
			all(used, "ConfigurationSetName EventDestination EventDestination.Enabled EventDestination.EventBridgeDestination "+
				"EventDestination.EventBridgeDestination.EventBusArn EventDestination.MatchingEventTypes"),
			all(named, "EventDestination.Name")),
	},
	"AWS::SES::EmailIdentity": {
		properties: with(
			all(used, "EmailIdentity"),
			all("ignored because the mail stand-in forwards nothing", "FeedbackAttributes FeedbackAttributes.EmailForwardingEnabled"),
			all("ignored because the mail stand-in signs nothing", "DkimAttributes DkimSigningAttributes"),
			all(tags, "Tags")),
		ref: func(i identity) string { return i.property("EmailIdentity") },
		arn: func(i identity) string { return i.made("ses", "identity/"+i.Physical) },
		attributes: map[string]func(identity) string{
			"DkimDNSTokenName1": dkim("1", "._domainkey.", true), "DkimDNSTokenValue1": dkim("1", ".dkim.amazonses.com", false),
			"DkimDNSTokenName2": dkim("2", "._domainkey.", true), "DkimDNSTokenValue2": dkim("2", ".dkim.amazonses.com", false),
			"DkimDNSTokenName3": dkim("3", "._domainkey.", true), "DkimDNSTokenValue3": dkim("3", ".dkim.amazonses.com", false),
		},
	},
	"AWS::SecretsManager::Secret": {
		properties: with(
			all("ignored because the environment makes the secret", "GenerateSecretString GenerateSecretString.ExcludePunctuation GenerateSecretString.PasswordLength"),
			all(words, "Description"), all(tags, "Tags")),
		// The name is the logical id and twelve characters; the ARN adds six
		// (https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html).
		ref: func(i identity) string {
			return i.made("secretsmanager", "secret:"+i.LogicalID+"-"+i.code(18)[:12]+"-"+i.code(18)[12:])
		},
		refIsARN:   true,
		attributes: map[string]func(identity) string{"Id": physical},
	},
	stackType: {
		properties: with(
			all(used, "Parameters"),
			all("ignored because the template is the asset that the metadata names", "TemplateURL"), all(tags, "Tags")),
		ref:      func(i identity) string { return stackID(i.env, generated(i.stack, i.LogicalID)) },
		refIsARN: true,
	},
}

func physical(i identity) string { return i.Physical }

// streamARN ends in the label of a stream's birth; a rehearsal's is always the
// same (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamDescription.html).
func streamARN(i identity) string { return i.arn + "/stream/2026-01-01T00:00:00.000" }

func dkim(n, suffix string, domain bool) func(identity) string {
	return func(i identity) string {
		record := code(i.Physical+n, 32) + suffix
		if domain {
			record += i.Physical
		}
		return record
	}
}
