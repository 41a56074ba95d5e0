// Package web turns an API Gateway event (payload 2.0) into a typed call and
// the answer back into one: decode, authenticate, authorise, idempotency,
// handler, commit, encode, one log record.
//
// Decoding, validation and the OpenAPI document are github.com/danielgtaylor/huma/v2's,
// chosen because it validates from the Go types that the document is made
// from, needs no router, and registers one operation in under a millisecond.
//
// HTTP statuses are chosen here (problem.go) and nowhere else. The package must
// never decide a rule of the product.
//
// Next: endpoint.go, the life of a request.
package web
