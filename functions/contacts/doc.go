// Package contacts keeps the people whom the firm knows, their addresses and the
// accounts they belong to.
//
// Next: shared/domain/directory/contacts.go for what hangs on an address.
package contacts
