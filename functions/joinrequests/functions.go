package joinrequests

import (
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's, in reading order.
var Functions = []app.Function{List, Approve, Refuse}

var (
	decided = []fault.Code{joinlink.ErrWasApproved.Code, joinlink.ErrWasRefused.Code}
	records = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}
)

func desk(a *app.App, call web.Call) joinlink.Desk {
	return joinlink.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// JoinRequest is somebody who asked to join.
type JoinRequest struct {
	ID        id.JoinRequest        `json:"id"`
	Address   email.Address         `json:"address"`
	Name      string                `json:"name,omitempty"`
	Link      id.JoinLink           `json:"link"`
	Portal    id.Portal             `json:"portal"`
	Role      id.Role               `json:"role"`
	State     joinlink.RequestState `json:"state" enum:"waiting,approved,refused"`
	Test      bool                  `json:"test,omitempty" doc:"A test client's."`
	CreatedAt time.Time             `json:"created_at"`
	EndedAt   *time.Time            `json:"ended_at,omitempty"`
}

func shown(r joinlink.Request) JoinRequest {
	out := JoinRequest{ID: r.ID, Address: r.Address, Name: r.Name, Link: r.Link, Portal: r.Portal, Role: r.Role, State: r.State, Test: r.Test, CreatedAt: r.CreatedAt}
	if !r.EndedAt.IsZero() {
		out.EndedAt = &r.EndedAt
	}
	return out
}
