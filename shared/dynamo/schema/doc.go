// Package schema holds the tables and indexes as rows: the CDK stack and the
// embedded database are both built from them, so a query that works here has
// its index there.
//
// It must never import anything of ours, nor an SDK.
//
// Next: shared/dynamo/keys.go, the access patterns over these keys.
package schema
