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
	"portero/shared/web"
)

// document is the OpenAPI document of every endpoint.
func document(t *testing.T) (*huma.OpenAPI, []byte) {
	t.Helper()
	doc := web.NewDocument()
	for _, f := range functions.All() {
		if f.Describe != nil {
			f.Describe(doc)
		}
	}
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
	_, text := document(t)
	golden(t, "document/openapi.json", text)
}

func TestB7EveryEndpointIsInTheDocumentWithASummaryAndItsProblems(t *testing.T) {
	doc, _ := document(t)
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
