// Package role is what a kind of client may see and do in one portal.
//
// Next: shared/domain/grant.
package role
