package directory

import (
	"context"

	"portero/shared/domain/account"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
)

// RoleMoveKind is the kind of bulk work that rewrites behind a role that was
// deleted and whose users moved (design.md §6): seats, join links, requests and
// invitations by what names the role, then the grants, account by account. Nobody
// waits for it: every reader follows the mark.
const RoleMoveKind job.Kind = "role_move"

// RoleMove is which role's users went where.
type RoleMove struct {
	From id.Role `json:"from"`
	To   id.Role `json:"to"`
}

// Text is the move as a job keeps it.
func (m RoleMove) Text() string { return text(m) }

// begin is where a move begins.
func (RoleMove) begin() []job.Line { return job.Begin(movesSeats) }

// Moved is the verdict of a grant that got the other role; Unchanged, of one that
// had another by then.
const Moved = "moved"

// The legs of a move, in order.
const (
	movesSeats    = "seats"
	movesLinks    = "links"
	movesRequests = "requests"
	movesPending  = "pending" // invitations
	movesExpired  = "expired" // that may be sent again
	movesAccounts = "accounts"
	movesAccount  = "account" // the grants of one
	movesEnd      = "end"
)

const (
	// seatsAtOnce is how many seats one step moves: two writes each.
	seatsAtOnce = 30
	// maxRounds bounds how often accounts are walked again while the role's count
	// says that a grant was missed: the list of accounts may be seconds behind. What
	// were missed for good follows the mark all the same (chosen).
	maxRounds = 4
)

// MoveStore is what a move reads beyond the desk's. Cursors are the store's.
type MoveStore interface {
	Store
	Accounts(ctx context.Context, ws id.Workspace, name string, p page.Ask) ([]account.Account, page.Cursor, error)
	// RoleMark reads a role as it lies there, moved or not.
	RoleMark(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error)
	RoleSeats(ctx context.Context, ws id.Workspace, r id.Role, most int) ([]seat.Seat, error)
	SeatsAt(ctx context.Context, ws id.Workspace, all []seat.Key) (map[seat.Key]seat.Seat, error)
	RoleRequests(ctx context.Context, ws id.Workspace, r id.Role, after string) ([]joinlink.Request, string, error)
	RoleInvitations(ctx context.Context, ws id.Workspace, s invitation.State, r id.Role, after string) ([]invitation.Invitation, string, error)
	RoleGrants(ctx context.Context, ws id.Workspace, a id.Account, r id.Role, p page.Ask) ([]grant.Grant, page.Cursor, error)
}

// Walk is the way through what names the role; d is who deleted it.
func (m RoleMove) Walk(store WalkStore, d Desk, _ job.Job) job.Walk {
	v := mover{store: store, desk: d, move: m}
	return job.Walk{Do: v.grants, Legs: []job.Leg{
		{Name: movesSeats, Look: v.seats, Then: movesLinks},
		{Name: movesLinks, Look: v.links, Then: movesRequests},
		{Name: movesRequests, Look: v.requests, Then: movesPending},
		{Name: movesPending, Look: v.invitations(invitation.Pending), Then: movesExpired},
		{Name: movesExpired, Look: v.invitations(invitation.Expired), Then: movesAccounts},
		{Name: movesAccounts, Look: d.everyAccount(store), Each: movesAccount, Then: movesEnd},
		{Name: movesAccount, Look: v.account},
		{Name: movesEnd, Look: v.end, Last: true},
	}}
}

// mover does one step of a move.
type mover struct {
	store MoveStore
	desk  Desk
	move  RoleMove
}
