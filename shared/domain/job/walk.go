package job

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"portero/shared/domain/change"
)

// Walk is the worker of work that goes through lists, each too long for one step.
// A kind says what the lists are, a Leg each, and what becomes of what they hold:
// it is done in the step that sees it (Seen.Set), or is a line, with an entry of
// its own, that Do decides (Seen.Things).
//
// Where a walk is stands in the job's lines, as Places: whoever takes the job up
// goes on there, and the report counts what is done. What a list holds may change
// meanwhile: whatever is done is decided as things stand then, under their
// versions, and once more does no harm.
type Walk struct {
	// Legs are the lists. The job begins with the places that its maker names
	// (Begin); from there, each leg says which comes after it.
	Legs []Leg
	// Do decides what legs found, as a Worker decides lines; a walk that finds none
	// needs none.
	Do func(ctx context.Context, things []string) ([]Result, error)
	// Wanted reports whether there is anything to walk for still; nil means always.
	// Steps of a walk that nobody wants find nothing.
	Wanted func(ctx context.Context) (bool, error)
}

// Leg is one list of a walk.
type Leg struct {
	Name string
	// Look reads some of the list, from a place on.
	Look func(ctx context.Context, at Place) (Seen, error)
	// Each is the leg that goes through the list that each of Seen.Lists has. It
	// writes nothing, and no other comes after it.
	Each string
	// Then is the leg that begins where this one's list ends; empty: none.
	Then string
	// Last is a leg that begins once nothing that others found is left to do. One way
	// at most leads to it.
	Last bool
}

// Place is where a walk goes on.
type Place struct {
	Leg   string `json:"p"`
	Of    string `json:"a,omitempty"` // whose list it is, of a leg that is an Each
	After string `json:"c,omitempty"` // the cursor
	Round int    `json:"r,omitempty"` // how often the walk went back (Seen.Back)
	// Alone is a place of a Last leg that waits behind all others.
	Alone bool `json:"z,omitempty"`
}

// Seen is what one look at a list came to. Things and Lists together are PageOf at
// most.
type Seen struct {
	Set    change.Set // what is done with what was seen
	Things []string   // what gets a line each
	Lists  []string   // what has a list of its own
	After  string     // where the list goes on; empty: it is at its end
	Again  bool       // what was seen is gone from the list: it is looked at anew
	Back   string     // the leg to go back to; empty: Leg.Then counts
}

const (
	// PageOf is how much one look shows at most.
	PageOf = 200
	// ListsOf is how many things with a list of their own one look shows at most
	// (chosen: as many queries of a few milliseconds are within a step's time).
	ListsOf = 50
	// enough is how many things a step finds before it looks no further: what one
	// more list holds, and the places of the others, are within MaxFound.
	enough = 200
	// maxLooks is how many lists a step looks at before it begins no further page
	// (chosen, as ListsOf).
	maxLooks = 50
)

// Begin are the lines a walk begins with.
func Begin(legs ...string) []Line {
	all := make([]Line, len(legs))
	for n, one := range legs {
		all[n] = Place{Leg: one}.Line()
	}
	return all
}

// Decide decides what was found, or looks further.
func (w Walk) Decide(ctx context.Context, j Job, lines []Line) ([]Result, error) {
	n := slices.IndexFunc(lines, func(l Line) bool { return l.Step })
	if n == 0 {
		return w.find(ctx, j, lines)
	}
	if n < 0 {
		n = len(lines)
	}
	things := make([]string, n)
	for i := range things {
		things[i] = lines[i].Text
	}
	return w.Do(ctx, things)
}

// find takes steps, until one wrote or they found enough.
func (w Walk) find(ctx context.Context, j Job, lines []Line) ([]Result, error) {
	if w.Wanted != nil {
		wanted, err := w.Wanted(ctx)
		if err != nil || !wanted {
			return make([]Result, 1), err
		}
	}
	var all []Result
	l := looking{walk: w}
	for _, line := range lines {
		if !line.Step || l.full() {
			break
		}
		r, err := l.step(ctx, j, line, len(all) == 0)
		if err != nil && len(all) > 0 {
			break // the first of the next step
		}
		if err != nil {
			return nil, err
		}
		if all = append(all, r); !r.Set.Empty() {
			break
		}
	}
	return all, nil
}

// looking is one step's way.
type looking struct {
	walk         Walk
	looks, found int
}

func (l *looking) full() bool { return l.found >= enough || l.looks >= maxLooks }

// errLater is no fault: a Last leg is looked at by itself.
var errLater = fmt.Errorf("job: the last leg is a step of its own")

// step goes from one place on as long as there is nothing to do.
func (l *looking) step(ctx context.Context, j Job, line Line, first bool) (Result, error) {
	var r Result
	at, leg, err := l.walk.at(line)
	if err != nil {
		return r, err
	}
	if leg.Last && !first {
		return r, errLater
	}
	if leg.Last && !(at.Alone && j.Part+1 == j.Parts) {
		at.Alone = true // in a part of its own, behind what has been found by now
		r.Found = append(r.Found, at.Line())
		return r, nil
	}
	for {
		seen, err := l.look(ctx, leg, at, &r)
		if err != nil {
			return r, err
		}
		next, goesOn := at.next(leg, seen)
		if !goesOn {
			return r, nil
		}
		onto, err := l.walk.leg(next.Leg)
		if err != nil {
			return r, err
		}
		if !r.Set.Empty() || len(r.Found) > 0 || onto.Last || l.full() {
			r.Found = append(r.Found, next.Line())
			return r, nil
		}
		at, leg = next, onto
	}
}

// look looks once at a leg's list, and at the lists of what stands there.
func (l *looking) look(ctx context.Context, leg Leg, at Place, r *Result) (Seen, error) {
	seen, err := leg.Look(ctx, at)
	if err != nil {
		return seen, err
	}
	l.looks++
	l.found += len(seen.Things)
	r.Set.Add(seen.Set)
	for _, text := range seen.Things {
		r.Found = append(r.Found, Line{Text: text})
	}
	if len(seen.Lists) == 0 {
		return seen, nil
	}
	each, err := l.walk.leg(leg.Each)
	if err != nil {
		return seen, err
	}
	for _, of := range seen.Lists {
		one := Place{Leg: leg.Each, Of: of}
		if l.found < enough {
			inner, err := l.look(ctx, each, one, r)
			if err != nil {
				return seen, err
			}
			if inner.After == "" {
				continue
			}
			one.After = inner.After
		}
		r.Found = append(r.Found, one.Line())
	}
	return seen, nil
}

// next is where the walk goes on from a place; false if that was its end.
func (at Place) next(leg Leg, seen Seen) (Place, bool) {
	switch {
	case seen.Again:
		return at, true
	case seen.After != "":
		at.After = seen.After
		return at, true
	case seen.Back != "":
		return Place{Leg: seen.Back, Round: at.Round + 1}, true
	}
	return Place{Leg: leg.Then, Round: at.Round}, leg.Then != ""
}

func (w Walk) at(line Line) (Place, Leg, error) {
	at, err := placeOf(line)
	if err != nil {
		return at, Leg{}, err
	}
	leg, err := w.leg(at.Leg)
	return at, leg, err
}

// leg finds one by its name. One that is not there is a later version's.
func (w Walk) leg(name string) (Leg, error) {
	for _, one := range w.Legs {
		if one.Name == name {
			return one, nil
		}
	}
	return Leg{}, fmt.Errorf("job: no leg %q", name)
}

// stored is a place as a line keeps it. Handovers had other names for the same
// before there were walks; while that version may run beside this one, both stand
// there, and either is read.
type stored struct {
	Place
	Stage string `json:"g,omitempty"`
	From  string `json:"f,omitempty"`
}

// Line is the place as a job's line.
func (at Place) Line() Line {
	raw, err := json.Marshal(stored{Place: at, Stage: at.Leg, From: at.After})
	if err != nil {
		panic(err) // words always encode
	}
	return Line{Step: true, Text: string(raw)}
}

func placeOf(l Line) (Place, error) {
	var s stored
	err := json.Unmarshal([]byte(l.Text), &s)
	if s.Leg == "" {
		s.Leg, s.After = s.Stage, s.From
	}
	return s.Place, err
}
