// Package joinlink is the shareable link that lets its holder join, and the
// requests of those whom staff approve first.
//
// A join link proves nothing about a mailbox: who joins types a code that was
// mailed to the address, and only then is there a session. It never leads into
// the records of a company by itself: whoever joins gets a personal account,
// under the contact the firm knows or one made for them; who has an open
// invitation is let in by that; what staff have switched off stays off until
// they approve.
//
// Next: shared/domain/verification.
package joinlink
