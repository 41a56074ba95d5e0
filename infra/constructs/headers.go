package constructs

import (
	"strconv"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// newHeaders makes the policy that adds the site's headers to every answer
// from the bucket. CloudFront wants the ones it knows in their own fields and
// refuses them among the rest
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html).
func newHeaders(scope tree.Construct, d Deployment, headers []Header) awscloudfront.CfnResponseHeadersPolicy {
	known := &awscloudfront.CfnResponseHeadersPolicy_SecurityHeadersConfigProperty{}
	var rest []any
	for _, h := range headers {
		if !setKnown(known, h) {
			rest = append(rest, &awscloudfront.CfnResponseHeadersPolicy_CustomHeaderProperty{
				Header: jsii.String(h.Name), Value: jsii.String(h.Value), Override: jsii.Bool(true),
			})
		}
	}
	config := &awscloudfront.CfnResponseHeadersPolicy_ResponseHeadersPolicyConfigProperty{
		Name: jsii.String(d.GlobalName("pages")), SecurityHeadersConfig: known,
	}
	if len(rest) > 0 {
		config.CustomHeadersConfig = &awscloudfront.CfnResponseHeadersPolicy_CustomHeadersConfigProperty{Items: rest}
	}
	return awscloudfront.NewCfnResponseHeadersPolicy(scope, jsii.String("Headers"), &awscloudfront.CfnResponseHeadersPolicyProps{ResponseHeadersPolicyConfig: config})
}

// setKnown puts a header into its own field, if it has one.
func setKnown(known *awscloudfront.CfnResponseHeadersPolicy_SecurityHeadersConfigProperty, h Header) bool {
	value, override := jsii.String(h.Value), jsii.Bool(true)
	switch strings.ToLower(h.Name) {
	case "content-security-policy":
		known.ContentSecurityPolicy = &awscloudfront.CfnResponseHeadersPolicy_ContentSecurityPolicyProperty{ContentSecurityPolicy: value, Override: override}
	case "strict-transport-security":
		known.StrictTransportSecurity = transport(h.Value)
	case "x-content-type-options":
		known.ContentTypeOptions = &awscloudfront.CfnResponseHeadersPolicy_ContentTypeOptionsProperty{Override: override}
	case "x-frame-options":
		known.FrameOptions = &awscloudfront.CfnResponseHeadersPolicy_FrameOptionsProperty{FrameOption: value, Override: override}
	case "referrer-policy":
		known.ReferrerPolicy = &awscloudfront.CfnResponseHeadersPolicy_ReferrerPolicyProperty{ReferrerPolicy: value, Override: override}
	default:
		return false
	}
	return true
}

// transport takes Strict-Transport-Security apart (RFC 6797 §6.1).
func transport(value string) *awscloudfront.CfnResponseHeadersPolicy_StrictTransportSecurityProperty {
	p := &awscloudfront.CfnResponseHeadersPolicy_StrictTransportSecurityProperty{
		AccessControlMaxAgeSec: jsii.Number(0), Override: jsii.Bool(true), IncludeSubdomains: jsii.Bool(false), Preload: jsii.Bool(false),
	}
	for _, directive := range strings.Split(strings.ToLower(value), ";") {
		name, argument, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "max-age":
			if seconds, err := strconv.Atoi(strings.Trim(argument, `"`)); err == nil {
				p.AccessControlMaxAgeSec = jsii.Number(float64(seconds))
			}
		case "includesubdomains":
			p.IncludeSubdomains = jsii.Bool(true)
		case "preload":
			p.Preload = jsii.Bool(true)
		}
	}
	return p
}
