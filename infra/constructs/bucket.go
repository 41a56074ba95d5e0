package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// newBucket makes the bucket of the pages: private, encrypted, no access lists.
// It goes with its stack, since a deploy brings its content back.
func newBucket(scope tree.Construct) awss3.CfnBucket {
	bucket := awss3.NewCfnBucket(scope, jsii.String("Bucket"), &awss3.CfnBucketProps{
		BucketEncryption: &awss3.CfnBucket_BucketEncryptionProperty{ServerSideEncryptionConfiguration: []any{
			&awss3.CfnBucket_ServerSideEncryptionRuleProperty{
				ServerSideEncryptionByDefault: &awss3.CfnBucket_ServerSideEncryptionByDefaultProperty{SseAlgorithm: jsii.String("AES256")},
			},
		}},
		PublicAccessBlockConfiguration: &awss3.CfnBucket_PublicAccessBlockConfigurationProperty{
			BlockPublicAcls: jsii.Bool(true), BlockPublicPolicy: jsii.Bool(true),
			IgnorePublicAcls: jsii.Bool(true), RestrictPublicBuckets: jsii.Bool(true),
		},
		OwnershipControls: &awss3.CfnBucket_OwnershipControlsProperty{Rules: []any{
			&awss3.CfnBucket_OwnershipControlsRuleProperty{ObjectOwnership: jsii.String("BucketOwnerEnforced")},
		}},
	})
	bucket.ApplyRemovalPolicy(awscdk.RemovalPolicy_DESTROY, nil)
	return bucket
}

// answerOnly lets one distribution read the bucket, over TLS.
func answerOnly(scope tree.Construct, bucket awss3.CfnBucket, distribution string) {
	objects := *bucket.AttrArn() + "/*"
	awss3.NewCfnBucketPolicy(scope, jsii.String("BucketPolicy"), &awss3.CfnBucketPolicyProps{
		Bucket: bucket.Ref(),
		PolicyDocument: Document(
			Statement{
				Deny: true, Actions: []string{"s3:*"}, Principal: map[string]any{"AWS": "*"}, Resources: []string{*bucket.AttrArn(), objects},
				Condition: map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
			},
			Statement{
				Actions: []string{"s3:GetObject"}, Principal: map[string]any{"Service": "cloudfront.amazonaws.com"}, Resources: []string{objects},
				Condition: map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": distribution}},
			},
		),
	})
}
