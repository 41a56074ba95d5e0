package web

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
	"portero/shared/domain/idempotency"
)

// Version is the API's version, as the document states it.
const Version = "1.0.0"

// Document is the OpenAPI document in the making.
type Document struct {
	API      *huma.OpenAPI
	registry huma.Registry
}

func newRegistry() huma.Registry {
	return huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
}

// NewDocument returns a document without endpoints.
func NewDocument() *Document {
	registry := newRegistry()
	return &Document{registry: registry, API: &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Portero", Version: Version, Description: "Invite clients into a firm's portal, and decide what each may see and do there. " +
			"Errors are RFC 9457 problems with a stable code. Lists come 50 a page with a cursor. " +
			"Every POST of a signed-in person or a link's holder takes an Idempotency-Key, remembered for 24 hours; a repeat gets the first answer."},
		Components: &huma.Components{
			Schemas: registry,
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer", Description: "The token that signing in returned."},
				"cookie": {Type: "apiKey", In: "cookie", Name: "__Host-portero-{workspace}", Description: "What browsers get instead of a token."},
			},
		},
	}}
}

// Describe adds the endpoint to a document.
func (e Endpoint) Describe(d *Document) {
	resource, _, _ := strings.Cut(e.row.Name, "/")
	op := &huma.Operation{
		OperationID: e.row.Name, Method: e.row.Method, Path: e.row.Path, Summary: e.row.Summary, Tags: []string{resource},
		Description: description(e.row), Responses: map[string]*huma.Response{},
	}
	if e.row.Auth == contract.Session {
		op.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	}
	sh := shapeOf(e.in, d.registry)
	for _, p := range sh.path {
		op.Parameters = append(op.Parameters, &huma.Param{Name: p.name, In: "path", Required: true, Schema: p.schema, Description: p.schema.Description})
	}
	for _, p := range sh.query {
		op.Parameters = append(op.Parameters, &huma.Param{Name: p.name, In: "query", Required: p.required, Schema: p.schema, Description: p.schema.Description})
	}
	if e.row.Method == http.MethodPost && e.row.Auth != contract.Public && !e.row.NoIdempotency {
		most := idempotency.MaxKey
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header",
			Description: "Makes repeating the request safe for 24 hours.", Schema: &huma.Schema{Type: "string", MaxLength: &most}})
	}
	if sh.body != nil {
		op.RequestBody = &huma.RequestBody{Required: !sh.optional, Content: media("application/json", sh.body)}
	}
	e.describeAnswers(d, op)
	d.API.AddOperation(op)
}

func (e Endpoint) describeAnswers(d *Document, op *huma.Operation) {
	answer := &huma.Response{Description: "Done."}
	status := e.row.Status
	if e.out == reflect.TypeFor[None]() {
		if status == 0 {
			status = http.StatusNoContent
		}
	} else {
		answer.Content = media("application/json", d.registry.Schema(e.out, true, e.out.Name()))
		if status == 0 {
			status = http.StatusOK
		}
	}
	op.Responses[strconv.Itoa(status)] = answer
	problem := d.registry.Schema(reflect.TypeFor[Problem](), true, "Problem")
	op.Responses["4XX"] = &huma.Response{Description: "The request was not carried out and changed nothing; the code says why.", Content: media(problemMedia, problem)}
	op.Responses["5XX"] = &huma.Response{Description: "A fault of the service; the request may be repeated with its Idempotency-Key.", Content: media(problemMedia, problem)}
}

func media(kind string, s *huma.Schema) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{kind: {Schema: s}}
}

func description(row contract.Endpoint) string {
	text := ""
	switch row.Auth {
	case contract.Session:
		text = "Needs the permission " + string(row.Needs) + "."
	case contract.Public, contract.Link:
		text = "Needs no session: " + row.Because
	}
	if row.Limit.Requests > 0 {
		text += " At most " + strconv.Itoa(row.Limit.Requests) + " requests in " + row.Limit.Per.String() + " from one caller."
	}
	if len(row.Faults) > 0 {
		codes := map[string]bool{}
		for _, f := range row.Faults {
			codes[string(f)] = true
		}
		text += " Codes of its own: " + strings.Join(slices.Sorted(maps.Keys(codes)), ", ") + "."
	}
	return text
}
