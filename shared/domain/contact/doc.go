// Package contact is a person known to the firm, who may belong to several
// accounts and may share an address with others.
//
// Next: shared/domain/mailbox, everything the workspace knows of one address.
package contact
