package members

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows who is in (row F4: an accepted invitation shows up here).
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/list", Summary: "List the members of the workspace by address; or find them by the beginning of address or name, by account, by role, or by who invited them (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"member", schema.Invitation}},
			{Table: schema.Core, Index: schema.Called, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"member"}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account, schema.Portal, schema.Seat}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Identity, schema.Mailbox, schema.Workspace}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/members",
	Auth: contract.Session, Needs: access.GrantRead,
	Faults: []fault.Code{page.CodeTogether, "filter_malformed"},
}, list)

// MemberList asks for a page of members.
type MemberList struct {
	Workspace id.Workspace `path:"workspace"`
	Address   string       `query:"address" maxLength:"254" code:"filter_malformed" doc:"What the address begins with."`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with; capitals and accents make no difference."`
	Account   id.Account   `query:"account" doc:"Only who accepted access at this one; somebody with several grants there may stand on two pages. It cannot be used together with name or address."`
	Role      id.Role      `query:"role" doc:"Only who sits in this one, by contact. With account: who has it there. It cannot be used together with name, address or, without account, inviter."`
	Inviter   id.Identity  `query:"inviter" doc:"Only whom this one invited, by when they were last sent to, newest first; somebody who accepted several times may stand on two pages. With account: who was offered access there by this one last. It cannot be used together with name or address."`
	With      string       `query:"with" enum:"access" doc:"Also what each may enter and when they were last in, which costs three more calls."`
	Cursor    page.Cursor  `query:"cursor"`
}

// MemberPage is a page of members. By inviter one query looks at up to 1,000
// accepted invitations, by role at as many seats, some of people who have not come
// yet: a page may hold fewer than 50, even nobody, and still have a next one.
type MemberPage struct {
	Items []MemberItem `json:"items"`
	Next  page.Cursor  `json:"next,omitempty"`
}

// MemberItem is somebody who accepted. Staff who are members as well stand in
// staff/list only.
type MemberItem struct {
	ID          id.Identity `json:"id"`
	Address     string      `json:"address"`
	Name        string      `json:"name"`
	Deactivated bool        `json:"deactivated"`
	Test        bool        `json:"test,omitempty" doc:"A test client."`
	CreatedAt   time.Time   `json:"created_at"`
	// What is asked for by "access".
	Access       []MemberAccess `json:"access,omitempty" doc:"With access only: what they accepted."`
	LastSignInAt time.Time      `json:"last_sign_in_at,omitzero" doc:"With access only: to the day, of the accounts that are shown."`
	More         bool           `json:"more,omitempty" doc:"With access only: they have more accounts than are looked at here, 200 grants a page."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *MemberList) (web.Reply[MemberPage], error) {
	if err := in.one(); err != nil {
		return web.Reply[MemberPage]{}, err
	}
	find := dynamo.Find{Name: in.Name, Address: in.Address, Account: in.Account}
	through := dynamo.Through{Role: in.Role, Inviter: in.Inviter}
	all, next, err := a.Store.Members(ctx, call.Actor.Workspace, find, through, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	out := MemberPage{Items: page.Each(all, item), Next: next}
	if err == nil && in.With == "access" {
		err = enter(ctx, a, call, all, out.Items)
	}
	return web.Reply[MemberPage]{Body: out}, err
}

// one refuses filters that no one query answers.
func (in *MemberList) one() error {
	address, name := page.Filter{Name: "address", Value: in.Address}, page.Filter{Name: "name", Value: in.Name}
	for _, other := range []page.Filter{{Name: "account", Value: string(in.Account)}, {Name: "role", Value: string(in.Role)}, {Name: "inviter", Value: string(in.Inviter)}} {
		if err := page.One(address, name, other); err != nil {
			return err
		}
	}
	if in.Account == "" && in.Role != "" {
		return page.One(page.Filter{Name: "role", Value: string(in.Role)}, page.Filter{Name: "inviter", Value: string(in.Inviter)})
	}
	return nil
}

func item(who identity.Identity) MemberItem {
	return MemberItem{ID: who.ID, Address: string(who.Address), Name: who.Name, Deactivated: !who.Active(), Test: who.Test, CreatedAt: who.CreatedAt}
}
