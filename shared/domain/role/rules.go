package role

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// ErrUnknown says that a role is not one of the portal it is wanted for.
var ErrUnknown = fault.On("role", "role_unknown", "This is not a role of the portal.")

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
