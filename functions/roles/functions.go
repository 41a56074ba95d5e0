package roles

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Create, Get, Change, Delete}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// RoleItem is a role of a portal.
type RoleItem struct {
	ID        id.Role             `json:"id"`
	Portal    id.Portal           `json:"portal"`
	Name      string              `json:"name"`
	For       role.For            `json:"for" enum:"contacts,leads"`
	Default   bool                `json:"default" doc:"The role of those who are invited without one."`
	Seats     int                 `json:"seats" doc:"How many people may have the role."`
	SeatsUsed int                 `json:"seats_used" doc:"How many have it or are invited to it: each contact once, however many accounts."`
	May       []access.Permission `json:"may" doc:"What the role allows of what roles decide."`
	CreatedAt time.Time           `json:"created_at"`
}

func item(r role.Role, used int) RoleItem {
	return RoleItem{ID: r.ID, Portal: r.Portal, Name: r.Name, For: r.For, Default: r.Default, Seats: r.Limit(), SeatsUsed: used,
		May: r.Allows(), CreatedAt: r.CreatedAt}
}

// counted shows roles with the seats that are taken of each: one batch.
func counted(ctx context.Context, a *app.App, call web.Call, all ...role.Role) ([]RoleItem, error) {
	counts, err := a.Store.SeatCounts(ctx, call.Actor.Workspace, page.Each(all, func(r role.Role) id.Role { return r.ID }))
	return page.Each(all, func(r role.Role) RoleItem { return item(r, counts[r.ID].Used) }), err
}

// seats is what showing how many are taken reads.
var seats = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Seat}}
