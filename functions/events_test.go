package functions_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"portero/functions"
	"portero/shared/contract"
)

// The samples of endpoints are made from the document's examples; `make invoke`
// sends them. Those of jobs, triggers and tasks are written by hand.
func TestEveryFunctionHasItsEventSample(t *testing.T) {
	doc, _ := documented(t)
	for _, row := range functions.Rows() {
		name := row.Base().Name
		file := "../events/" + name + ".json"
		e, ok := row.(contract.Endpoint)
		if !ok {
			raw, err := os.ReadFile(file)
			if err != nil || !json.Valid(raw) {
				t.Errorf("%s: no JSON in events/%s.json", name, name)
			}
			continue
		}
		raw, err := json.MarshalIndent(eventOf(t, doc, e), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, file, append(raw, '\n'))
	}
}

// eventOf makes the smallest API Gateway event that the row takes.
func eventOf(t *testing.T, doc *huma.OpenAPI, e contract.Endpoint) map[string]any {
	t.Helper()
	op := operation(doc, e)
	path, params, query := e.Path, map[string]string{}, ""
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			params[p.Name] = exampleID(p.Name)
			if p.Example != nil {
				params[p.Name] = p.Example.(string)
			} else if len(p.Schema.Examples) > 0 {
				params[p.Name], _ = p.Schema.Examples[0].(string)
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", params[p.Name])
		case "query":
			if p.Required {
				query = p.Name + "=" + exampleID(p.Name)
			}
		}
	}
	headers := map[string]string{"accept": "application/json", "host": "portal.firm.example"}
	event := map[string]any{
		"version": "2.0", "routeKey": e.Method + " " + e.Path, "rawPath": path, "rawQueryString": query,
		"headers": headers, "pathParameters": params, "isBase64Encoded": false,
		"requestContext": map[string]any{
			"requestId": "sample", "stage": "$default", "routeKey": e.Method + " " + e.Path,
			"http": map[string]any{"method": e.Method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.10", "userAgent": "sample"},
		},
	}
	if e.Auth == contract.Session {
		headers["authorization"] = "Bearer of-the-demo-admin"
	}
	if op.RequestBody != nil && e.Method != http.MethodGet {
		for kind, media := range op.RequestBody.Content {
			var body bytes.Buffer
			enc := json.NewEncoder(&body)
			enc.SetEscapeHTML(false)
			headers["content-type"] = kind
			if e.BodyMedia != "" {
				event["body"] = media.Schema.Examples[0]
				continue
			}
			if err := enc.Encode(example(doc, media.Schema)); err != nil {
				t.Fatal(err)
			}
			event["body"] = strings.TrimSpace(body.String())
		}
	}
	return event
}

// ids are the sample identifiers; `make invoke` puts the demo's in their place.
var ids = map[string]string{
	"workspace": "ws_", "identity": "idn_", "account": "acc_", "contact": "con_", "portal": "por_", "role": "rol_",
	"invitation": "inv_", "joinlink": "jln_", "joinrequest": "jrq_", "session": "ses_", "job": "job_", "verification": "ver_", "apikey": "key_",
}

func exampleID(name string) string {
	prefix, ok := ids[name]
	if !ok {
		return "sample"
	}
	return prefix + "01jd0h5m3w8q4v9x2c6k7n1t5z"
}

// example makes a value of a schema: its example, or the smallest value.
func example(doc *huma.OpenAPI, s *huma.Schema) any {
	if s.Ref != "" {
		s = doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	if len(s.Examples) > 0 {
		return s.Examples[0]
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		for name, p := range s.Properties {
			inner := p
			if p.Ref != "" {
				inner = doc.Components.Schemas.SchemaFromRef(p.Ref)
			}
			if inner.ReadOnly {
				continue
			}
			_, isID := ids[name]
			if len(p.Examples) > 0 {
				out[name] = p.Examples[0]
			} else if isRequired(s, name) {
				out[name] = example(doc, p)
				if isID && inner.Type == "string" {
					out[name] = exampleID(name)
				}
			}
		}
		return out
	case "array":
		return []any{example(doc, s.Items)}
	case "integer", "number":
		return 1
	case "boolean":
		return false
	}
	return "sample"
}

func isRequired(s *huma.Schema, name string) bool {
	for _, r := range s.Required {
		if r == name {
			return true
		}
	}
	return false
}
