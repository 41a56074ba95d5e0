// Package passwords changes, forgets and resets passwords.
//
// Whatever is asked about an address is answered the same, whether or not it is
// known; nothing here signs anybody in but the change by its owner.
//
// Next: shared/domain/session/password.go and reset.go.
package passwords
