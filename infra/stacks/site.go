package stacks

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
)

// door is what the other stacks need of site.
type door struct {
	api *string // the HTTP API's id
}

// site holds what has an address.
func (b *builder) site() (awscdk.Stack, door, error) {
	stack := b.stack("site", "what has an address: pages, CloudFront, the HTTP API", false)
	api := constructs.NewHTTPAPI(stack, b.deployed)
	b.deployed.OriginSecret = constructs.NewOriginSecret(stack, b.deployed)
	front, err := constructs.NewFront(stack, b.deployed, constructs.FrontProps{
		Site: b.assets.Site, Missing: b.missing(),
		APIDomain:    fmt.Sprintf("%s.execute-api.%s.%s", *api, *awscdk.Aws_REGION(), *awscdk.Aws_URL_SUFFIX()),
		OriginSecret: b.deployed.OriginSecret,
		Domain:       b.settings.Domain, Certificate: b.settings.Certificate,
	})
	if err != nil {
		return stack, door{}, err
	}
	if b.settings.Domain != "" && b.settings.Certificate == "" {
		awscdk.Annotations_Of(stack).AddWarning(jsii.String("the portal will not answer at " + b.settings.Domain + " before certificate= names an ACM certificate for it in us-east-1; until then it is at CloudFront's own address"))
	}
	b.deployed.BaseURL = front.Origin
	output(stack, "URL", "Where the portal is.", front.Origin)
	output(stack, "ApiId", "The id of the HTTP API.", *api)
	output(stack, "Distribution", "What a CNAME of the portal's domain points to.", front.Address)
	return stack, door{api: api}, nil
}

// plainMissing answers where the built site has no page for it.
const plainMissing = "<!doctype html><html lang=en><title>Not found</title><p>There is no page here."

// missing reads the page that a URL without a page gets.
func (b *builder) missing() string {
	page, err := os.ReadFile(filepath.Join(b.assets.Site.Dir, b.assets.Site.NotFound))
	if err != nil || len(page) == 0 {
		return plainMissing
	}
	return string(page)
}
