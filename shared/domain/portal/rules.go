package portal

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// ErrUnknown says that a portal is not one of the workspace.
var ErrUnknown = fault.On("portal", "portal_unknown", "This is not a portal of the workspace.")

// New makes a portal and the reservation of its name, both to be inserted. Its
// default role is set by whoever makes that.
func New(ws id.Workspace, name, title string, now time.Time) (Portal, Name) {
	p := Portal{ID: id.New[id.Portal](now), Workspace: ws, Name: name, Title: title, CreatedAt: now}
	return p, Name{Name: name, Workspace: ws, Portal: p.ID}
}
