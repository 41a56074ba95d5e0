package web

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/domain/fault"
)

// exchange is one request, its answer, and what the log says of them.
type exchange struct {
	event  *events.APIGatewayV2HTTPRequest
	body   []byte
	query  url.Values
	header http.Header // of the answer

	call   Call
	status int
	fault  fault.Code
	cause  error
}

// newExchange reads what is in every event; query_malformed,
// duplicate_parameter or json_malformed if it cannot be read.
func newExchange(e *events.APIGatewayV2HTTPRequest) (*exchange, error) {
	x := &exchange{event: e, header: http.Header{}, body: []byte(e.Body)}
	if e.IsBase64Encoded {
		raw, err := base64.StdEncoding.DecodeString(e.Body)
		if err != nil {
			return x, errJSON.Because(err)
		}
		x.body = raw
	}
	query, err := strictQuery(e.RawQueryString)
	x.query = query
	return x, err
}

// header reads a request header; API Gateway lower-cases their names.
func header(e *events.APIGatewayV2HTTPRequest, name string) string { return e.Headers[name] }

// answer turns what is to be said into API Gateway's form.
func (x *exchange) answer(body []byte) events.APIGatewayV2HTTPResponse {
	out := events.APIGatewayV2HTTPResponse{StatusCode: x.status, Body: string(body), Headers: map[string]string{
		"cache-control": "no-store", "x-content-type-options": "nosniff",
	}}
	if !utf8.Valid(body) { // an image; JSON holds no other bytes than text
		out.Body, out.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	for name, values := range x.header {
		if name == "Set-Cookie" {
			out.Cookies = values
			continue
		}
		out.Headers[strings.ToLower(name)] = values[len(values)-1]
	}
	return out
}
