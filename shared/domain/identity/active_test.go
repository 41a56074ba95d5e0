package identity_test

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
)

func TestWhoIsDeactivatedAndWhoIsNot(t *testing.T) {
	now := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	earlier := now.Add(-time.Hour)
	for _, c := range []struct {
		says string
		who  identity.Identity
		want time.Time // since when they are out
		ends int       // sessions of how many generations
		err  error
	}{
		{"a member is out from now on", identity.Identity{Member: true}, now, 1, nil},
		{"who is out already stays out since then", identity.Identity{Member: true, Deactivated: earlier}, earlier, 0, nil},
		{"staff are not members only", identity.Identity{Member: true, Level: access.Member}, time.Time{}, 0, identity.ErrStaff},
		{"somebody whom nothing was ever granted", identity.Identity{}, time.Time{}, 0, fault.NotYours()},
	} {
		got, err := c.who.Deactivate(now)
		if !errors.Is(err, c.err) || !got.Deactivated.Equal(c.want) || got.Generation != c.ends {
			t.Errorf("%s: since %s, generation %d, %v", c.says, got.Deactivated, got.Generation, err)
		}
		back, err := got.Reactivate()
		if !errors.Is(err, c.err) || !back.Active() || back.Generation != c.ends {
			t.Errorf("%s: reactivated %v, generation %d, %v", c.says, back.Active(), back.Generation, err)
		}
	}
}
