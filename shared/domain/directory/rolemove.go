package directory

import (
	"context"
	"encoding/json"
	"time"

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

func (m Mover) ask(after string, most int) page.Ask {
	// A cursor of a step never leaves here, so that none is ever too old.
	return page.Ask{Cursor: page.Cursor(after), Oldest: true, Limit: most, Now: time.Unix(0, 0)}
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

// seats gives each contact the seat they had, in the role they have now. Who sat in
// both gives one back.
func (m Mover) seats(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	left, err := m.Store.RoleSeats(ctx, m.Desk.ws(), m.Move.From, seatsAtOnce)
	if err != nil {
		return r, err
	}
	there, err := m.Store.SeatsAt(ctx, m.Desk.ws(), page.Each(left, func(s seat.Seat) seat.Key { return seat.Key{Role: m.Move.To, Contact: s.Contact} }))
	if err != nil {
		return r, err
	}
	to, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.To)
	if err != nil {
		return r, err
	}
	twice := 0
	for _, from := range left {
		r.Set.Remove(from)
		if !from.Taken() {
			continue
		}
		joined, both := there[seat.Key{Role: m.Move.To, Contact: from.Contact}].Join(from)
		if both {
			twice++
		}
		if joined.Version > 0 {
			r.Set.Replace(joined)
			continue
		}
		joined.Workspace, joined.Role, joined.Contact = m.Desk.ws(), m.Move.To, from.Contact
		r.Set.Insert(joined)
	}
	if twice > 0 {
		r.Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.To, Used: -twice, Limit: to.Limit()})
	}
	if len(left) == seatsAtOnce {
		r.Found = append(r.Found, s.line()) // those are gone from there
		return r, nil
	}
	return s.on(r, "", movesLinks), nil
}

func (m Mover) links(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleLinks(ctx, m.Desk.ws(), m.Move.From, s.After)
	for _, l := range all {
		l.Role = m.Move.To
		r.Set.Replace(l)
	}
	return s.on(r, next, movesRequests), err
}

func (m Mover) requests(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleRequests(ctx, m.Desk.ws(), m.Move.From, s.After)
	for _, one := range all {
		one.Role = m.Move.To
		r.Set.Replace(one)
	}
	return s.on(r, next, movesPending), err
}

func (m Mover) invitations(ctx context.Context, s moveStep, state invitation.State, then string) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleInvitations(ctx, m.Desk.ws(), state, m.Move.From, s.After)
	for _, i := range all {
		i.Grants = append([]invitation.Offer{}, i.Grants...)
		for n := range i.Grants {
			if i.Grants[n].Role == m.Move.From {
				i.Grants[n].Role = m.Move.To
			}
		}
		r.Set.Replace(i)
	}
	return s.on(r, next, then), err
}

func (m Mover) accounts(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.Accounts(ctx, m.Desk.ws(), "", m.ask(s.After, accountsAtOnce))
	for _, a := range all {
		r.Found = append(r.Found, moveStep{Phase: movesAccount, Account: a.ID}.line())
	}
	if next == "" {
		s.Round++
	}
	return s.on(r, string(next), movesEnd), err
}

// account finds the grants of one account that name the role.
func (m Mover) account(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	_, all, next, err := m.Store.AccountPeople(ctx, m.Desk.ws(), s.Account, m.ask(s.After, grantsAtOnce))
	for _, g := range all {
		if g.Role == m.Move.From {
			r.Found = append(r.Found, job.Line{Text: text(g.Key())})
		}
	}
	if s.After = string(next); next != "" {
		r.Found = append(r.Found, s.line())
	}
	return r, err
}

// grants gives grants the role that their holders have had since the move.
func (m Mover) grants(ctx context.Context, lines []job.Line) ([]job.Result, error) {
	var all []grant.Key
	for _, l := range lines {
		if l.Step {
			break
		}
		var k grant.Key
		if err := json.Unmarshal([]byte(l.Text), &k); err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	held, err := m.Store.Grants(ctx, m.Desk.ws(), all)
	if err != nil {
		return nil, err
	}
	to, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.To)
	if err != nil {
		return nil, err
	}
	results := make([]job.Result, len(all))
	done := map[grant.Key]bool{}
	for n, k := range all {
		results[n].Entry = job.Entry{Verdict: Elsewhere, Account: k.Account, Contact: k.Contact}
		before := held[k]
		if before.Role != m.Move.From || done[k] {
			continue
		}
		done[k] = true
		g := inRole(before, m.Move.To).after
		results[n].Verdict = Moved
		results[n].Set.Replace(g)
		results[n].Set.Insert(m.Desk.differs(before, g))
		results[n].Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.From, Grants: -1})
		results[n].Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.To, Grants: 1, Limit: to.Limit()})
	}
	return results, nil
}

// end ends the move once no grant names the role. Lines that were found by the last
// accounts stand behind this step: it is done again behind them, and the accounts are
// walked again if that was not all.
func (m Mover) end(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	counts, err := m.Store.SeatCounts(ctx, m.Desk.ws(), []id.Role{m.Move.From})
	if err != nil {
		return r, err
	}
	if counts[m.Move.From].Grants > 0 && s.Round < maxRounds {
		if s.Round%2 == 1 {
			s.Round++
		} else {
			s.Phase = movesAccounts
		}
		r.Found = append(r.Found, s.line())
		return r, nil
	}
	mark, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.From)
	if err != nil {
		return r, err
	}
	mark.Job = ""
	r.Set.Replace(mark)
	// Those that moved here before go straight on, so that no way grows long.
	before, err := m.Store.RolesMovedTo(ctx, m.Desk.ws(), m.Move.From)
	for _, one := range before[:min(len(before), seatsAtOnce)] {
		one.Moved = m.Move.To
		r.Set.Replace(one)
	}
	return r, err
}
