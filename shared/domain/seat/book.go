package seat

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/role"
)

// Store is what a Book is opened from.
type Store interface {
	// Seats reads seats, and the roles that the keys name as they are now, with
	// their counts; strongly consistent. A key without contact asks for the role
	// only. Of a role whose users moved on, the seat there is read as well. What is
	// not there is left out.
	Seats(ctx context.Context, ws id.Workspace, keys []Key) (Plan, error)
}

// Plan is what was read of seats.
type Plan struct {
	Roles  map[id.Role]role.Role // by the name it was given: moved ones lead on
	Counts map[id.Role]Count     // of roles as they are now
	Seats  map[Key]Seat
}

// Book is what one request does to seats. It is not safe for concurrent use.
type Book struct {
	plan  Plan
	ws    id.Workspace
	taken map[id.Role]int // beyond the counts, by role as it is now
	pages map[int]*page
}

// page is what must become true together.
type page struct {
	seats map[Key]bool
	moved map[id.Role]int // seats taken, by role as it is now
	named map[id.Role]int // grants, by role as they name it
}

// Open reads what grants need that become those of other roles, or are offered:
// the seats that they may hold now, and those they may take. Keys name the latter.
func Open(ctx context.Context, s Store, ws id.Workspace, grants []grant.Grant, to ...Key) (*Book, error) {
	for _, g := range grants {
		to = append(to, Key{g.Role, g.Contact})
	}
	slices.SortFunc(to, byKey)
	plan, err := s.Seats(ctx, ws, slices.Compact(to))
	if err != nil {
		return nil, err
	}
	return New(ws, plan), nil
}

// New begins a book from what was read.
func New(ws id.Workspace, plan Plan) *Book {
	b := &Book{ws: ws, plan: plan, taken: map[id.Role]int{}, pages: map[int]*page{}}
	b.plan.Seats = maps.Clone(plan.Seats)
	if b.plan.Seats == nil {
		b.plan.Seats = map[Key]Seat{}
	}
	return b
}

// Role returns a role as it is now; false if it is not there.
func (b *Book) Role(one id.Role) (role.Role, bool) {
	r, there := b.plan.Roles[one]
	return r, there
}

// Holding reports whether a grant holds a seat.
func (b *Book) Holding(g grant.Grant) bool {
	_, held := b.held(g)
	return held
}

// held finds the seat that a grant holds: that of its role, or of the role its
// users went to.
func (b *Book) held(g grant.Grant) (Key, bool) {
	for _, r := range []id.Role{g.Role, b.now(g.Role)} {
		if k := (Key{r, g.Contact}); b.plan.Seats[k].Held(g.Account) {
			return k, true
		}
	}
	return Key{}, false
}

// now is what a role is by now; itself if it is not known.
func (b *Book) now(one id.Role) id.Role {
	return cmp.Or(b.plan.Roles[one].ID, one)
}

// Free is how many more may sit in a role, as this book knows it.
func (b *Book) Free(one id.Role) int {
	r := b.plan.Roles[one]
	free := r.Limit()
	if c, there := b.plan.Counts[r.ID]; there {
		free = c.Free
	}
	return free - b.taken[r.ID]
}

// Regrant says that a grant becomes another; live says that it then lets somebody in, or
// is offered by an open invitation. before is the zero grant for a new one. on names the
// set it is for: see Save. no_seat if it needs one and none is free; nothing is changed then.
// A grant that is new, or has another role then, names it as it is now (Role).
func (b *Book) Regrant(on int, before, after grant.Grant, live bool) error {
	at, held := Key{}, false
	if before.Account != "" {
		at, held = b.held(before)
	}
	live = live && !after.Test // a test client takes no seat (row T6)
	to := Key{b.now(after.Role), after.Contact}
	if live == held && (!live || at == to) {
		b.name(on, before, after)
		return nil
	}
	empties := held && len(b.plan.Seats[at].Accounts) == 1
	fills := live && !b.plan.Seats[to].Taken()
	if need := b.need(to.Role, fills, at.Role, empties); need > 0 && b.Free(to.Role) < need {
		return ErrNone
	}
	b.name(on, before, after)
	if held {
		b.put(on, at, b.plan.Seats[at].without(before.Account))
		b.move(on, b.now(at.Role), empties, -1)
	}
	if live {
		b.put(on, to, b.plan.Seats[to].with(after.Account))
		b.move(on, to.Role, fills, 1)
	}
	return nil
}

// need is how many seats of a role are taken that were not taken before.
func (b *Book) need(to id.Role, fills bool, from id.Role, empties bool) int {
	n := 0
	if fills {
		n++
	}
	if empties && b.now(from) == to {
		n--
	}
	return n
}

func (b *Book) put(on int, k Key, s Seat) {
	s.Workspace, s.Role, s.Contact = b.ws, k.Role, k.Contact
	b.plan.Seats[k] = s
	b.page(on).seats[k] = true
}

func (b *Book) move(on int, r id.Role, counts bool, by int) {
	if counts {
		b.page(on).moved[r] += by
		b.taken[r] += by
	}
}

// name counts which roles are named.
func (b *Book) name(on int, before, after grant.Grant) {
	if before.Role == after.Role {
		return
	}
	if before.Account != "" {
		b.page(on).named[before.Role]--
	}
	if after.Account != "" {
		b.page(on).named[after.Role]++
	}
}

func (b *Book) page(on int) *page {
	p, begun := b.pages[on]
	if !begun {
		p = &page{map[Key]bool{}, map[id.Role]int{}, map[id.Role]int{}}
		b.pages[on] = p
	}
	return p
}

// Size is how many items Save will write for a set, at most.
func (b *Book) Size(on int) int {
	p, begun := b.pages[on]
	if !begun {
		return 0
	}
	return len(p.seats) + len(p.roles())
}

// roles are those whose counts may change.
func (p *page) roles() []id.Role {
	all := slices.AppendSeq(slices.Collect(maps.Keys(p.moved)), maps.Keys(p.named))
	slices.Sort(all)
	return slices.Compact(all)
}

// Save adds what was said of one set to it: each seat once, and each role's count once.
func (b *Book) Save(on int, set *change.Set) {
	p, begun := b.pages[on]
	if !begun {
		return
	}
	delete(b.pages, on)
	for _, k := range slices.SortedFunc(maps.Keys(p.seats), byKey) {
		if s := b.plan.Seats[k]; s.Version == 0 {
			set.Insert(s)
		} else {
			set.Replace(s)
		}
	}
	for _, r := range p.roles() {
		if by, named := p.moved[r], p.named[r]; by != 0 || named != 0 {
			set.Raise(Change{Workspace: b.ws, Role: r, Used: by, Grants: named, Limit: b.plan.Roles[r].Limit()})
		}
	}
}

func byKey(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Contact, b.Contact))
}
