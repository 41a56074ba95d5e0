// Package page is how lists are asked for a page at a time.
//
// A cursor holds the last sort key only; the partition is rebuilt from the
// caller, so somebody else's cursor shows nothing of theirs.
//
// Next: shared/dynamo/page.go.
package page
