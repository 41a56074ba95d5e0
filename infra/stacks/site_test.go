package stacks

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheBucketIsPrivateAndAnswersCloudFrontOnly(t *testing.T) {
	a := sample()
	buckets := a.of("AWS::S3::Bucket")
	if len(buckets) != 1 {
		t.Fatalf("%d buckets, want 1", len(buckets))
	}
	b := buckets[0]
	want := map[string]any{"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true}
	if diff := cmp.Diff(any(want), b.Properties["PublicAccessBlockConfiguration"]); diff != "" {
		t.Error(diff)
	}
	if b.Properties["BucketEncryption"] == nil || b.Properties["WebsiteConfiguration"] != nil {
		t.Errorf("the bucket is open: %s", compact(b.Properties))
	}
	policy := a.of("AWS::S3::BucketPolicy")[0].Properties["PolicyDocument"]
	if !deniesPlain(policy) {
		t.Error("the bucket takes plain http")
	}
	for _, s := range list(at(policy, "Statement")) {
		if at(s, "Effect") != "Allow" {
			continue
		}
		if at(s, "Principal", "Service") != "cloudfront.amazonaws.com" || compact(at(s, "Action")) != `["s3:GetObject"]` ||
			!strings.Contains(compact(at(s, "Condition", "StringEquals", "AWS:SourceArn")), `"Ref":"Distribution"`) {
			t.Errorf("the bucket also answers %s", compact(s))
		}
	}
}

func distribution(a assembly) any {
	return at(a.of("AWS::CloudFront::Distribution")[0].Properties, "DistributionConfig")
}

func TestCloudFrontPassesTheAPIThroughUntouched(t *testing.T) {
	d := distribution(sample())
	behaviours := list(at(d, "CacheBehaviors"))
	var order []string
	for _, b := range behaviours {
		order = append(order, at(b, "PathPattern").(string))
	}
	if diff := cmp.Diff([]string{"/v1/openapi.json", "/v1/*", "/assets/*"}, order); diff != "" {
		t.Fatalf("the first that matches counts (-want +got):\n%s", diff)
	}
	api := behaviours[1]
	for key, want := range map[string]string{
		"CachePolicyId":         "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
		"OriginRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac", // AllViewerExceptHostHeader
		"TargetOriginId":        "api", "ViewerProtocolPolicy": "https-only",
	} {
		if at(api, key) != want {
			t.Errorf("%s is %v, want %s", key, at(api, key), want)
		}
	}
	if len(list(at(api, "AllowedMethods"))) != 7 {
		t.Errorf("the API takes %s", compact(at(api, "AllowedMethods")))
	}
	if at(d, "CustomErrorResponses") != nil {
		t.Error("error pages are distribution-wide: they would replace the API's problems")
	}
	if at(d, "ViewerCertificate", "MinimumProtocolVersion") != "TLSv1.2_2021" || compact(at(d, "Aliases")) != `["portal.example.com"]` {
		t.Errorf("certificate: %s, aliases: %s", compact(at(d, "ViewerCertificate")), compact(at(d, "Aliases")))
	}
}

func TestOnlyCloudFrontKnowsTheOriginSecret(t *testing.T) {
	a := sample()
	secret := a.of("AWS::SecretsManager::Secret")[0]
	if secret.Properties["SecretString"] != nil || secret.Properties["GenerateSecretString"] == nil {
		t.Errorf("the secret is not drawn by AWS: %s", compact(secret.Properties))
	}
	for _, origin := range list(at(distribution(a), "Origins")) {
		if at(origin, "Id") != "api" {
			continue
		}
		header := list(at(origin, "OriginCustomHeaders"))[0]
		if at(header, "HeaderName") != "x-portero-origin" || !strings.Contains(compact(at(header, "HeaderValue")), "{{resolve:secretsmanager:") {
			t.Errorf("CloudFront shows %s", compact(header))
		}
		if at(origin, "CustomOriginConfig", "OriginProtocolPolicy") != "https-only" {
			t.Error("CloudFront asks the API in plain http")
		}
	}
}

func TestPagesCarryTheirHeaders(t *testing.T) {
	policy := at(sample().of("AWS::CloudFront::ResponseHeadersPolicy")[0].Properties, "ResponseHeadersPolicyConfig")
	for _, path := range [][]string{
		{"SecurityHeadersConfig", "ContentSecurityPolicy", "ContentSecurityPolicy"}, {"SecurityHeadersConfig", "StrictTransportSecurity", "AccessControlMaxAgeSec"},
		{"SecurityHeadersConfig", "ContentTypeOptions", "Override"}, {"SecurityHeadersConfig", "FrameOptions", "FrameOption"}, {"SecurityHeadersConfig", "ReferrerPolicy", "ReferrerPolicy"},
	} {
		if at(policy, path...) == nil {
			t.Errorf("no %s", strings.Join(path, "."))
		}
	}
	if got := compact(at(policy, "CustomHeadersConfig", "Items")); got != `[{"Header":"Permissions-Policy","Override":true,"Value":"camera=()"}]` {
		t.Errorf("other headers: %s", got)
	}
}

func TestAssetsAreForEverAndPagesAreNot(t *testing.T) {
	var rules []string
	for _, d := range sample().of("Custom::CDKBucketDeployment") {
		// Under another id it is another one, and CloudFormation ends the former,
		// which empties the bucket after the new one has filled it.
		if d.id != "AssetsCustomResource1DE95B26" && d.id != "PagesCustomResource9CB40A07" {
			t.Errorf("the pages are published by %s: a deploy of this empties the bucket", d.id)
		}
		rules = append(rules, compact([]any{d.Properties["Include"], d.Properties["Exclude"], d.Properties["Prune"], at(d.Properties, "SystemMetadata", "cache-control")}))
	}
	want := []string{
		`[["assets/*"],["*"],false,"public, max-age=31536000, immutable"]`,
		`[null,["assets/*"],true,"no-cache"]`,
	}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The functions that CloudFront runs are run here, by Node.
func TestEdgeFunctions(t *testing.T) {
	code := map[string]string{}
	for _, f := range sample().of("AWS::CloudFront::Function") {
		code[f.id] = f.Properties["FunctionCode"].(string)
		if len(code[f.id]) > 10<<10 {
			t.Errorf("%s has %d bytes, CloudFront takes 10 KiB", f.id, len(code[f.id]))
		}
	}
	run := func(function, event string) string {
		t.Helper()
		out, err := exec.Command("node", "-e", code[function]+"\nconsole.log(JSON.stringify(handler("+event+")))").CombinedOutput()
		if err != nil {
			t.Fatalf("node (package nodejs) runs %s: %v\n%s", function, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	page := func(uri string) string { return run("FindPage", `{request:{uri:"`+uri+`"}}`) }
	for uri, want := range map[string]string{
		"/": "/index.html", "/accept": "/accept.html", "/p/acme": "/portal.html",
	} {
		if got := page(uri); got != `{"uri":"`+want+`"}` {
			t.Errorf("%s is answered by %s, want %s", uri, got, want)
		}
	}
	for _, uri := range []string{"/accept/", "/accept.html", "/p/", "/p/a/b", "/p", "/constructor", "/__proto__", "//accept"} {
		if got := page(uri); !strings.Contains(got, `"statusCode":404`) || !strings.Contains(got, "stub missing.html") || !strings.Contains(got, "content-security-policy") {
			t.Errorf("%s is answered by %s, want the page for what is not there", uri, got)
		}
	}
	got := run("Viewer", `{viewer:{ip:"203.0.113.9"},request:{uri:"/v1/health",headers:{"x-portero-viewer":{value:"6.6.6.6"},accept:{value:"a"}}}}`)
	if got != `{"uri":"/v1/health","headers":{"x-portero-viewer":{"value":"203.0.113.9"},"accept":{"value":"a"}}}` {
		t.Errorf("the viewer's address: %s", got)
	}
}
