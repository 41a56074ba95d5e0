// Package roles says what kinds of clients a portal has (rows F3, Z2, Z3).
//
// Next: shared/domain/directory/roles.go.
package roles
