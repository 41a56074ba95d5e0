package template

import "strings"

// Why types are not run.
const (
	front   = "CloudFront is not here: the rehearsal's gateway adds the origin's secret and the viewer itself; what the pages need is tested against make run"
	storage = "the pages are served from the build's directory, not from S3"
	observe = "nothing reads figures or alarms here; their names and metrics are tests of infra/stacks"
	upload  = "the CDK's own function copies the pages; nothing of it is ours"
)

// notRun are the types whose meaning lies outside a rehearsal.
var notRun = map[string]kind{
	"AWS::Logs::LogGroup": {
		aside:        "what a function writes is kept in the rehearsal's own log",
		properties:   all(elsewhere, "LogGroupName RetentionInDays Tags"),
		ref:          func(i identity) string { return i.property("LogGroupName") },
		arn:          func(i identity) string { return i.made("logs", "log-group:"+i.Physical+":*") },
		arnAttribute: "Arn",
	},
	"AWS::Logs::MetricFilter": {aside: observe, properties: all(elsewhere, "FilterPattern LogGroupName MetricTransformations")},
	"AWS::CloudWatch::Alarm": {
		aside: observe,
		properties: all(elsewhere, "AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions EvaluationPeriods "+
			"MetricName Metrics Namespace OKActions Period Statistic Tags Threshold TreatMissingData"),
		ref:          func(i identity) string { return i.property("AlarmName") },
		arn:          func(i identity) string { return i.made("cloudwatch", "alarm:"+i.Physical) },
		arnAttribute: "Arn",
	},
	"AWS::CloudWatch::Dashboard": {
		aside: observe, properties: all(elsewhere, "DashboardBody DashboardName Tags"),
		ref: func(i identity) string { return i.property("DashboardName") },
	},
	"AWS::SNS::Topic": {
		aside: observe, properties: all(elsewhere, "Tags TopicName"), refIsARN: true,
		ref: func(i identity) string { return i.made("sns", i.property("TopicName")) },
		attributes: map[string]func(identity) string{
			"TopicName": func(i identity) string { return i.property("TopicName") },
			"TopicArn":  physical,
		},
	},
	"AWS::SNS::TopicPolicy": {aside: observe, properties: all(elsewhere, "PolicyDocument Topics")},
	"AWS::SNS::Subscription": {
		aside: observe, properties: all(elsewhere, "TopicArn Protocol Endpoint"), refIsARN: true,
		ref: func(i identity) string { topic, _ := i.Properties["TopicArn"].(string); return topic + ":" + i.uuid() },
	},
	"AWS::CloudFront::Distribution": {
		aside: front, properties: all(elsewhere, "DistributionConfig Tags"),
		ref: func(i identity) string { return "E" + strings.ToUpper(i.code(13)) },
		arn: func(i identity) string { return i.global("cloudfront", "distribution/"+i.Physical) },
		attributes: map[string]func(identity) string{
			"Id":         physical,
			"DomainName": func(i identity) string { return "d" + i.code(13) + ".cloudfront.net" },
		},
	},
	"AWS::CloudFront::Function": {
		aside: front, properties: all(elsewhere, "AutoPublish FunctionCode FunctionConfig Name Tags"),
		ref:          func(i identity) string { return i.global("cloudfront", "function/"+i.property("Name")) },
		refIsARN:     true,
		arn:          physical,
		arnAttribute: "FunctionARN",
	},
	"AWS::CloudFront::OriginAccessControl": {
		aside: front, properties: all(elsewhere, "OriginAccessControlConfig"),
		ref:        func(i identity) string { return "E" + strings.ToUpper(i.code(13)) },
		attributes: map[string]func(identity) string{"Id": physical},
	},
	"AWS::CloudFront::ResponseHeadersPolicy": {
		aside: front, properties: all(elsewhere, "ResponseHeadersPolicyConfig"),
		ref:        identity.uuid,
		attributes: map[string]func(identity) string{"Id": physical},
	},
	"AWS::S3::Bucket": {
		aside: storage, properties: all(elsewhere, "BucketEncryption OwnershipControls PublicAccessBlockConfiguration Tags"),
		ref:          func(i identity) string { return strings.ToLower(generated(i.stack, i.LogicalID)) },
		arn:          func(i identity) string { return "arn:" + i.env.Partition + ":s3:::" + i.Physical },
		arnAttribute: "Arn",
		attributes: map[string]func(identity) string{
			"DomainName":         func(i identity) string { return i.Physical + ".s3." + i.env.URLSuffix },
			"RegionalDomainName": func(i identity) string { return i.Physical + ".s3." + i.env.Region + "." + i.env.URLSuffix },
		},
	},
	"AWS::S3::BucketPolicy": {aside: storage, properties: all(elsewhere, "Bucket PolicyDocument")},
	"AWS::Lambda::LayerVersion": {
		aside: upload, properties: all(elsewhere, "Content Description"), refIsARN: true,
		ref: func(i identity) string {
			return i.made("lambda", "layer:"+i.property("LayerName")+":1")
		},
	},
	"Custom::CDKBucketDeployment": {
		aside: upload,
		properties: all(elsewhere, "ServiceToken SourceBucketNames SourceObjectKeys DestinationBucketName WaitForDistributionInvalidation "+
			"RetainOnDelete Prune Exclude Include SystemMetadata OutputObjectKeys SourceMarkers SourceMarkersConfig"),
		ref: func(i identity) string { return "aws.cdk.s3deployment." + i.uuid() },
	},
}
