// Package invitation is the offer to one address for one or more grants, and
// everything that may become of it.
//
// Transitions are pure functions of the invitation and an instant; services
// load, decide and return a change.Set; nothing here writes. Nothing ends an
// invitation but accept, decline, cancel and expiry, and nothing spends it by
// being looked at.
//
// A Desk is the staff's side: inviting line by line (invite.go, party.go),
// resending, cancelling, correcting, copying links. A Guest is the invitee's.
//
// Next: shared/dynamo/keys.go for what each flow costs, functions/invitations
// for the endpoints.
package invitation
