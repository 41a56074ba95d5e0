package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3deployment"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// publish copies the built site into the bucket at each deploy: assets first,
// for ever and never removed, because pages that were loaded before still ask
// for them; then what names them, asked for again at every load.
//
// CDK's BucketDeployment brings a function in Python that runs during a deploy
// and never else. The alternatives were worse: an upload beside `cdk deploy`
// would be a second thing to run and to roll back, and one of our own would be
// more code than the pages. It gets a role of ours, without the wildcards that
// CDK would give it, and a log group that ends. A destroy empties the bucket.
func publish(scope tree.Construct, d Deployment, bucket awss3.CfnBucket, site Site) {
	role := publisher(scope, d, bucket)
	logs := awslogs.NewLogGroup(scope, jsii.String("PublishLogs"), &awslogs.LogGroupProps{
		LogGroupName: jsii.String("/portero/" + d.Stage + "/deploy/site"), Retention: awslogs.RetentionDays_THREE_MONTHS, // logDays
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	to := awss3.Bucket_FromCfnBucket(bucket)
	built := awss3deployment.Source_Asset(jsii.String(site.Dir), nil)
	send := func(id, cache string, p awss3deployment.BucketDeploymentProps) awss3deployment.BucketDeployment {
		p.DestinationBucket, p.Role, p.LogGroup = to, role, logs
		p.RetainOnDelete, p.OutputObjectKeys = jsii.Bool(false), jsii.Bool(false)
		p.CacheControl = &[]awss3deployment.CacheControl{awss3deployment.CacheControl_FromString(jsii.String(cache))}
		return awss3deployment.NewBucketDeployment(scope, jsii.String(id), &p)
	}
	assets := send("Assets", site.CacheAssets, awss3deployment.BucketDeploymentProps{
		Sources: &[]awss3deployment.ISource{built}, Prune: jsii.Bool(false), Exclude: jsii.Strings("*"), Include: jsii.Strings("assets/*"),
	})
	described := awss3deployment.Source_Data(jsii.String("v1/openapi.json"), jsii.String(string(site.OpenAPI)), nil)
	send("Pages", site.CacheHTML, awss3deployment.BucketDeploymentProps{
		Sources: &[]awss3deployment.ISource{built, described}, Prune: jsii.Bool(true), Exclude: jsii.Strings("assets/*"),
	}).Node().AddDependency(assets)
}

// publisher is the role of the function that copies: what `aws s3 sync` asks
// for, on the two buckets it is about.
func publisher(scope tree.Construct, d Deployment, bucket awss3.CfnBucket) awsiam.IRole {
	staging := *awscdk.Fn_Sub(jsii.String("arn:${AWS::Partition}:s3:::cdk-"+qualifier+"-assets-${AWS::AccountId}-${AWS::Region}"), nil)
	role := awsiam.NewRole(scope, jsii.String("PublishRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil), Description: jsii.String(d.Stage + " copies the pages"),
	})
	allow := func(actions, resources []string) {
		role.AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{Actions: jsii.Strings(actions...), Resources: jsii.Strings(resources...)}))
	}
	allow([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, []string{arn("logs", "log-group:/portero/"+d.Stage+"/deploy/site:*")})
	allow([]string{"s3:GetObject"}, []string{staging + "/*"})
	allow([]string{"s3:ListBucket"}, []string{staging, *bucket.AttrArn()})
	allow([]string{"s3:GetBucketTagging"}, []string{*bucket.AttrArn()})
	allow([]string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}, []string{*bucket.AttrArn() + "/*"})
	return role.WithoutPolicyUpdates(nil)
}

// qualifier is that of `cdk bootstrap` when none is given: it names the bucket
// that assets wait in
// (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html).
const qualifier = "hnb659fds"
