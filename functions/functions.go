package functions

import (
	"slices"

	"portero/functions/health"
	"portero/functions/invitations"
	"portero/functions/jobs"
	"portero/functions/triggers"
	"portero/shared/app"
	"portero/shared/contract"
)

// All returns every function, in reading order: one line per resource.
func All() []app.Function {
	return slices.Concat(
		health.Functions,
		invitations.Functions,
		jobs.Functions,
		triggers.Functions,
	)
}

// Rows returns every row, for whoever deploys or documents them.
func Rows() []contract.Row {
	var rows []contract.Row
	for _, f := range All() {
		rows = append(rows, f.Row)
	}
	return rows
}

// Find returns the function of a name, or false.
func Find(name string) (app.Function, bool) {
	for _, f := range All() {
		if f.Name() == name {
			return f, true
		}
	}
	return app.Function{}, false
}
