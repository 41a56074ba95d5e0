// Package dynamo is the store: it turns aggregates into items and back, reads
// them by the access patterns of keys.go, and commits a change.Set as one
// conditional transaction.
//
// It must never decide a rule of the product, never scan, and never write
// without a condition. SDK errors are translated here and nowhere else.
//
// Next: keys.go, which opens with the table of access patterns.
package dynamo
