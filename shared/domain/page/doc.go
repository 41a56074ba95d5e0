// Package page is how lists are asked for a page at a time.
//
// A cursor holds the last sort key and a mark of the list it is of, so that no
// other list takes it: of another firm, another state or another order. The
// partition is rebuilt from the caller all the same.
//
// Next: shared/dynamo/page.go.
package page
