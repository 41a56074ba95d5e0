package directory

import (
	"context"
	"slices"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/role"
)

const (
	// maxOfOne is how many grants of one person change in one transaction: two
	// writes each and the person, within 98 (see maxWrites); five each where seats
	// may move: two seats and an invitation more, and the counts of two roles.
	maxOfOne       = 48
	maxOfOneSeated = 18
)

// Switches are what many grants may be given at once (rows T2, Z12); nil leaves
// as it is.
type Switches struct {
	SignIn, Notify, EmailSync *bool
	Role                      *id.Role
}

// ErrNoSwitch says that a request changes nothing.
var ErrNoSwitch = fault.On("sign_in", "nothing_to_change", "Say at least one of sign_in, notify, email_sync and role.")

// ChangeGrants gives many grants the same switches or role, each with an outcome
// of its own. What ends a person's sessions is written with them: grants of one
// person are in one group, and wait for each other where they are too many.
// role_unknown if the workspace has no such role, and of a line if it is another
// portal's; nothing_to_change.
func (d Desk) ChangeGrants(ctx context.Context, all []grant.Key, s Switches) ([]Outcome, []Group, error) {
	if s == (Switches{}) {
		return nil, nil, ErrNoSwitch
	}
	var to role.Role
	if s.Role != nil {
		var err error
		if to, err = d.Store.Role(ctx, d.ws(), *s.Role); err != nil {
			return nil, nil, unknown(err, role.ErrUnknown)
		}
		s.Role = &to.ID // its users may have moved on
	}
	held, err := d.Store.Grants(ctx, d.ws(), all)
	if err != nil {
		return nil, nil, err
	}
	people, err := d.leaving(ctx, held, s)
	if err != nil {
		return nil, nil, err
	}
	r := regrants{desk: d, to: to, switches: s, people: people, held: held, seen: map[grant.Key]bool{}, of: map[id.Identity]int{}}
	if err := r.reserve(ctx); err != nil {
		return nil, nil, err
	}
	if err := r.send(ctx, all); err != nil {
		return nil, nil, err
	}
	outcomes := make([]Outcome, len(all))
	for n, k := range all {
		outcomes[n] = r.line(n, k)
	}
	for n := range r.groups {
		r.seats.save(n, &r.groups[n].Set)
	}
	return outcomes, append(r.groups, r.let.groups...), nil
}

// send invites those whom the switches let in, as far as the workspace does.
func (r *regrants) send(ctx context.Context, all []grant.Key) error {
	changes := make([]regranted, len(all))
	for n, k := range all {
		if g, there := r.held[k]; there && (r.switches.Role == nil || g.Portal == r.to.Portal) {
			changes[n] = regranted{g, r.switches.on(g)}
		}
	}
	var err error
	r.let, err = r.desk.sends(ctx, changes)
	return err
}

// reserve reads the seats that may move.
func (r *regrants) reserve(ctx context.Context) error {
	var all []regranted
	for _, before := range r.held {
		all = append(all, regranted{before, r.switches.on(before)})
	}
	var err error
	r.seats, err = r.desk.seating(ctx, all...)
	return err
}

// leaving reads the people whose sessions some of the grants may end.
func (d Desk) leaving(ctx context.Context, held map[grant.Key]grant.Grant, s Switches) (map[id.Identity]identity.Identity, error) {
	var who []id.Identity
	for _, g := range held {
		if g.Identity != "" && endsSessions(g, s.on(g)) {
			who = append(who, g.Identity)
		}
	}
	if len(who) == 0 {
		return nil, nil
	}
	slices.Sort(who)
	return d.Store.Identities(ctx, d.ws(), slices.Compact(who))
}

// on puts the switches onto a grant.
func (s Switches) on(g grant.Grant) grant.Grant {
	put(&g.SignIn, s.SignIn)
	put(&g.Notify, s.Notify)
	put(&g.EmailSync, s.EmailSync)
	put(&g.Role, s.Role)
	return g
}

// endsSessions reports whether what a grant becomes ends the sessions of whoever
// holds it (design.md §5).
func endsSessions(before, g grant.Grant) bool {
	return g.Role != before.Role || before.SignIn && !g.SignIn
}

// regrants is a request under way.
type regrants struct {
	desk     Desk
	to       role.Role
	switches Switches
	people   map[id.Identity]identity.Identity
	held     map[grant.Key]grant.Grant
	seen     map[grant.Key]bool
	groups   []Group
	of       map[id.Identity]int // a person's group
	seats    seating             // a page for each group
	let      letIn
}

// line decides one line and puts what it writes into its group.
func (r *regrants) line(n int, k grant.Key) Outcome {
	before, there := r.held[k]
	switch {
	case r.seen[k]:
		return Outcome{Err: ErrTwice}
	case !there:
		return Outcome{Err: fault.NotYours()}
	case r.switches.Role != nil && before.Portal != r.to.Portal:
		return Outcome{Err: role.ErrUnknown}
	}
	r.seen[k] = true
	g := r.switches.on(before)
	entry := r.desk.differs(before, g)
	if g == before {
		return Outcome{}
	}
	if _, sent := r.let.sent(k); sent {
		return Outcome{Changed: true, Sent: true}
	}
	if r.let.contacts[k.Contact] { // whose seat the one that is sent may take
		r.groups = append(r.groups, Group{Lines: []int{n}, Later: true})
		return Outcome{Changed: true}
	}
	who, known := r.people[g.Identity]
	ends := known && endsSessions(before, g)
	at, begun := r.of[who.ID]
	if !ends || !begun {
		at, begun = len(r.groups), false
	}
	most := maxOfOne
	if r.seats.book != nil {
		most = maxOfOneSeated
	}
	if begun && len(r.groups[at].Lines) == most {
		r.groups = append(r.groups, Group{Lines: []int{n}, Later: true})
		return Outcome{Changed: true}
	}
	guard, err := r.seats.move(at, regranted{before, g})
	if err != nil {
		return Outcome{Err: err}
	}
	if !begun {
		r.groups = append(r.groups, Group{})
	}
	group := &r.groups[at]
	group.Lines = append(group.Lines, n)
	group.Set.Replace(g)
	group.Set.Insert(entry)
	if guard.ID != "" {
		group.Set.Replace(guard)
	}
	if ends && !begun {
		r.of[who.ID] = at
		group.Set.Replace(who.EndSessions())
	}
	return Outcome{Changed: true, Unsent: r.let.refused(k)}
}
