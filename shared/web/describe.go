package web

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
)

// NewDocument returns an API that is only described, never served: the OpenAPI
// document is made from it.
func NewDocument() huma.API {
	api := newAPI(&adapter{})
	doc := api.OpenAPI()
	doc.Info.Title, doc.Info.Version = "Portero", Version
	doc.Info.Description = "Invite clients into a firm's portal, and decide what each may see and do there. " +
		"Errors are RFC 9457 problems with a stable code. Lists come 50 a page with a cursor. " +
		"Every POST takes an Idempotency-Key, remembered for 24 hours; a repeat gets the first answer."
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer", Description: "The token that signing in returned."},
		"cookie": {Type: "apiKey", In: "cookie", Name: "__Host-portero-{workspace}", Description: "What browsers get instead of a token."},
	}
	return api
}

// typed is an endpoint's answer as the document shows it.
type typed[O any] struct{ Body O }

// Describe adds an endpoint to a document.
func Describe[I, O any](api huma.API, row contract.Endpoint) {
	op := operation(row)
	op.Description = description(row)
	if row.Auth == contract.Session {
		op.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	}
	var none O
	if _, ok := any(none).(None); ok {
		if op.DefaultStatus == 0 {
			op.DefaultStatus = http.StatusNoContent
		}
		huma.Register(api, op, func(context.Context, *I) (*struct{}, error) { return nil, nil })
	} else {
		huma.Register(api, op, func(context.Context, *I) (*typed[O], error) { return nil, nil })
	}
	added := api.OpenAPI().Paths[row.Path]
	for _, o := range []*huma.Operation{added.Get, added.Post, added.Put, added.Patch, added.Delete} {
		if o != nil && o.OperationID == row.Name {
			describeProblems(api, o, row)
		}
	}
}

func describeProblems(api huma.API, o *huma.Operation, row contract.Endpoint) {
	delete(o.Responses, "default")
	schema := api.OpenAPI().Components.Schemas.Schema(problemType, true, "Problem")
	o.Responses["4XX"] = &huma.Response{
		Description: "The request was not carried out and changed nothing; the code says why.",
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
	}
	if row.Method == http.MethodPost && !row.NoIdempotency {
		o.Parameters = append(o.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Description: "Makes repeating the request safe for 24 hours.",
			Schema: &huma.Schema{Type: "string", MaxLength: intPtr(128)},
		})
	}
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
		text += " Codes of its own:"
		for _, f := range row.Faults {
			text += " " + string(f)
		}
		text += "."
	}
	return text
}

var problemType = reflect.TypeFor[Problem]()

func intPtr(i int) *int { return &i }
