package change

// Record is an aggregate, or an entry of one, as the domain holds it: a struct
// of one of the domain's packages. The store knows each by its type and
// refuses one it does not know.
type Record any

// Op says what must happen to a record.
type Op uint8

// The operations. Each carries its condition: an insert that nothing is there,
// a replace and a remove that the version is still the one that was read.
const (
	Insert Op = iota
	Replace
	Remove
	Raise // a number goes up by one where it lies, while its own bound allows it
)

// Write is one record's part of a Set.
type Write struct {
	Op     Op
	Record Record
	// Conflict is returned instead of fault.Stale when the condition fails,
	// for the caller to act on: "this name is taken". Nil means the request
	// is run again.
	Conflict error
}

// Set is what must become true together, or not at all.
type Set struct {
	Writes []Write
}

// Insert adds a record that must not exist yet.
func (s *Set) Insert(r Record) { s.Writes = append(s.Writes, Write{Op: Insert, Record: r}) }

// InsertOr adds a record that must not exist yet, else conflict is returned.
func (s *Set) InsertOr(r Record, conflict error) {
	s.Writes = append(s.Writes, Write{Op: Insert, Record: r, Conflict: conflict})
}

// Replace changes a record that was read; the store raises its version.
func (s *Set) Replace(r Record) { s.Writes = append(s.Writes, Write{Op: Replace, Record: r}) }

// Remove deletes a record that was read.
func (s *Set) Remove(r Record) { s.Writes = append(s.Writes, Write{Op: Remove, Record: r}) }

// Raise counts one more of what many may count at once: the record names the
// number and its bound, and need not have been read at its latest.
func (s *Set) Raise(r Record) { s.Add(Set{Writes: []Write{{Op: Raise, Record: r}}}) }

// Sum is a record to raise, of which two in one set are one: one transaction takes
// an item once.
type Sum interface {
	// Plus is both as one; false if the other is about something else.
	Plus(other Record) (Record, bool)
}

// Add appends another set; what both raise is raised once, by both.
func (s *Set) Add(other Set) {
	for _, w := range other.Writes {
		if !s.sums(w) {
			s.Writes = append(s.Writes, w)
		}
	}
}

func (s *Set) sums(w Write) bool {
	one, ok := w.Record.(Sum)
	if !ok || w.Op != Raise {
		return false
	}
	for n, there := range s.Writes {
		if there.Op != Raise {
			continue
		}
		if sum, same := one.Plus(there.Record); same {
			s.Writes[n].Record = sum
			return true
		}
	}
	return false
}

// Empty reports whether there is nothing to do.
func (s Set) Empty() bool { return len(s.Writes) == 0 }
