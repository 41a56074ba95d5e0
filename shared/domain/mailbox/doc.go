// Package mailbox is everything a workspace knows of one address: its identity,
// the contacts that share it, its open invitations, and why it is stopped.
//
// One strongly consistent read answers every question that inviting asks of an
// address; one conditional write locks it.
//
// Next: shared/domain/invitation.
package mailbox
