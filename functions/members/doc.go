// Package members lists the clients who are in, those who accepted, and shuts
// them out and in again (row Z17), or makes them staff (row F8).
//
// Next: shared/domain/directory/members.go.
package members
