package workspaces

import (
	"portero/shared/app"
)

// Functions are this resource's.
var Functions = []app.Function{Create, Find, Get, Change}
