// Package email says what an e-mail address is to Portero and when two of them
// are the same.
//
// An [Address] is kept as the person typed it; it is compared by its [Key] and
// mailed to in its ASCII form. A [Key.Variant] only ever warns of a likely
// duplicate: whether "ana+x@" and "ana@" are one mailbox is the provider's
// secret, and a wrong guess locks somebody out (product rule: design.md §6,
// mission.md pain 9).
//
// The package must never store, decide by or mail to a variant, never look
// anything up on the network, and never let an address reach a log: both types
// redact themselves when they are a log attribute. A struct that holds an
// address does not; log its identifier instead.
//
// Keys are stored. What [Address.Key] returns for an address is a contract: a
// change needs a migration.
//
// Next: address.go (what is accepted), key.go (what is equal), provider.go
// (domains no firm can call its own).
package email
