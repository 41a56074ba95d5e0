package portals

import (
	"time"

	"portero/shared/app"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Find, List, Create, Get, Change, Summary}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// PortalItem is a portal as staff see it.
type PortalItem struct {
	ID          id.Portal `json:"id"`
	Name        string    `json:"name" doc:"The URL's part; never changes."`
	Title       string    `json:"title"`
	URL         string    `json:"url"`
	DefaultRole id.Role   `json:"default_role"`
	CreatedAt   time.Time `json:"created_at"`
}

func item(a *app.App, p portal.Portal) PortalItem {
	return PortalItem{ID: p.ID, Name: p.Name, Title: p.Title, URL: a.Config.BaseURL + "/p/" + p.Name, DefaultRole: p.DefaultRole, CreatedAt: p.CreatedAt}
}
