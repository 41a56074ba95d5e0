package message

import (
	"slices"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// JobDigest names the due partition of notes.
const JobDigest = "digest"

// Note is a notice to somebody of staff who hears of answers once a day: it takes
// the place of the message, and waits for the day's digest among the messages.
type Note struct {
	ID        id.Message   `json:"id"`
	Workspace id.Workspace `json:"ws"`
	To        id.Identity  `json:"reader"`
	About     []Section    `json:"about"`
	Due       time.Time    `json:"note_due"`
	CreatedAt time.Time    `json:"created_at"`
	Version   int          `json:"v"`
}

// Section is what a digest says of one kind of notice.
type Section struct {
	Kind  Kind            `json:"k"`
	Count int             `json:"n"`
	First []email.Address `json:"a"` // whom they were about: at most namedInDigest
}

// namedInDigest is how many of each kind a digest names; the others are counted,
// and stand in the console (chosen: a mail that is read on a phone).
const namedInDigest = 10

// Gathers reports whether notices of this kind can wait for a digest. Requests
// for a new link or for approval cannot: somebody waits for an answer.
func (k Kind) Gathers() bool { return slices.Contains(gathered, k) }

// gathered are those kinds, in the order that a digest shows them.
var gathered = []Kind{Accepted, Declined, Bounce, ExpiryNotice}

// Note is the notice as it waits for a reader's digest.
func (m Message) Note(to id.Identity, due time.Time) Note {
	about := Section{Kind: m.Kind, Count: 1, First: []email.Address{email.Address(m.Model.Subject)}}
	return Note{ID: m.ID, Workspace: m.Workspace, To: to, About: []Section{about}, Due: due, CreatedAt: m.CreatedAt}
}

// Fold is a note that says what several say.
func (n Note) Fold(others ...Note) Note {
	about := map[Kind]Section{}
	for _, one := range append([]Note{n}, others...) {
		for _, s := range one.About {
			sum := about[s.Kind]
			sum.Kind, sum.Count = s.Kind, sum.Count+s.Count
			sum.First = append(slices.Clip(sum.First), s.First...)
			sum.First = sum.First[:min(len(sum.First), namedInDigest)]
			about[s.Kind] = sum
		}
	}
	n.About = nil
	for _, k := range gathered {
		if s, there := about[k]; there {
			n.About = append(n.About, s)
		}
	}
	return n
}

// DigestOf names the digest of a reader's day, so that there can be only one.
func DigestOf(ws id.Workspace, to id.Identity, day string) id.Message {
	return id.Named[id.Message](string(ws), string(to), "digest", day)
}
