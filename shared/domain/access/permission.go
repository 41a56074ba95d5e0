package access

import (
	"maps"
	"slices"
	"strings"
)

// Permission is something a row of the contract asks for.
type Permission string

// The permissions. Each is asked for by at least one row and held in the table
// below; a test counts both.
const (
	WorkspaceRead   Permission = "workspace.read"
	WorkspaceChange Permission = "workspace.change"
	StaffRead       Permission = "staff.read"
	StaffManage     Permission = "staff.manage"
	AccountRead     Permission = "account.read"
	AccountManage   Permission = "account.manage"
	ContactRead     Permission = "contact.read"
	ContactManage   Permission = "contact.manage"
	PortalRead      Permission = "portal.read"
	PortalManage    Permission = "portal.manage"
	RoleRead        Permission = "role.read"
	RoleManage      Permission = "role.manage"
	GrantRead       Permission = "grant.read"
	GrantManage     Permission = "grant.manage"
	InvitationRead  Permission = "invitation.read"
	InvitationSend  Permission = "invitation.send" // create, resend, correct, cancel, copy the link
	JobRead         Permission = "job.read"
	JoinLinkRead    Permission = "joinlink.read"
	JoinLinkManage  Permission = "joinlink.manage"
	AuditRead       Permission = "audit.read"
	AuditExport     Permission = "audit.export"
	APIKeyManage    Permission = "apikey.manage"
	ColleagueInvite Permission = "colleague.invite" // a client, people of their own account (row T14)
	OwnProfile      Permission = "own.profile"      // any signed-in person, about themselves
	OwnSessions     Permission = "own.sessions"     // any signed-in person, about themselves
	OwnLeave        Permission = "own.leave"        // anybody of staff, about themselves
	OwnEntry        Permission = "own.entry"        // any signed-in person, even one who owes something: what ends that, who they are, signing out
)

// holder says who holds a permission.
type holder struct {
	Admin, Member, Client bool
	// MemberIf marks what members of staff hold only while the workspace's
	// switch "members invite" is on (rows F7, Z18); the domain checks it.
	MemberIf bool
	// ByRole marks what the role of a client's grant decides (rows F3, Z3);
	// Client is then what a role has that says nothing of it.
	ByRole bool
}

// table pairs each permission with its holders (features.md rows F7, Z18).
var table = map[Permission]holder{
	WorkspaceRead:   {Admin: true, Member: true},
	WorkspaceChange: {Admin: true},
	StaffRead:       {Admin: true, Member: true},
	StaffManage:     {Admin: true},
	AccountRead:     {Admin: true, Member: true},
	AccountManage:   {Admin: true},
	ContactRead:     {Admin: true, Member: true},
	ContactManage:   {Admin: true},
	PortalRead:      {Admin: true, Member: true},
	PortalManage:    {Admin: true},
	RoleRead:        {Admin: true, Member: true},
	RoleManage:      {Admin: true},
	GrantRead:       {Admin: true, Member: true},
	GrantManage:     {Admin: true},
	InvitationRead:  {Admin: true, Member: true},
	InvitationSend:  {Admin: true, MemberIf: true},
	JobRead:         {Admin: true, Member: true},
	JoinLinkRead:    {Admin: true, Member: true},
	JoinLinkManage:  {Admin: true},
	AuditRead:       {Admin: true},
	AuditExport:     {Admin: true},
	APIKeyManage:    {Admin: true},
	ColleagueInvite: {ByRole: true},
	OwnProfile:      {Admin: true, Member: true, Client: true, ByRole: true},
	OwnSessions:     {Admin: true, Member: true, Client: true},
	OwnLeave:        {Admin: true, Member: true},
	OwnEntry:        {Admin: true, Member: true, Client: true},
}

// May reports whether the actor holds p. For what members of staff hold only
// by a workspace switch it says yes and the domain decides with MembersInvite.
func May(a Actor, p Permission) bool {
	h, known := table[p]
	switch {
	case !known:
		return false
	case a.Kind == Key && (!Delegable(p) || !a.Scopes.Has(p)):
		return false
	case a.Kind != Key && (a.Kind != Person || a.Owes != "" && p != OwnEntry):
		return false
	}
	switch a.Level {
	case Admin:
		return h.Admin
	case Member:
		return h.Member || h.MemberIf
	}
	return !a.Grant.Zero() && h.holds(a.Role, p)
}

// holds reports whether a client holds p whose role says this.
func (h holder) holds(says map[Permission]bool, p Permission) bool {
	if said, ok := says[p]; ok && h.ByRole {
		return said
	}
	return h.Client
}

// ByRole returns, in one order, the permissions that a role decides: the closed
// list of what may be granted to clients and taken away.
func ByRole() []Permission {
	var all []Permission
	for p, h := range table {
		if h.ByRole {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return all
}

// Held returns, in one order, those of ByRole that a role comes to which says
// this.
func Held(says map[Permission]bool) []Permission {
	return slices.DeleteFunc(ByRole(), func(p Permission) bool { return !table[p].holds(says, p) })
}

// Delegable reports whether an API key may hold p: not what is about oneself, and
// not making keys, so that one that leaked makes no others.
func Delegable(p Permission) bool {
	h, known := table[p]
	return known && !h.Client && !h.ByRole && p != APIKeyManage && p != OwnLeave
}

// Grantable are the permissions that the actor may give an API key, sorted.
func Grantable(a Actor) []Permission {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(table)), func(p Permission) bool { return !Delegable(p) || !May(a, p) })
}

// Scopes are the permissions of an API key, apart by spaces.
type Scopes string

// ScopesOf joins permissions.
func ScopesOf(all []Permission) Scopes {
	var s Scopes
	for _, p := range all {
		s += Scopes(p) + " "
	}
	return s
}

// Has reports whether p is one of them.
func (s Scopes) Has(p Permission) bool { return strings.Contains(" "+string(s), " "+string(p)+" ") }

// NeedsSwitch reports whether the actor holds p only while the workspace lets
// members invite.
func NeedsSwitch(a Actor, p Permission) bool {
	h := table[p]
	return a.Level == Member && h.MemberIf && !h.Member
}

// Permissions returns every permission of the table, for tests and documents.
func Permissions() []Permission {
	all := make([]Permission, 0, len(table))
	for p := range table {
		all = append(all, p)
	}
	return all
}
