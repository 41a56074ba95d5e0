package staff

import (
	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/identity"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Invite, Change, Leave}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// none is the level of who is no longer staff, as the API writes it.
const none = "none"

func person(who identity.Identity) StaffPerson {
	level := string(who.Level)
	if who.Level == access.None {
		level = none
	}
	return StaffPerson{ID: who.ID, Address: string(who.Address), Name: who.Name, Level: level, Deactivated: !who.Active()}
}
