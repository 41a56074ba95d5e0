// Package search is how names and addresses are found by their beginning: it
// makes the one form under which they are kept in order and asked for.
//
// Next: shared/dynamo/keys.go, where that form stands in index keys.
package search
