// Package invitations invites people, looks after what is open, and answers
// whoever holds the link of an invitation.
//
// Next: shared/domain/invitation, which decides.
package invitations
