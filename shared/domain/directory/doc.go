// Package directory is what staff keep in order: the workspace and its portals
// and roles, its people by account, contact and address, their grants, and the
// staff themselves. It holds the services that change several aggregates at
// once, so that what belongs together stays together: a contact's address and
// the mailbox that lists it, a level and the count of admins, a role and the
// sessions that were started with it.
//
// It loads, decides and returns a change.Set; it must never write, and never
// tell anybody of another workspace's things.
//
// Next: shared/domain/invitation for how people come in, functions/contacts for
// an endpoint over it.
package directory
