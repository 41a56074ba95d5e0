package roles

import (
	"time"

	"portero/shared/app"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/domain/role"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Create, Get, Change}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// RoleItem is a role of a portal.
type RoleItem struct {
	ID        id.Role   `json:"id"`
	Portal    id.Portal `json:"portal"`
	Name      string    `json:"name"`
	For       role.For  `json:"for" enum:"contacts,leads"`
	Default   bool      `json:"default" doc:"The role of those who are invited without one."`
	CreatedAt time.Time `json:"created_at"`
}

func item(r role.Role) RoleItem {
	return RoleItem{ID: r.ID, Portal: r.Portal, Name: r.Name, For: r.For, Default: r.Default, CreatedAt: r.CreatedAt}
}
