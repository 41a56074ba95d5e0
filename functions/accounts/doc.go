// Package accounts keeps the client companies and households of the firm, and
// shows who belongs to one and what was granted there.
//
// Next: shared/domain/directory/accounts.go.
package accounts
