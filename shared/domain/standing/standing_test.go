package standing_test

import (
	"testing"
	"time"

	"portero/shared/domain/grant"
	"portero/shared/domain/localtime"
	"portero/shared/domain/standing"
)

var now = time.Date(2026, time.November, 23, 22, 59, 59, 0, time.UTC) // one second before the 24th in Madrid

func day(d int) localtime.Date { return localtime.Date{Year: 2026, Month: time.November, Day: d} }

func held(t *testing.T, g grant.Grant) standing.Held {
	t.Helper()
	zone, err := localtime.Load("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	return standing.Held{Grant: g, Zone: zone}
}

func TestT11WhatAnAccountComesTo(t *testing.T) {
	in := grant.Grant{SignIn: true, AcceptedAt: now.Add(-time.Hour)}
	out := held(t, in)
	out.Out = true
	over, notYet := in, in
	over.Until, notYet.From = day(22), day(24)
	for _, c := range []struct {
		says string
		all  []standing.Held
		want standing.State
	}{
		{"nobody was granted anything", nil, standing.Offline},
		{"the switch is off", []standing.Held{held(t, grant.Grant{AcceptedAt: now})}, standing.Offline},
		{"granted, never sent", []standing.Held{held(t, grant.Grant{SignIn: true})}, standing.Pending},
		{"one is in, another awaited", []standing.Held{held(t, grant.Grant{SignIn: true}), held(t, in)}, standing.Active},
		{"whoever is in is deactivated", []standing.Held{out}, standing.Offline},
		{"the only access has ended", []standing.Held{held(t, over)}, standing.Offline},
		{"the only access begins tomorrow", []standing.Held{held(t, notYet)}, standing.Pending},
	} {
		if got, _ := standing.Of(c.all, now); got != c.want {
			t.Errorf("%s: %s, want %s", c.says, got, c.want)
		}
	}
}

func TestT8TheLastSignInIsAnybodys(t *testing.T) {
	early, late := held(t, grant.Grant{AcceptedAt: now.Add(-48 * time.Hour)}), held(t, grant.Grant{AcceptedAt: now.Add(-72 * time.Hour), SignedInAt: now})
	if _, last := standing.Of([]standing.Held{late, early}, now); !last.Equal(now) {
		t.Errorf("%v", last)
	}
	if _, last := standing.Of([]standing.Held{held(t, grant.Grant{SignIn: true})}, now); !last.IsZero() {
		t.Errorf("never: %v", last)
	}
}

func TestD1AGrantTurnsWhenItsDatesCome(t *testing.T) {
	midnight := now.Add(time.Second)
	for _, c := range []struct {
		says string
		g    grant.Grant
		want time.Time
	}{
		{"without dates it does not", grant.Grant{SignIn: true}, time.Time{}},
		{"its first day is tomorrow", grant.Grant{SignIn: true, From: day(24)}, midnight},
		{"its last day is today", grant.Grant{SignIn: true, From: day(1), Until: day(23)}, midnight},
		{"the first of two", grant.Grant{SignIn: true, From: day(24), Until: day(30)}, midnight},
		{"both are over", grant.Grant{SignIn: true, From: day(1), Until: day(2)}, time.Time{}},
		{"it is switched off", grant.Grant{Until: day(23)}, time.Time{}},
	} {
		if got := held(t, c.g).Turns(now); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.says, got, c.want)
		}
	}
}
