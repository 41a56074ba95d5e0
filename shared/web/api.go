package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
)

// Version is the API's version, as the document states it. A change of the
// document needs a new one (functions/testdata/openapi.version).
const Version = "1.0.0"

// adapter is huma's router without routes: API Gateway has already chosen the
// function, so there is one handler only.
type adapter struct {
	op     *huma.Operation
	handle func(huma.Context)
}

func (a *adapter) Handle(op *huma.Operation, h func(huma.Context)) { a.op, a.handle = op, h }
func (a *adapter) ServeHTTP(http.ResponseWriter, *http.Request) {
	panic("web: events come by Invoke, not by HTTP")
}

// newAPI makes huma's view of a set of operations: JSON only, unknown fields
// and query parameters refused, our own problem documents.
func newAPI(a huma.Adapter) huma.API {
	c := huma.DefaultConfig("Portero", Version)
	c.CreateHooks = nil // no $schema links
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	jsonFormat := huma.Format{Marshal: marshal, Unmarshal: json.Unmarshal}
	c.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat} // the latter for problem+json
	c.DefaultFormat = "application/json"
	c.RejectUnknownQueryParameters = true
	return huma.NewAPI(c, a)
}

func marshal(w io.Writer, v any) error {
	if p, ok := v.(Problem); ok {
		_, err := w.Write(p.encode())
		return err
	}
	return json.NewEncoder(w).Encode(v)
}

func init() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		if len(errs) == 1 {
			if p, ok := errs[0].(Problem); ok {
				return p
			}
		}
		p := problemOf(validationFault(status, errs))
		if x, ok := ctx.(*exchange); ok {
			x.fault = p.Code
			p.RequestID = x.event.RequestContext.RequestID
		}
		return p
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return huma.NewErrorWithContext(nil, status, "", errs...)
	}
}

// operation is huma's view of a row.
func operation(row contract.Endpoint) huma.Operation {
	resource, verb, _ := strings.Cut(row.Name, "/")
	return huma.Operation{
		OperationID: row.Name, Method: row.Method, Path: row.Path, Summary: row.Summary,
		Tags: []string{resource}, MaxBodyBytes: bodyLimit(row), DefaultStatus: row.Status,
		Metadata: map[string]any{"verb": verb},
	}
}

func bodyLimit(row contract.Endpoint) int64 {
	if row.MaxBodyBytes > 0 {
		return row.MaxBodyBytes
	}
	return contract.DefaultBodyBytes
}

// key of the exchange in a request's context.
type exchangeKey struct{}

func exchangeFrom(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}
