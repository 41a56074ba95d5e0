// Package members lists the clients who are in: those who accepted.
//
// Next: shared/dynamo/people.go.
package members
