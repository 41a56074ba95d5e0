// Package document makes the OpenAPI document from rows and the types of their
// handlers, with github.com/danielgtaylor/huma/v2.
//
// It is for `make golden` and tests. It must never be linked into what is
// deployed: huma costs every start half a millisecond (measured), and a test of
// functions/bootstrap keeps it out.
//
// Next: document.go; functions/document/openapi.json is what comes out.
package document
