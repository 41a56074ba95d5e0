// Package account is a client company or household and who belongs to it.
//
// Next: shared/domain/contact.
package account
