package invitations

import (
	"context"
	"slices"
	"time"

	"portero/shared/app"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/web"
)

// Invitation is an invitation as lists show it.
type Invitation struct {
	ID         id.Invitation `json:"id"`
	Kind       string        `json:"kind" enum:"client,staff"`
	Address    string        `json:"address"`
	Name       string        `json:"name,omitempty"`
	State      string        `json:"state" enum:"pending,accepted,declined,cancelled,expired" doc:"As of now: pending ends at expires_at."`
	By         string        `json:"by,omitempty" enum:"credentials" doc:"credentials, where a temporary password is mailed in place of a link."`
	Delivery   string        `json:"delivery,omitempty" enum:"queued,sent,delivered,delayed,bounced,complained,suppressed,failed" doc:"Of the latest mail to the person."`
	DeliveryAt time.Time     `json:"delivery_at,omitzero"`
	Reason     string        `json:"reason,omitempty" doc:"Of the delivery state."`
	SentAt     time.Time     `json:"sent_at,omitzero"`
	Sends      int           `json:"sends" doc:"First mail and resends; reminders do not count."`
	ExpiresAt  time.Time     `json:"expires_at,omitzero" doc:"Valid until, not including."`
	Portal     id.Portal     `json:"portal,omitempty" doc:"Absent for staff."`
	Roles      []id.Role     `json:"roles,omitempty" doc:"Of what is offered, each once."`
	Accounts   []AccountName `json:"accounts,omitempty" doc:"Of what is offered, each once; in a list only if asked for."`
	Level      string        `json:"level,omitempty" doc:"Of an invitation to staff."`
	Language   string        `json:"language"`
	Test       bool          `json:"test,omitempty" doc:"To a test client."`
	Inviter    Person        `json:"inviter"`
	EndedAt    time.Time     `json:"ended_at,omitzero"`
}

// Person is somebody of the firm.
type Person struct {
	ID      id.Identity `json:"id,omitempty"`
	Name    string      `json:"name,omitempty"`
	Address string      `json:"address,omitempty" doc:"Of who has no name; in a list only if asked for."`
}

// AccountName names an account.
type AccountName struct {
	ID   id.Account `json:"id"`
	Name string     `json:"name,omitempty"`
}

// accountsOf returns the accounts an invitation is about, each once.
func accountsOf(i invitation.Invitation) []id.Account {
	var all []id.Account
	for _, o := range i.Grants {
		if !slices.Contains(all, o.Account) {
			all = append(all, o.Account)
		}
	}
	return all
}

// name puts names to what invitations are about and by whom, in one batch: their
// accounts, and the addresses of inviters without a name.
func name(ctx context.Context, a *app.App, call web.Call, all []invitation.Invitation, items []Invitation) error {
	var asked invitation.Wanted
	for _, i := range all {
		asked.Accounts = append(asked.Accounts, accountsOf(i)...)
		if i.InviterName == "" && i.Inviter != "" {
			asked.Identities = append(asked.Identities, i.Inviter)
		}
	}
	known, err := a.Store.Known(ctx, call.Actor.Workspace, asked)
	if err != nil {
		return err
	}
	for n, i := range all {
		for _, one := range accountsOf(i) {
			items[n].Accounts = append(items[n].Accounts, AccountName{ID: one, Name: known.Accounts[one].Name})
		}
		items[n].Inviter.Address = string(known.Identities[i.Inviter].Address)
	}
	return nil
}

// item translates an invitation as it is at now; name adds what others are called.
func item(i invitation.Invitation, now time.Time) Invitation {
	out := Invitation{
		ID: i.ID, Kind: string(i.Kind), Address: string(i.Address), Name: i.Name, State: string(i.StateAt(now)),
		By: string(i.By), Delivery: string(i.Delivery), DeliveryAt: i.DeliveryAt, Reason: i.Reason, SentAt: i.SentAt, Sends: i.Sends,
		ExpiresAt: i.ExpiresAt, Portal: i.Portal, Level: string(i.Level), Language: i.Language, Test: i.Test,
		Inviter: Person{ID: i.Inviter, Name: i.InviterName}, EndedAt: i.EndedAt,
	}
	for _, o := range i.Grants {
		if !slices.Contains(out.Roles, o.Role) {
			out.Roles = append(out.Roles, o.Role)
		}
	}
	if i.State == invitation.Pending && out.State == string(invitation.Expired) {
		out.EndedAt = i.ExpiresAt // the job has not recorded it yet
	}
	return out
}
