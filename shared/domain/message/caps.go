package message

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"portero/shared/domain/limit"
	"portero/shared/domain/localtime"
)

// Bound is one cap that a mail counts against where it is claimed.
type Bound struct {
	Counter limit.Counter
	Opens   time.Time // when the next window begins
	// Drop says that a mail over this bound is given up instead of kept: it
	// only repeats what the console shows.
	Drop bool
}

// Bounds of one address in one local day, by what the mail is.
const (
	// essentialPerDay bounds codes and password mails to one address. They are
	// asked for by the person and no workspace may be kept from letting its
	// people in, so the workspace's own caps do not hold for them; but somebody
	// else may ask too, so a bound there is (chosen; no evidence).
	essentialPerDay = 20
	// noticesPerDay bounds notices to one member of staff. The address cap
	// keeps invitees from being pestered; who invites a thousand clients wants
	// to hear more than five answers a week, but not a thousand mails at the
	// midnight when the rest expires (chosen; no evidence).
	noticesPerDay = 50
)

// Essential reports whether a mail was asked for by its recipient or guards
// their password.
func (k Kind) Essential() bool {
	return k == Code || k == PasswordReset || k == PasswordChanged || k == SecondFactorOn || k == SecondFactorOff
}

// Notice reports whether a mail tells staff what the console shows too.
func (k Kind) Notice() bool {
	switch k {
	case ExpiryNotice, Accepted, Declined, Bounce, Digest, LinkRequest, JoinRequested:
		return true
	}
	return false
}

// Bounds returns the caps that hold for the mail at now and do not stand in
// Counted yet: the workspace's local day and the address's day or week.
func (m Message) Bounds(now time.Time) []Bound {
	zone := zoneOf(m.Caps.Zone)
	day, tomorrow := localtime.Day(now, zone), localtime.StartOfNextDay(now, zone)
	hash := addressHash(m)
	bound := func(name, window string, most int, opens time.Time, drop bool) Bound {
		return Bound{Opens: opens, Drop: drop,
			Counter: limit.Counter{Workspace: m.Workspace, Name: name, Window: window, Most: most, Until: opens}}
	}
	var all []Bound
	if m.Caps.Daily > 0 && !m.Kind.Essential() {
		b := bound("mail.day", day, m.Caps.Daily, tomorrow, false)
		b.Counter.Until = tomorrow.AddDate(0, 0, 7) // workspace.CountedDays weighs a week of them
		all = append(all, b)
	}
	switch {
	case m.Kind.Essential():
		all = append(all, bound("mail.safety."+hash, day, essentialPerDay, tomorrow, false))
	case m.Kind.Notice():
		all = append(all, bound("mail.notice."+hash, day, noticesPerDay, tomorrow, true))
	case m.Caps.Address > 0:
		all = append(all, bound("mail.week."+hash, localtime.Week(now, zone), m.Caps.Address, nextWeek(now, zone), false))
	}
	return slices.DeleteFunc(all, func(b Bound) bool { return slices.Contains(m.Counted, b.Mark()) })
}

// Mark names the bound's window in Message.Counted.
func (b Bound) Mark() string { return b.Counter.Name + "/" + b.Counter.Window }

// Count notes that the mail stands in the bound's window.
func (m Message) Count(b Bound) Message {
	m.Counted = append(slices.Clone(m.Counted), b.Mark())
	return m
}

// Over is the claimed message over a bound: kept until the window opens, or
// given up if that is too late for it.
func (m Message) Over(c Claim, b Bound) Message {
	at := m.AllowedAt(b.Opens)
	if b.Drop || m.Late(at) {
		return m.Fail(ReasonCapped)
	}
	return m.Release(c, ReasonCapped, at)
}

// Late reports whether the mail's secret dies on its own at or before at.
func (m Message) Late(at time.Time) bool { return !m.Expires.IsZero() && !at.Before(m.Expires) }

// AllowedAt returns the earliest instant, not before at, at which the mail may
// go out by its Policy: at itself for all but reminders.
func (m Message) AllowedAt(at time.Time) time.Time {
	if m.Caps.Policy == nil {
		return at
	}
	zone := zoneOf(m.Model.Zone)
	today := localtime.Plan{Days: []int{0}, At: localtime.ClockOf(at, zone)}
	slots := today.Slots(at, at.AddDate(1, 0, 0), zone, *m.Caps.Policy)
	if len(slots) == 0 {
		return at
	}
	return slots[0].At
}

// nextWeek returns when the local week after that of now begins.
func nextWeek(now time.Time, zone *time.Location) time.Time {
	at := now
	for localtime.Week(at, zone) == localtime.Week(now, zone) {
		at = localtime.StartOfNextDay(at, zone)
	}
	return at
}

func zoneOf(name string) *time.Location {
	zone, err := localtime.Load(name)
	if err != nil {
		return time.UTC // counted in some day rather than not at all
	}
	return zone
}

// addressHash stands for the address in counters, which hold none in clear.
func addressHash(m Message) string {
	sum := sha256.Sum256([]byte(m.Key))
	return hex.EncodeToString(sum[:16])
}
