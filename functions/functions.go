package functions

import (
	"slices"

	"portero/functions/accounts"
	"portero/functions/apikeys"
	"portero/functions/audits"
	"portero/functions/bulk"
	"portero/functions/colleagues"
	"portero/functions/contacts"
	"portero/functions/grants"
	"portero/functions/health"
	"portero/functions/invitations"
	"portero/functions/jobs"
	"portero/functions/joinlinks"
	"portero/functions/joinrequests"
	"portero/functions/logos"
	"portero/functions/members"
	"portero/functions/optouts"
	"portero/functions/passwords"
	"portero/functions/pending"
	"portero/functions/portals"
	"portero/functions/profiles"
	"portero/functions/roles"
	"portero/functions/secondfactors"
	"portero/functions/sessions"
	"portero/functions/staff"
	"portero/functions/triggers"
	"portero/functions/verifications"
	"portero/functions/workspaces"
	"portero/shared/app"
	"portero/shared/contract"
)

// All returns every function, in reading order: one line per resource.
func All() []app.Function {
	return slices.Concat(
		health.Functions,
		invitations.Functions,
		jobs.Functions,
		joinlinks.Functions,
		joinrequests.Functions,
		triggers.Functions,
		verifications.Functions,
		accounts.Functions,
		apikeys.Functions,
		audits.Functions,
		bulk.Functions,
		colleagues.Functions,
		contacts.Functions,
		grants.Functions,
		logos.Functions,
		members.Functions,
		optouts.Functions,
		passwords.Functions,
		pending.Functions,
		portals.Functions,
		profiles.Functions,
		roles.Functions,
		secondfactors.Functions,
		sessions.Functions,
		staff.Functions,
		workspaces.Functions,
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
