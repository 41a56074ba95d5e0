// Package invariant looks at a whole database and says what cannot be true of
// it, whatever happened: one open invitation per address and door and its lock,
// nobody and nothing orphaned, no member without an invitation, the outbox and
// the invitations of one mind, every change in the trail once, no readable secret,
// no mail to whoever takes none
// (statements 1 to 4, 8, 10, 11, 14, 16 and 19 of reliability.md, section D).
//
// It scans, so it is for tests, the simulation and the restore drill only. It
// must never change an item, nor know how the state was arrived at: what must be
// true of one flow is that flow's own test.
//
// Begin at check.go. What it reads is snapshot.go.
package invariant
