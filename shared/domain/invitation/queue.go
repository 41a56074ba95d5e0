package invitation

import (
	"time"

	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// Queue foresees when new mails of a workspace will go out: at once, or on a
// later day where the daily cap is reached. It is a forecast: caps are counted
// where mail is claimed (design.md §5).
type Queue struct {
	// Counted is how many mails the workspace has sent today.
	Counted int
	now     time.Time
	zone    *time.Location
	most    int // a day; 0: no cap
	placed  int
	bound   message.Bound
	capped  bool
}

// NewQueue begins the forecast of a workspace at now.
func NewQueue(w workspace.Workspace, now time.Time) *Queue {
	q := &Queue{now: now, zone: time.UTC}
	if zone, err := localtime.Load(w.Settings.Zone); err == nil {
		q.zone = zone
	}
	for _, b := range w.Letter("", message.Invitation, "", "", now).Bounds(now) {
		if b.Counter.Name == dayCounter {
			q.bound, q.capped, q.most = b, true, b.Counter.Most
		}
	}
	return q
}

// dayCounter is what message.Bounds calls the workspace's day.
const dayCounter = "mail.day"

// Bound returns the cap of the workspace's day, whose counter the caller reads
// into Counted; false if there is none.
func (q *Queue) Bound() (message.Bound, bool) { return q.bound, q.capped }

// Next returns when one more mail would go out.
func (q *Queue) Next() time.Time {
	place := q.Counted + q.placed
	q.placed++
	if !q.capped || place < q.most {
		return q.now
	}
	at := q.bound.Opens
	for day := place/q.most - 1; day > 0; day-- {
		at = localtime.StartOfNextDay(at, q.zone)
	}
	return at
}
