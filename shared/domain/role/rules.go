package role

import (
	"slices"
	"strconv"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// ErrUnknown says that a role is not one of the portal it is wanted for.
var ErrUnknown = fault.On("role", "role_unknown", "This is not a role of the portal.")

// The faults of what staff set.
var (
	ErrSeats      = fault.On("seats", "seats_malformed", "A role has 1 to 1,000,000 seats.")
	ErrSeatsTaken = fault.On("seats", "seats_taken", "More people sit in this role than it would have seats. Cancel invitations or switch sign-ins off first, or choose more.")
	ErrFull       = fault.New(fault.Conflict, "roles_full", "A portal has at most 50 roles. Delete one first.")
	ErrMay        = fault.On("may", "permission_unknown", "This is not one of the permissions that roles decide.")
)

// names of the default client role, by language (row Z2).
var names = map[string]string{"en": "Client", "es": "Cliente"}

// New makes a role of a portal, to be inserted.
func New(ws id.Workspace, p id.Portal, name string, f For, now time.Time) Role {
	return Role{ID: id.New[id.Role](now), Workspace: ws, Portal: p, Name: name, For: f, CreatedAt: now}
}

// Default makes the client role that a portal has from the start (row Z2),
// named in the workspace's language.
func Default(ws id.Workspace, p id.Portal, language string, now time.Time) Role {
	name, known := names[language]
	if !known {
		name = names["en"]
	}
	r := New(ws, p, name, Contacts, now)
	r.Default = true
	return r
}

// WithSeats gives the role another number of seats; seats_malformed.
func (r Role) WithSeats(n int) (Role, error) {
	if n < 1 || n > MaxSeats {
		return r, ErrSeats
	}
	r.Seats = n
	return r, nil
}

// Allowing gives the role exactly these of the permissions that roles decide,
// and takes the rest away; permission_unknown.
func (r Role) Allowing(these []access.Permission) (Role, error) {
	r.May = map[access.Permission]bool{}
	for _, p := range access.ByRole() {
		r.May[p] = slices.Contains(these, p)
	}
	for n, p := range these {
		if _, known := r.May[p]; !known {
			return r, fault.On("may["+strconv.Itoa(n)+"]", ErrMay.Code, ErrMay.Detail)
		}
	}
	return r, nil
}

// Allows returns what the role comes to of the permissions that roles decide.
func (r Role) Allows() []access.Permission { return access.Held(r.May) }
