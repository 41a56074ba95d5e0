package accounts

import (
	"time"

	"portero/shared/app"
	"portero/shared/domain/account"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Create, Get, Change, Find, Upsert}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// AccountItem is an account.
type AccountItem struct {
	ID        id.Account `json:"id"`
	Name      string     `json:"name"`
	Personal  bool       `json:"personal" doc:"Made for one person who was invited without naming an account."`
	External  string     `json:"external_id,omitempty" doc:"What another system calls it."`
	CreatedAt time.Time  `json:"created_at"`
}

func item(one account.Account) AccountItem {
	return AccountItem{ID: one.ID, Name: one.Name, Personal: one.Personal, External: one.ExternalID, CreatedAt: one.CreatedAt}
}
