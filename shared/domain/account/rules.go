package account

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// ErrUnknown says that an account is not one of the workspace.
var ErrUnknown = fault.On("account", "account_unknown", "This is not an account of the workspace.")

// New makes an account, to be inserted.
func New(ws id.Workspace, name string, now time.Time) Account {
	return Account{ID: id.New[id.Account](now), Workspace: ws, Name: name, CreatedAt: now}
}
