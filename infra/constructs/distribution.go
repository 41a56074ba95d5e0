package constructs

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Front is where everybody comes in: CloudFront before pages and API.
type Front struct {
	// Address is what the distribution answers to by itself, Origin what people
	// type: the domain if there is one.
	Address, Origin string
}

// FrontProps is what a Front is made of.
type FrontProps struct {
	Site         Site
	Missing      string // the page that a URL without one gets, as HTML
	APIDomain    string
	OriginSecret string // a dynamic reference
	Domain       string // counts with Certificate only
	Certificate  string
}

// AWS's managed policies, by their fixed ids
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
// …/using-managed-origin-request-policies.html).
const (
	cacheByHeader       = "658327ea-f89d-4fab-a63d-7e88639e58f6" // CachingOptimized: as the bucket's Cache-Control says
	cacheNothing        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" // CachingDisabled
	allHeadersButHost   = "b689b0a8-53d0-40ab-baf2-68738e2966ac" // AllViewerExceptHostHeader
	fromBucket, fromAPI = "pages", "api"
)

// NewFront makes the bucket, its content and the distribution before it. An
// error says what of the site CloudFront cannot take.
func NewFront(scope tree.Construct, d Deployment, p FrontProps) (Front, error) {
	code, err := edgePages(p.Site, p.Missing)
	if err != nil {
		return Front{}, err
	}
	bucket := newBucket(scope)
	find, viewer := edge(scope, d, "FindPage", code), edge(scope, d, "Viewer", viewerCode)
	headers := newHeaders(scope, d, p.Site.Headers).Ref()
	page := func(path string, function *string) *awscloudfront.CfnDistribution_CacheBehaviorProperty {
		b := &awscloudfront.CfnDistribution_CacheBehaviorProperty{
			PathPattern: jsii.String(path), TargetOriginId: jsii.String(fromBucket), ViewerProtocolPolicy: jsii.String("redirect-to-https"),
			AllowedMethods: jsii.Strings("GET", "HEAD"), Compress: jsii.Bool(true),
			CachePolicyId: jsii.String(cacheByHeader), ResponseHeadersPolicyId: headers,
		}
		if function != nil {
			b.FunctionAssociations = onRequest(function)
		}
		return b
	}
	config := &awscloudfront.CfnDistribution_DistributionConfigProperty{
		Enabled: jsii.Bool(true), Comment: jsii.String(d.Name("site")), HttpVersion: jsii.String("http2and3"), Ipv6Enabled: jsii.Bool(true),
		Origins:              []any{bucketOrigin(scope, d, *bucket.AttrRegionalDomainName()), apiOrigin(p)},
		DefaultCacheBehavior: defaultOf(page("", find)),
		// The first that matches counts: the description of the API is a file.
		CacheBehaviors: []any{page("/v1/openapi.json", nil), apiBehaviour(viewer), page("/assets/*", nil)},
	}
	if p.Certificate != "" {
		config.Aliases = jsii.Strings(p.Domain)
		config.ViewerCertificate = &awscloudfront.CfnDistribution_ViewerCertificateProperty{
			AcmCertificateArn: jsii.String(p.Certificate), MinimumProtocolVersion: jsii.String("TLSv1.2_2021"), SslSupportMethod: jsii.String("sni-only"),
		}
	}
	distribution := awscloudfront.NewCfnDistribution(scope, jsii.String("Distribution"), &awscloudfront.CfnDistributionProps{DistributionConfig: config})
	answerOnly(scope, bucket, fmt.Sprintf("arn:%s:cloudfront::%s:distribution/%s", *awscdk.Aws_PARTITION(), *awscdk.Aws_ACCOUNT_ID(), *distribution.Ref()))
	publish(scope, d, bucket, p.Site)
	front := Front{Address: *distribution.AttrDomainName()}
	front.Origin = "https://" + front.Address
	if p.Certificate != "" {
		front.Origin = "https://" + p.Domain
	}
	return front, nil
}

// apiBehaviour passes everything to the functions: nothing is cached, and every
// header but Host comes along, since Host names the HTTP API there.
func apiBehaviour(viewer *string) *awscloudfront.CfnDistribution_CacheBehaviorProperty {
	return &awscloudfront.CfnDistribution_CacheBehaviorProperty{
		PathPattern: jsii.String("/v1/*"), TargetOriginId: jsii.String(fromAPI), ViewerProtocolPolicy: jsii.String("https-only"),
		AllowedMethods: jsii.Strings("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"), Compress: jsii.Bool(false),
		CachePolicyId: jsii.String(cacheNothing), OriginRequestPolicyId: jsii.String(allHeadersButHost),
		FunctionAssociations: onRequest(viewer),
	}
}

func defaultOf(b *awscloudfront.CfnDistribution_CacheBehaviorProperty) *awscloudfront.CfnDistribution_DefaultCacheBehaviorProperty {
	return &awscloudfront.CfnDistribution_DefaultCacheBehaviorProperty{
		TargetOriginId: b.TargetOriginId, ViewerProtocolPolicy: b.ViewerProtocolPolicy, AllowedMethods: b.AllowedMethods, Compress: b.Compress,
		CachePolicyId: b.CachePolicyId, ResponseHeadersPolicyId: b.ResponseHeadersPolicyId, FunctionAssociations: b.FunctionAssociations,
	}
}

func onRequest(function *string) []any {
	return []any{&awscloudfront.CfnDistribution_FunctionAssociationProperty{EventType: jsii.String("viewer-request"), FunctionArn: function}}
}

// edge makes a function that CloudFront itself runs on every request.
func edge(scope tree.Construct, d Deployment, id, code string) *string {
	fn := awscloudfront.NewCfnFunction(scope, jsii.String(id), &awscloudfront.CfnFunctionProps{
		Name: jsii.String(d.GlobalName(id)), FunctionCode: jsii.String(code), AutoPublish: jsii.Bool(true),
		FunctionConfig: &awscloudfront.CfnFunction_FunctionConfigProperty{Comment: jsii.String(d.Name(id)), Runtime: jsii.String("cloudfront-js-2.0")},
	})
	return fn.AttrFunctionArn()
}

func bucketOrigin(scope tree.Construct, d Deployment, domain string) *awscloudfront.CfnDistribution_OriginProperty {
	access := awscloudfront.NewCfnOriginAccessControl(scope, jsii.String("Access"), &awscloudfront.CfnOriginAccessControlProps{
		OriginAccessControlConfig: &awscloudfront.CfnOriginAccessControl_OriginAccessControlConfigProperty{
			Name: jsii.String(d.GlobalName("pages")), OriginAccessControlOriginType: jsii.String("s3"),
			SigningBehavior: jsii.String("always"), SigningProtocol: jsii.String("sigv4"),
		},
	})
	return &awscloudfront.CfnDistribution_OriginProperty{
		Id: jsii.String(fromBucket), DomainName: jsii.String(domain), OriginAccessControlId: access.AttrId(),
		S3OriginConfig: &awscloudfront.CfnDistribution_S3OriginConfigProperty{OriginAccessIdentity: jsii.String("")}, // asked for, and empty with an access control
	}
}

func apiOrigin(p FrontProps) *awscloudfront.CfnDistribution_OriginProperty {
	return &awscloudfront.CfnDistribution_OriginProperty{
		Id: jsii.String(fromAPI), DomainName: jsii.String(p.APIDomain),
		CustomOriginConfig: &awscloudfront.CfnDistribution_CustomOriginConfigProperty{
			OriginProtocolPolicy: jsii.String("https-only"), OriginSslProtocols: jsii.Strings("TLSv1.2"),
		},
		OriginCustomHeaders: []any{&awscloudfront.CfnDistribution_OriginCustomHeaderProperty{
			HeaderName: jsii.String(OriginHeader), HeaderValue: jsii.String(p.OriginSecret),
		}},
	}
}
