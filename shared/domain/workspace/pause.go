package workspace

import (
	"time"

	"portero/shared/domain/limit"
	"portero/shared/domain/localtime"
)

// Pause says that the workspace's mail is held back: no reminder goes out, and
// nobody is invited or mailed again without an override. Codes, passwords and
// notices to staff are not touched.
type Pause struct {
	Since  time.Time   `json:"since"`
	Reason PauseReason `json:"reason"`
	Mails  int         `json:"mails,omitempty"` // of the days that were counted
	Count  int         `json:"count,omitempty"` // of them came back, or were called spam
}

// PauseReason says why.
type PauseReason string

// The reasons.
const (
	ByBounces    PauseReason = "bounces"
	ByComplaints PauseReason = "complaints"
	ByStaff      PauseReason = "staff"
)

// Where mail is held back: before SES reviews the whole account, at 5 % and
// 0.1 % (reliability A6, D15). The least numbers keep one bad address among few
// from stopping a firm (chosen; no evidence).
const (
	bouncesPerMille      = 40
	complaintsPer100000  = 80
	leastBounces         = 5
	leastComplaints      = 2
	pauseDays            = 7 // local days that are counted, today among them (chosen; no evidence)
	counterDaysKept      = pauseDays + 1
	mailsCounter         = "mail.day" // message.Bounds counts there what is claimed
	bouncesCounter       = "mail.bounced"
	complaintsCounter    = "mail.complained"
	mostThatCanBeCounted = 1 << 30
)

// Tally is what became of the mails of the days that count.
type Tally struct{ Mails, Bounces, Complaints int }

// Counters are what one day is counted in.
type Counters struct{ Mails, Bounces, Complaints limit.Counter }

// CountersOn returns the counters of the local day of an instant.
func (w Workspace) CountersOn(at time.Time) Counters {
	zone := w.zone()
	of := func(name string) limit.Counter {
		return limit.Counter{Workspace: w.ID, Name: name, Window: localtime.Day(at, zone), Most: mostThatCanBeCounted, Until: at.AddDate(0, 0, counterDaysKept)}
	}
	return Counters{Mails: of(mailsCounter), Bounces: of(bouncesCounter), Complaints: of(complaintsCounter)}
}

// CountedDays returns the counters of each day that counts at now: the last
// seven, and none up to the day on which the mail was let go again.
func (w Workspace) CountedDays(now time.Time) []Counters {
	var days []Counters
	zone := w.zone()
	for back := range pauseDays {
		at := now.AddDate(0, 0, -back)
		if !w.ResumedAt.IsZero() && localtime.Day(at, zone) <= localtime.Day(w.ResumedAt, zone) {
			break
		}
		days = append(days, w.CountersOn(at))
	}
	return days
}

func (w Workspace) zone() *time.Location {
	zone, err := localtime.Load(w.Settings.Zone)
	if err != nil {
		return time.UTC // settings are checked when they are set
	}
	return zone
}

// Weigh holds the workspace's mail back if too much of it went wrong; false if
// it is held back already, or nothing is wrong.
func (w Workspace) Weigh(t Tally, now time.Time) (Workspace, bool) {
	p := Pause{Since: now, Mails: t.Mails}
	switch {
	case w.Paused != nil:
		return w, false
	case t.Complaints >= leastComplaints && t.Complaints*100_000 >= complaintsPer100000*t.Mails:
		p.Reason, p.Count = ByComplaints, t.Complaints
	case t.Bounces >= leastBounces && t.Bounces*1000 >= bouncesPerMille*t.Mails:
		p.Reason, p.Count = ByBounces, t.Bounces
	default:
		return w, false
	}
	w.Paused = &p
	return w, true
}

// Hold holds the mail back because staff want it; false if it is already.
func (w Workspace) Hold(now time.Time) (Workspace, bool) {
	if w.Paused != nil {
		return w, false
	}
	w.Paused = &Pause{Since: now, Reason: ByStaff}
	return w, true
}

// Resume lets the mail go again, and counts anew from the next local day; false
// if it was not held back.
func (w Workspace) Resume(now time.Time) (Workspace, bool) {
	if w.Paused == nil {
		return w, false
	}
	w.Paused, w.ResumedAt = nil, now
	return w, true
}
