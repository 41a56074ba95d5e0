package localtime

import (
	"errors"
	"fmt"
	"time"
)

// maxReminders and maxReminderDay bound a plan: no more than ten mails, none after the longest validity. Chosen; no
// evidence.
const (
	maxReminders   = 10
	maxReminderDay = maxValidityDays
)

// Plan is when somebody who has not answered is reminded: Days[i] days after sending, at local wall time At. No days,
// no reminders.
type Plan struct {
	Days []int `json:"days"`
	At   Clock `json:"at"`
}

// Slot is one reminder that is due: the Number-th (from 1) of the plan, at instant At, UTC. Number does not move when
// another slot is dropped: "no slot twice" is kept by it.
type Slot struct {
	Number int
	At     time.Time
}

// DefaultPlan returns 3, 7 and 12 days at 09:00 (product rule: design.md §5 "Local time").
func DefaultPlan() Plan {
	return Plan{Days: []int{3, 7, 12}, At: Clock{Hour: 9}}
}

// Validate refuses, with an error whose field At names, more than 10 days, days outside 1
// to 365 or not strictly ascending, and a wall time that no clock shows.
func (p Plan) Validate() error {
	if len(p.Days) > maxReminders {
		return wrong("days", fmt.Errorf("at most %d reminders", maxReminders))
	}
	previous := 0
	for _, days := range p.Days {
		if days < 1 || days > maxReminderDay {
			return wrong("days", fmt.Errorf("each must be 1 to %d", maxReminderDay))
		}
		if days <= previous {
			return wrong("days", errors.New("must be strictly ascending"))
		}
		previous = days
	}
	if err := p.At.Validate(); err != nil {
		return wrong("at", err)
	}
	return nil
}

// Slots returns the reminders of one invitation, ascending, for a valid plan and policy: each on its local day, moved
// to the next working day and then out of quiet hours if need be, none before sentAt, and only those before (not at)
// expiresAt. There is never more than one on a local date: of those that are moved onto one day the first in the plan
// stays and the others are dropped. A slot whose wall time a clock change skips is at the first instant after the gap
// that the policy allows.
func (p Plan) Slots(sentAt, expiresAt time.Time, zone *time.Location, pol Policy) []Slot {
	var slots []Slot
	var last Date
	sent := DateOf(sentAt, zone)
	for i, days := range p.Days {
		at := pol.place(sentAt, sent.AddDays(days), p.At, zone)
		if !at.Before(expiresAt) {
			break // later days are placed no earlier
		}
		if date := DateOf(at, zone); date.After(last) {
			slots, last = append(slots, Slot{Number: i + 1, At: at}), date
		}
	}
	return slots
}

// Next returns the first of Slots that is after (not at) after, and whether there is one.
func (p Plan) Next(sentAt, after, expiresAt time.Time, zone *time.Location, pol Policy) (Slot, bool) {
	for _, slot := range p.Slots(sentAt, expiresAt, zone, pol) {
		if slot.At.After(after) {
			return slot, true
		}
	}
	return Slot{}, false
}

// place returns the instant of a reminder wanted at clock on date: moved to a working day, then to the end of quiet
// hours (moved to a working day again if that end is on the next day), and not before earliest.
func (pol Policy) place(earliest time.Time, date Date, clock Clock, zone *time.Location) time.Time {
	date = pol.workday(date)
	if pol.quietAt(clock) {
		if clock.seconds() >= pol.QuietTo.seconds() {
			date = date.AddDays(1)
		}
		clock = pol.QuietTo
	}
	for {
		at := pol.NextAllowed(resolveFrom(earliest, date, clock, zone), zone)
		landed := DateOf(at, zone)
		if pol.works(landed) {
			return at
		}
		// The quiet hours end on a free day, or a clock change skips the rest of the working day.
		date = pol.workday(landed)
	}
}
