package portal

import (
	"time"

	"portero/shared/domain/id"
)

// Portal is a named entrance of a workspace with its own URL. Name and URL
// never change and a portal is never deleted (row Z1).
type Portal struct {
	ID          id.Portal    `json:"id"`
	Workspace   id.Workspace `json:"ws"`
	Name        string       `json:"name"`  // the URL's part: a-z, 0-9 and hyphens, 3 to 40 characters
	Title       string       `json:"title"` // what people read
	DefaultRole id.Role      `json:"default_role"`
	CreatedAt   time.Time    `json:"created_at"`
	Version     int          `json:"v"`
}

// Name reserves a portal's name across all workspaces: it is the one thing
// found without knowing the workspace (design.md §6).
type Name struct {
	Name      string       `json:"name"`
	Workspace id.Workspace `json:"ws"`
	Portal    id.Portal    `json:"portal"`
	Version   int          `json:"v"`
}
