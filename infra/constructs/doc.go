// Package constructs turns one row into the CloudFormation resources that run
// it: a construct per kind of row, and the few parts they share.
//
// The resources are CloudFormation's own (L1), because their number, their
// policies and their names are promises: five resources per endpoint, a role
// that may do what its row says and nothing else, names that do not change.
//
// A construct must never grant, name or set anything for one function that its
// row does not say: what is missing is a column of the row.
//
// Next: function.go, what every function is; policy.go, what it may do.
package constructs
