// Package idempotency is the record of a request that was made under a key, so
// that repeating it is safe (row B2).
//
// It must never hold a secret: rows that return one keep the answer without it.
//
// Next: shared/web/idempotency.go.
package idempotency
