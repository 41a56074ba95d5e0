// Package optouts is where mail programs and the mail's own "stop" page post
// that an address wants no more mail (RFC 8058).
//
// The token in the query may do nothing else: it opens no invitation.
//
// Next: shared/domain/invitation/leave.go.
package optouts
