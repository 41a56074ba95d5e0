// Package seat counts who sits in a role: one distinct contact in one role is
// one seat, however many accounts they have (row Z19).
//
// A seat is taken while a grant with the sign-in switch on was accepted, or is
// offered by an open invitation. It is free again when that invitation is
// declined, cancelled or recorded as expired (within a minute of its end), when
// the switch goes off, when the contact gets another role, or another address.
// Granted and never sent takes none, and a test client's grant never does (row
// T6). Deactivating somebody, and the last day of their access, keep the seat: both
// may be undone, and what was theirs must be there then; the sign-in switch gives
// it up.
//
// Everything that writes a grant goes through a Book: it says what becomes of
// the seats, in the same transaction. The package must never load or write.
//
// Next: book.go; shared/dynamo/seat.go.
package seat
