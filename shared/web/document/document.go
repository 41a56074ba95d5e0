package document

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
	"portero/shared/domain/idempotency"
	"portero/shared/web"
)

// Version is the API's, as the document states it, but for the last number:
// `make golden` raises that with every change of the document
// (functions/version_test.go). Raise the second where something is added that
// callers should know of, the first where something is taken away.
const Version = "1.0"

func init() {
	// A list is a list: null is none, in what is taken and in what is answered.
	huma.DefaultArrayNullable = false
}

// Document is the OpenAPI document in the making.
type Document struct {
	API      *huma.OpenAPI
	registry huma.Registry
}

// New returns a document without endpoints.
func New() *Document {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	return &Document{registry: registry, API: &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Portero", Version: Version, Description: "Invite clients into a firm's portal, and decide what each may see and do there. " +
			"Errors are RFC 9457 problems with a stable code, the same wherever a fault is found; each field at fault is named. " +
			"A null is as good as leaving a property out where that may be, and refused elsewhere. Lists come 50 a page with a cursor. " +
			"Every POST of a signed-in person or a link's holder takes an Idempotency-Key, remembered for 24 hours; a repeat gets the first answer."},
		Components: &huma.Components{
			Schemas: registry,
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"bearer": {Type: "http", Scheme: "bearer", Description: "The token that signing in returned, or an API key (pk_…), which may do what its scopes say and its creator may."},
				"cookie": {Type: "apiKey", In: "cookie", Name: "__Host-portero-{workspace}", Description: "What browsers get instead of a token."},
			},
		},
	}}
}

// Add describes an endpoint: its row, what its handler takes and what it
// answers. It returns an error for an input that web cannot read.
func (d *Document) Add(row contract.Endpoint, in, answer reflect.Type) error {
	resource, _, _ := strings.Cut(row.Name, "/")
	op := &huma.Operation{
		OperationID: row.Name, Method: row.Method, Path: row.Path, Summary: row.Summary, Tags: []string{resource},
		Description: description(row), Responses: map[string]*huma.Response{},
	}
	if row.Auth == contract.Session {
		op.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	}
	input, err := web.InputOf(in)
	if err != nil {
		return fmt.Errorf("%s: %w", row.Name, err)
	}
	for _, p := range input.Path {
		op.Parameters = append(op.Parameters, d.parameter("path", p))
	}
	for _, p := range input.Query {
		op.Parameters = append(op.Parameters, d.parameter("query", p))
	}
	if row.Method == http.MethodPost && row.Auth != contract.Public && !row.NoIdempotency {
		most := idempotency.MaxKey
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header",
			Description: "Makes repeating the request safe for 24 hours.", Schema: &huma.Schema{Type: "string", MaxLength: &most}})
	}
	if body := input.Body; body != nil {
		optional := body.Type.Kind() == reflect.Pointer
		content := media("application/json", huma.SchemaFromField(d.registry, *body, in.Name()+"Body"))
		if row.BodyMedia != "" {
			text := &huma.Schema{Type: "string", Description: body.Tag.Get("doc")}
			if sample := body.Tag.Get("example"); sample != "" {
				text.Examples = []any{sample}
			}
			content = media(row.BodyMedia, text)
		}
		op.RequestBody = &huma.RequestBody{Required: !optional, Content: content}
	}
	d.answers(op, row, answer)
	d.API.AddOperation(op)
	return nil
}

func (d *Document) parameter(where string, p web.Parameter) *huma.Param {
	s := huma.SchemaFromField(d.registry, p.Field, "")
	return &huma.Param{Name: p.Name, In: where, Required: p.Required, Schema: s, Description: s.Description}
}

func (d *Document) answers(op *huma.Operation, row contract.Endpoint, out reflect.Type) {
	answer := &huma.Response{Description: "Done."}
	status := row.Status
	if out == reflect.TypeFor[web.None]() {
		if status == 0 {
			status = http.StatusNoContent
		}
	} else if out == reflect.TypeFor[web.File]() {
		answer.Content, status = map[string]*huma.MediaType{}, cmp.Or(status, http.StatusOK)
		for _, kind := range row.Media {
			answer.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string"}}
			if strings.HasPrefix(kind, "image/") {
				answer.Content[kind] = &huma.MediaType{} // bytes (OpenAPI 3.1 §4.8.14.3)
			}
		}
		answer.Headers = map[string]*huma.Param{"Link": {Description: "Where the next part is, with rel=\"next\"; left out of the last.", Schema: &huma.Schema{Type: "string"}}}
	} else {
		answer.Content = media("application/json", d.registry.Schema(out, true, out.Name()))
		if status == 0 {
			status = http.StatusOK
		}
	}
	op.Responses[strconv.Itoa(status)] = answer
	problem := d.registry.Schema(reflect.TypeFor[web.Problem](), true, "Problem")
	op.Responses["429"] = &huma.Response{Description: "A limit was met; the headers say which, and when to ask again.", Content: media(web.ProblemMedia, problem), Headers: limits}
	op.Responses["4XX"] = &huma.Response{Description: "The request was not carried out and changed nothing; the code says why.", Content: media(web.ProblemMedia, problem)}
	op.Responses["5XX"] = &huma.Response{Description: "A fault of the service; the request may be repeated with its Idempotency-Key.", Content: media(web.ProblemMedia, problem)}
}

// limits are the headers of an answer 429.
var limits = map[string]*huma.Param{
	"Retry-After":      {Description: "Seconds until it is worth asking again; left out where no time lifts the limit.", Schema: &huma.Schema{Type: "integer"}},
	"RateLimit-Policy": {Description: "The limit that was met: its name, quota q and window w in seconds (draft-ietf-httpapi-ratelimit-headers-10).", Schema: &huma.Schema{Type: "string"}},
	"RateLimit":        {Description: "What is left of it, r, and the seconds t until it begins anew.", Schema: &huma.Schema{Type: "string"}},
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
