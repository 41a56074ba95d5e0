// Package web turns an API Gateway event (payload 2.0) into a typed call and
// the answer back into one: decode, authenticate, authorise, idempotency,
// handler, commit, encode, one log record.
//
// Schemas, their validation and the OpenAPI document are those of
// github.com/danielgtaylor/huma/v2, chosen because both come from the Go types
// of a handler. Its Register is not used: it is generic, and sixty-five
// instances of it made the binary 16 MB larger and every start 40 % slower
// (measured); what it would do for us is decode.go.
//
// HTTP statuses are chosen here (problem.go) and nowhere else. The package must
// never decide a rule of the product.
//
// Next: endpoint.go, the life of a request.
package web
