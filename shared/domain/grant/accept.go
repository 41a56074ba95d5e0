package grant

import (
	"time"

	"portero/shared/domain/id"
)

// Accept makes the grant a person's own at now: from then on they are a member
// through it. For whoever has accepted it already nothing changes; a grant that
// was offered to another address since is theirs to whom it was offered last.
func (g Grant) Accept(who id.Identity, now time.Time) Grant {
	if g.AcceptedBy(who) {
		return g
	}
	g.Identity, g.AcceptedAt = who, now
	return g
}

// LastSignIn is when somebody was last in by the grant, to the day; zero: never.
func (g Grant) LastSignIn() time.Time {
	if g.SignedInAt.After(g.AcceptedAt) {
		return g.SignedInAt
	}
	return g.AcceptedAt
}

// SignedIn notes a sign-in at now, and reports whether that says anything new: it
// is noted once a day (in UTC), so that most sign-ins write nothing here.
func (g Grant) SignedIn(now time.Time) (Grant, bool) {
	day := 24 * time.Hour
	if !g.LastSignIn().Truncate(day).Before(now.Truncate(day)) {
		return g, false
	}
	g.SignedInAt = now
	return g, true
}

// Assess notes what the account's standing was derived from: the version that is
// about to be stored.
func (g Grant) Assess(turns time.Time) Grant {
	g.Assessed, g.Turns = g.Version+1, turns
	return g
}

// Due is when the account's standing must be derived again: at once for a version
// that is not derived from, else when a date comes; zero: not.
func (g Grant) Due() time.Time {
	if g.Assessed != g.Version+1 {
		return g.CreatedAt
	}
	return g.Turns
}

// AcceptedBy reports whether the person is a member through this grant.
func (g Grant) AcceptedBy(who id.Identity) bool { return g.Identity == who && !g.AcceptedAt.IsZero() }
