// Package session is one signed-in browser or program, its token, and how long
// it lasts.
//
// Next: shared/web/authenticate.go, the only reader of tokens.
package session
