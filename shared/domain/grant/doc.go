// Package grant is one contact's access to one account in one portal with one
// role: its three switches, its dates and its owner.
//
// Next: shared/domain/identity.
package grant
