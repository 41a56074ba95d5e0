package directory

import (
	"context"
	"encoding/json"

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

// begin is the first step; each finds the next.
func (RoleMove) begin() []job.Line { return []job.Line{moveStep{Phase: movesSeats}.line()} }

// Moved and Elsewhere are the verdicts of a grant's line.
const (
	Moved     = "moved"
	Elsewhere = "unchanged" // it had another role by then
)

// The phases of a move, in order.
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
	// accountsAtOnce is how many accounts one step finds (job.MaxFound bounds it).
	accountsAtOnce = 200
	// grantsAtOnce is how many entries of an account one step reads, so that all
	// that it finds fits (job.MaxFound).
	grantsAtOnce = 240
	// maxRounds bounds how often accounts are walked again while the role's count
	// says that a grant was missed: the list of accounts may be seconds behind. What
	// were missed for good follows the mark all the same (chosen).
	maxRounds = 8
)

// moveStep is a line that only finds others.
type moveStep struct {
	Phase   string     `json:"p"`
	Account id.Account `json:"a,omitempty"`
	After   string     `json:"c,omitempty"` // a cursor
	Round   int        `json:"r,omitempty"`
}

func (s moveStep) line() job.Line { return job.Line{Step: true, Text: text(s)} }

// MoveStore is what a Mover reads. Cursors are the store's.
type MoveStore interface {
	Store
	// RoleMark reads a role as it lies there, moved or not.
	RoleMark(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error)
	RoleSeats(ctx context.Context, ws id.Workspace, r id.Role, most int) ([]seat.Seat, error)
	SeatsAt(ctx context.Context, ws id.Workspace, all []seat.Key) (map[seat.Key]seat.Seat, error)
	RoleRequests(ctx context.Context, ws id.Workspace, r id.Role, after string) ([]joinlink.Request, string, error)
	RoleInvitations(ctx context.Context, ws id.Workspace, s invitation.State, r id.Role, after string) ([]invitation.Invitation, string, error)
	Accounts(ctx context.Context, ws id.Workspace, name string, p page.Ask) ([]account.Account, page.Cursor, error)
	AccountPeople(ctx context.Context, ws id.Workspace, a id.Account, p page.Ask) ([]account.Link, []grant.Grant, page.Cursor, error)
}

// Mover decides the lines of a move; Desk is who asked for it.
type Mover struct {
	Store MoveStore
	Desk  Desk
	Move  RoleMove
}

// Decide says what lines come to: one step that may write, some accounts to be
// looked at, or some grants.
func (m Mover) Decide(ctx context.Context, _ job.Job, lines []job.Line) ([]job.Result, error) {
	if !lines[0].Step {
		return m.grants(ctx, lines)
	}
	var results []job.Result
	for found := 0; len(results) < len(lines) && lines[len(results)].Step && found <= job.MaxFound/2; {
		var s moveStep
		if err := json.Unmarshal([]byte(lines[len(results)].Text), &s); err != nil {
			return nil, err
		}
		if s.Phase != movesAccount {
			if len(results) == 0 {
				one, err := m.step(ctx, s)
				return []job.Result{one}, err
			}
			break
		}
		one, err := m.account(ctx, s)
		if err != nil {
			return nil, err
		}
		found += len(one.Found)
		results = append(results, one)
	}
	return results, nil
}

// step does one step of a phase, and finds the next.
func (m Mover) step(ctx context.Context, s moveStep) (job.Result, error) {
	switch s.Phase {
	case movesSeats:
		return m.seats(ctx, s)
	case movesLinks:
		return m.links(ctx, s)
	case movesRequests:
		return m.requests(ctx, s)
	case movesPending:
		return m.invitations(ctx, s, invitation.Pending, movesExpired)
	case movesExpired:
		return m.invitations(ctx, s, invitation.Expired, movesAccounts)
	case movesAccounts:
		return m.accounts(ctx, s)
	}
	return m.end(ctx, s)
}

// on finds the same phase behind a cursor, or the next one.
func (s moveStep) on(r job.Result, after, next string) job.Result {
	if after == "" {
		s.Phase = next
	}
	s.After = after
	r.Found = append(r.Found, s.line())
	return r
}
