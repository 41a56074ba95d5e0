package dynamo

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/id"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/dynamo/schema"
)

// Seats reads seats, and the roles that the keys name as they are now, with
// their counts; strongly consistent, in one batch for a hundred of them and one
// more for each step that a role has moved. A key without contact asks for the
// role only.
func (s *Store) Seats(ctx context.Context, ws id.Workspace, wanted []seat.Key) (seat.Plan, error) {
	plan := seat.Plan{Roles: map[id.Role]role.Role{}, Counts: map[id.Role]seat.Count{}, Seats: map[seat.Key]seat.Seat{}}
	named := map[id.Role][]id.Role{} // by a role to be read: what it was called by who asked
	for _, k := range wanted {
		if len(named[k.Role]) == 0 {
			named[k.Role] = []id.Role{k.Role}
		}
	}
	for step := 0; len(named) > 0; step++ {
		if step == maxMoves {
			return plan, fmt.Errorf("dynamo: a role moved %d times", step)
		}
		var r reading
		roles := slices.Sorted(maps.Keys(named)) // the same question is the same call
		var seats []seat.Key
		for _, k := range wanted {
			for _, one := range roles {
				if k.Contact != "" && slices.Contains(named[one], k.Role) {
					seats = append(seats, seat.Key{Role: one, Contact: k.Contact})
				}
			}
		}
		there := want[id.Role, role.Role](&r, roles, func(o id.Role) keys { return roleKeys(ws, o) })
		counts := want[id.Role, seat.Count](&r, roles, func(o id.Role) keys { return seatCountKeys(ws, o) })
		sat := want[seat.Key, seat.Seat](&r, seats, func(k seat.Key) keys { return seatKeys(ws, k) })
		found, err := s.batch(ctx, r.places)
		if err != nil {
			return plan, err
		}
		for _, fill := range r.fill {
			if err := fill(found); err != nil {
				return plan, err
			}
		}
		for k, one := range sat {
			plan.Seats[k] = one
		}
		next := map[id.Role][]id.Role{}
		for one, known := range there {
			if known.Deleted {
				continue
			}
			if known.Moved != "" {
				next[known.Moved] = append(next[known.Moved], named[one]...)
				continue
			}
			for _, name := range append(named[one], one) {
				plan.Roles[name] = known
			}
			if c, counted := counts[one]; counted {
				plan.Counts[one] = c
			}
		}
		named = next
	}
	return plan, nil
}

// maxMoves bounds how often a role's users were moved on, each time by deleting
// the role they had come to (chosen; the rewriting behind shortens the way).
const maxMoves = 50

// SeatCounts reads the counts of roles that somebody has sat in.
func (s *Store) SeatCounts(ctx context.Context, ws id.Workspace, all []id.Role) (map[id.Role]seat.Count, error) {
	return many[id.Role, seat.Count](ctx, s, all, func(r id.Role) keys { return seatCountKeys(ws, r) })
}

// raiseSeats adds to a role's count where it lies: while as many seats are free
// as are taken, and the role's users have not moved on, unless grants only leave it.
func (s *Store) raiseSeats(f family, key Item, c seat.Change) types.TransactWriteItem {
	limit := c.Limit
	takes := c.Used - c.Free // of the free ones
	condition := "attribute_not_exists(moved)"
	if c.Leaves() {
		condition = "attribute_exists(pk)"
	}
	values := Item{":used": number(c.Used), ":takes": number(takes), ":grants": number(c.Grants), ":limit": number(limit), ":zero": number(0), ":one": number(1),
		":role": text(string(c.Role)), ":kind": text(string(schema.Seat)), ":ws": text(string(c.Workspace))}
	if takes > 0 {
		condition += " AND (#free >= :takes"
		if takes <= limit {
			condition += " OR attribute_not_exists(#free)"
		}
		condition += ")"
	}
	return types.TransactWriteItem{Update: &types.Update{
		TableName: s.table(f.table), Key: key,
		UpdateExpression: aws.String("SET #free = if_not_exists(#free, :limit) - :takes, #used = if_not_exists(#used, :zero) + :used, " +
			"#grants = if_not_exists(#grants, :zero) + :grants, #v = if_not_exists(#v, :zero) + :one, #role = :role, #kind = :kind, #ws = :ws"),
		ConditionExpression:       aws.String(condition),
		ExpressionAttributeNames:  map[string]string{"#v": versionAttr, "#used": "used", "#free": "free", "#grants": "grants", "#role": "role", "#kind": schema.KindAttr, "#ws": "ws"},
		ExpressionAttributeValues: values,
	}}
}
