package apigateway

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
	"github.com/oklog/ulid/v2"
)

// MaxBytes is where API Gateway itself refuses a body: 10 MB
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
const MaxBytes = 10 << 20

// MaxEvent is what Lambda takes as one event, 6 MB of JSON
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). A
// body stands there as a JSON text, or in Base64 if it is none: quotes and line
// ends take a byte more each, Base64 a third more. Above it Lambda answers 413,
// and so does API Gateway.
const MaxEvent = 6 << 20

// headerBytes is what API Gateway takes as request line and headers: 10,240
// bytes (same page).
const headerBytes = 10240

// Refuse answers in API Gateway's own words.
func Refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": http.StatusText(status)})
}

// Event makes the payload 2.0 event of a request that a route takes, or gives
// the status that API Gateway itself would refuse it with. The route key is
// "METHOD /path"; its parameters are read by their names (Request.PathValue)
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
func Event(r *http.Request, routeKey string, now time.Time) (events.APIGatewayV2HTTPRequest, int) {
	size := len(r.Method) + len(r.RequestURI)
	for name, values := range r.Header {
		for _, v := range values {
			size += len(name) + len(v)
		}
	}
	if size > headerBytes {
		return events.APIGatewayV2HTTPRequest{}, http.StatusRequestHeaderFieldsTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBytes+1))
	if err != nil {
		return events.APIGatewayV2HTTPRequest{}, http.StatusBadRequest
	}
	if len(body) > MaxBytes {
		return events.APIGatewayV2HTTPRequest{}, http.StatusRequestEntityTooLarge
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	e := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: routeKey, RawPath: r.URL.EscapedPath(), RawQueryString: r.URL.RawQuery,
		Headers: map[string]string{}, PathParameters: map[string]string{},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey: routeKey, RequestID: ulid.Make().String(), Stage: "$default",
			Time: now.UTC().Format("02/Jan/2006:15:04:05 -0700"), TimeEpoch: now.UnixMilli(),
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: r.Method, Path: r.URL.Path, Protocol: r.Proto, SourceIP: host, UserAgent: r.UserAgent(),
			},
		},
	}
	for name, values := range r.Header {
		if name == "Cookie" {
			for _, line := range values {
				for _, c := range strings.Split(line, ";") {
					e.Cookies = append(e.Cookies, strings.TrimSpace(c))
				}
			}
			continue
		}
		e.Headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	for _, part := range strings.Split(routeKey, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			name = strings.TrimSuffix(name, "}")
			e.PathParameters[name] = r.PathValue(name)
		}
	}
	if utf8.Valid(body) {
		e.Body = string(body)
	} else {
		e.Body, e.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	if size, err := written(e); err != nil || size > MaxEvent {
		return events.APIGatewayV2HTTPRequest{}, http.StatusRequestEntityTooLarge
	}
	return e, 0
}

// written is how many bytes an event has as JSON, without the escapes for HTML
// that only Go writes.
func written(e events.APIGatewayV2HTTPRequest) (int, error) {
	if len(e.Body) < MaxEvent/8 { // no byte takes more than six, and headers are few
		return 0, nil
	}
	var n counter
	out := json.NewEncoder(&n)
	out.SetEscapeHTML(false)
	err := out.Encode(e)
	return int(n), err
}

// counter counts what is written.
type counter int

func (n *counter) Write(p []byte) (int, error) {
	*n += counter(len(p))
	return len(p), nil
}

// Answer gives a function's answer to whoever asked.
func Answer(w http.ResponseWriter, payload []byte) {
	var out events.APIGatewayV2HTTPResponse
	if err := json.Unmarshal(payload, &out); err != nil {
		Refuse(w, http.StatusInternalServerError)
		return
	}
	body := []byte(out.Body)
	if out.IsBase64Encoded {
		raw, err := base64.StdEncoding.DecodeString(out.Body)
		if err != nil {
			Refuse(w, http.StatusInternalServerError)
			return
		}
		body = raw
	}
	for name, value := range out.Headers {
		w.Header().Set(name, value)
	}
	for _, c := range out.Cookies {
		w.Header().Add("Set-Cookie", c)
	}
	w.WriteHeader(out.StatusCode)
	_, _ = w.Write(body)
}
