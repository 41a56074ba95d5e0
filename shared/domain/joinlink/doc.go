// Package joinlink is the shareable link that lets its holder join, and the
// requests of those whom staff approve first.
//
// A join link proves nothing about a mailbox: who joins types a code that was
// mailed to the address, and only then is there a session.
//
// Next: shared/domain/verification.
package joinlink
