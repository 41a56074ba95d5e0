package directory

import (
	"context"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
)

const (
	// maxWhole is how many lines of a request may stand for all grants of an
	// account: each is at least one query (chosen).
	maxWhole = 100
	// peopleAtOnce is how many entries of an account one query reads (chosen; a
	// link or a grant has half a kilobyte, one answer of DynamoDB a megabyte).
	peopleAtOnce = 500
)

// Pick is a grant that a line of a request names, or why it names none.
type Pick struct {
	Line int
	Key  grant.Key
	Err  error
}

// PickGrants turns lines into the grants they are about: a line without contact
// or portal is about all of the account's that fit. A line that nothing fits is
// refused. lines_missing for no lines; too_many_lines for more than MaxLines grants,
// or for more than 100 lines without contact or portal.
func (d Desk) PickGrants(ctx context.Context, lines []grant.Key) ([]Pick, error) {
	if err := countable(len(lines)); err != nil {
		return nil, err
	}
	whole := map[id.Account][]grant.Grant{}
	open := 0
	var picks []Pick
	for n, k := range lines {
		switch {
		case k.Account.Check() != nil || k.Contact != "" && k.Contact.Check() != nil || k.Portal != "" && k.Portal.Check() != nil:
			picks = append(picks, Pick{Line: n, Key: k, Err: fault.NotYours()})
		case k.Contact != "" && k.Portal != "":
			picks = append(picks, Pick{Line: n, Key: k})
		default:
			if open++; open > maxWhole {
				return nil, ErrLines
			}
			if err := d.grantsAt(ctx, k.Account, whole); err != nil {
				return nil, err
			}
			picks = append(picks, fitting(n, k, whole[k.Account])...)
		}
		if len(picks) > MaxLines {
			return nil, ErrLines
		}
	}
	return picks, nil
}

// fitting are the picks of a line that names no contact or no portal.
func fitting(line int, k grant.Key, all []grant.Grant) []Pick {
	var picks []Pick
	for _, g := range all {
		if (k.Contact == "" || k.Contact == g.Contact) && (k.Portal == "" || k.Portal == g.Portal) {
			picks = append(picks, Pick{Line: line, Key: g.Key()})
		}
	}
	if picks == nil {
		picks = append(picks, Pick{Line: line, Key: k, Err: fault.NotYours()})
	}
	return picks
}

// grantsAt reads all grants of an account, once; one too many is enough to be
// refused.
func (d Desk) grantsAt(ctx context.Context, a id.Account, known map[id.Account][]grant.Grant) error {
	if _, there := known[a]; there {
		return nil
	}
	ask := page.Ask{Oldest: true, Limit: peopleAtOnce, Now: d.Now}
	known[a] = nil
	for {
		_, grants, next, err := d.Store.AccountPeople(ctx, d.ws(), a, ask)
		if err != nil {
			return err
		}
		known[a] = append(known[a], grants...)
		if next == "" || len(known[a]) > MaxLines {
			return nil
		}
		ask.Cursor = next
	}
}
