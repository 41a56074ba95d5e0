// Package change holds what a request wants to become true together.
//
// A domain service loads, decides and returns a Set; it never writes. The web
// layer adds the idempotency record and hands the Set to the store, which
// makes one conditional transaction of it. If anything was changed meanwhile,
// the whole request is run again.
//
// It must never know keys, tables or the order of writes.
//
// Next: shared/dynamo/commit.go.
package change
