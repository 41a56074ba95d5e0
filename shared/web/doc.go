// Package web turns an API Gateway event (payload 2.0) into a typed call and
// the answer back into one: decode, authenticate, authorise, idempotency,
// handler, commit, encode, one log record.
//
// What is validated (form.go, check.go) and what is documented
// (shared/web/document) come from the same fields and tags of a handler's types,
// and a test of functions holds one to the other. The document is made by
// github.com/danielgtaylor/huma/v2, which could validate too and did: but it and
// its YAML are built at every start of every function, half a millisecond
// (measured), and only `make golden` needs its document.
//
// HTTP statuses are chosen here (problem.go) and nowhere else. The package must
// never decide a rule of the product.
//
// Next: endpoint.go, the life of a request.
package web
