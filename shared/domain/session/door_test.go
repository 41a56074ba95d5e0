package session

import (
	"errors"
	"testing"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
)

func door(at id.Portal, s grant.State, a id.Account) Door {
	return Door{Portal: portal.Portal{ID: at}, State: s, Grant: grant.Grant{Account: a, Portal: at}}
}

func TestThroughWhichDoorSomebodyGoesIn(t *testing.T) {
	for _, c := range []struct {
		says  string
		doors []Door
		at    id.Portal
		want  id.Account
		err   error
	}{
		{"the first that is open", []Door{door("p", grant.Off, "a"), door("p", grant.Active, "b"), door("p", grant.Active, "c")}, "", "b", nil},
		{"the one of the portal they stand at", []Door{door("p", grant.Active, "a"), door("q", grant.Active, "b")}, "q", "b", nil},
		{"another, if none is open there", []Door{door("p", grant.Active, "a"), door("q", grant.Off, "b")}, "q", "a", nil},
		{"none: not begun is nearer than over", []Door{door("p", grant.Over, "a"), door("p", grant.NotYet, "b")}, "", "", ErrNotYet},
		{"none: over is nearer than off", []Door{door("p", grant.Off, "a"), door("p", grant.Over, "b")}, "", "", ErrEnded},
		{"none: off", []Door{door("p", grant.Off, "a")}, "", "", ErrOff},
		{"none: nothing was ever granted", nil, "", "", ErrWaiting},
	} {
		got, err := through(c.doors, c.at)
		if got.Grant.Account != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %q %v, want %q %v", c.says, got.Grant.Account, err, c.want, c.err)
		}
	}
}
