package web

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/danielgtaylor/huma/v2"

	"portero/shared/domain/fault"
)

// exchange is one request and its answer; it is huma's view of an API Gateway
// event.
type exchange struct {
	ctx    context.Context
	op     *huma.Operation
	event  *events.APIGatewayV2HTTPRequest
	body   []byte
	query  url.Values
	status int
	header http.Header
	out    bytes.Buffer

	// For the log record.
	call  Call
	fault fault.Code
	cause error
}

func newExchange(ctx context.Context, e *events.APIGatewayV2HTTPRequest) (*exchange, error) {
	x := &exchange{ctx: ctx, event: e, header: http.Header{}}
	x.body = []byte(e.Body)
	if e.IsBase64Encoded {
		raw, err := base64.StdEncoding.DecodeString(e.Body)
		if err != nil {
			return nil, errJSON.Because(err)
		}
		x.body = raw
	}
	query, err := strictQuery(e.RawQueryString)
	if err != nil {
		return nil, err
	}
	x.query = query
	return x, nil
}

var _ huma.Context = (*exchange)(nil)

func (x *exchange) Operation() *huma.Operation { return x.op }
func (x *exchange) Context() context.Context   { return x.ctx }
func (x *exchange) TLS() *tls.ConnectionState  { return nil }
func (x *exchange) Version() huma.ProtoVersion {
	return huma.ProtoVersion{Proto: x.event.RequestContext.HTTP.Protocol}
}
func (x *exchange) Method() string     { return x.event.RequestContext.HTTP.Method }
func (x *exchange) Host() string       { return "" } // links come from configuration, never from the request
func (x *exchange) RemoteAddr() string { return x.event.RequestContext.HTTP.SourceIP }
func (x *exchange) URL() url.URL {
	return url.URL{Path: x.event.RawPath, RawQuery: x.event.RawQueryString}
}
func (x *exchange) Param(name string) string  { return x.event.PathParameters[name] }
func (x *exchange) Query(name string) string  { return x.query.Get(name) }
func (x *exchange) Header(name string) string { return header(x.event, name) }
func (x *exchange) EachHeader(cb func(name, value string)) {
	for name, value := range x.event.Headers {
		cb(name, value)
	}
}
func (x *exchange) BodyReader() io.Reader                      { return bytes.NewReader(x.body) }
func (x *exchange) GetMultipartForm() (*multipart.Form, error) { return nil, http.ErrNotMultipart }
func (x *exchange) SetReadDeadline(time.Time) error            { return nil }
func (x *exchange) SetStatus(code int)                         { x.status = code }
func (x *exchange) Status() int                                { return x.status }
func (x *exchange) SetHeader(name, value string)               { x.header.Set(name, value) }
func (x *exchange) AppendHeader(name, value string)            { x.header.Add(name, value) }
func (x *exchange) BodyWriter() io.Writer                      { return &x.out }

// header reads a request header; API Gateway lower-cases their names.
func header(e *events.APIGatewayV2HTTPRequest, name string) string {
	if v, ok := e.Headers[http.CanonicalHeaderKey(name)]; ok {
		return v
	}
	return e.Headers[lower(name)]
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// answer turns what was written into API Gateway's form.
func (x *exchange) answer() events.APIGatewayV2HTTPResponse {
	out := events.APIGatewayV2HTTPResponse{StatusCode: x.status, Body: x.out.String(), Headers: map[string]string{}}
	for name, values := range x.header {
		if name == "Set-Cookie" {
			out.Cookies = values
			continue
		}
		out.Headers[lower(name)] = values[len(values)-1]
	}
	out.Headers["cache-control"] = "no-store"
	out.Headers["x-content-type-options"] = "nosniff"
	return out
}
