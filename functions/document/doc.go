// Package document holds the OpenAPI document as `make golden` wrote it from
// the rows. It is a file of the site, never part of what is deployed as a
// function.
package document

import _ "embed"

// OpenAPI is the document, as served at /v1/openapi.json.
//
//go:embed openapi.json
var OpenAPI []byte
