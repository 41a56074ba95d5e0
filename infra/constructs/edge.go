package constructs

import (
	"encoding/json"
	"fmt"
	"strings"
)

// maxEdgeCode is the largest code of a CloudFront function
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html).
const maxEdgeCode = 10 << 10

// Headers between CloudFront and the functions (shared/web believes the first
// beside the second only).
const (
	ViewerHeader = "x-portero-viewer"
	OriginHeader = "x-portero-origin"
)

// viewerCode overwrites the viewer's address: whatever the viewer claims it to
// be is gone.
const viewerCode = `function handler(event) {
  const request = event.request;
  request.headers['` + ViewerHeader + `'] = { value: event.viewer.ip };
  return request;
}
`

// pageCode answers a page's URL with its file and every other URL with status
// 404 and the site's own page for it. CloudFront could do the latter only for
// the whole distribution, API included.
const pageCode = `const exact = %s;
const open = %s;
const missing = %s;
function handler(event) {
  const request = event.request;
  const cut = request.uri.lastIndexOf('/') + 1;
  const file = exact[request.uri] || (cut < request.uri.length && open[request.uri.slice(0, cut)]);
  if (!file) return missing;
  request.uri = '/' + file;
  return request;
}
`

// edgePages returns the code of the function that finds a page's file. An error
// says that it became too large for CloudFront.
func edgePages(site Site, missing string) (string, error) {
	exact, open := map[string]string{}, map[string]string{}
	for _, r := range site.Routes {
		if prefix, _, ok := strings.Cut(r.Pattern, "{"); ok {
			open[prefix] = r.File
		} else {
			exact[r.Pattern] = r.File
		}
	}
	code := fmt.Sprintf(pageCode, text(exact), text(open), text(answer(site, missing)))
	if len(code) > maxEdgeCode {
		return "", fmt.Errorf("the function for page URLs has %d bytes, CloudFront takes %d: make the page %s smaller", len(code), maxEdgeCode, site.NotFound)
	}
	return code, nil
}

// answer is a response as CloudFront functions give it
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html).
func answer(site Site, body string) map[string]any {
	headers := map[string]any{
		"content-type":  map[string]any{"value": "text/html; charset=utf-8"},
		"cache-control": map[string]any{"value": site.CacheHTML},
	}
	for _, h := range site.Headers {
		headers[strings.ToLower(h.Name)] = map[string]any{"value": h.Value}
	}
	return map[string]any{"statusCode": 404, "statusDescription": "Not Found", "headers": headers, "body": body}
}

// text returns v as JSON, which is a JavaScript literal too; keys are in order.
func text(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and maps of them
	}
	return string(out)
}
