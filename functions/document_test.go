package functions_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/web/document"
)

// documented is the OpenAPI document of every endpoint.
func documented(t testing.TB) (*huma.OpenAPI, []byte) {
	t.Helper()
	doc := document.New()
	for _, f := range functions.All() {
		if row, ok := f.Row.(contract.Endpoint); ok {
			if err := doc.Add(row, f.Takes, f.Answers); err != nil {
				t.Fatal(err)
			}
		}
	}
	versioned(t, doc.API)
	raw, err := json.Marshal(doc.API)
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	return doc.API, pretty.Bytes()
}

func TestB7TheOpenAPIDocumentIsMadeFromTheRows(t *testing.T) {
	_, text := documented(t)
	golden(t, "document/openapi.json", text)
}

func TestB7EveryEndpointIsInTheDocumentWithASummaryAndItsProblems(t *testing.T) {
	doc, _ := documented(t)
	found := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		p := doc.Paths[path]
		for _, o := range []*huma.Operation{p.Get, p.Post, p.Put, p.Patch, p.Delete} {
			if o == nil {
				continue
			}
			found[o.OperationID] = true
			if o.Summary == "" || o.Description == "" || o.Responses["4XX"] == nil {
				t.Errorf("%s: summary, description or problems are missing", o.OperationID)
			}
		}
	}
	for _, row := range functions.Rows() {
		if e, ok := row.(contract.Endpoint); ok && !found[e.Name] {
			t.Errorf("%s is not in the document", e.Name)
		}
	}
}

// operation is an endpoint's part of the document.
func operation(doc *huma.OpenAPI, e contract.Endpoint) *huma.Operation {
	item := doc.Paths[e.Path]
	return map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[e.Method]
}
