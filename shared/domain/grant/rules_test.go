package grant_test

import (
	"testing"
	"time"

	"portero/shared/domain/grant"
	"portero/shared/domain/localtime"
)

func day(d int) localtime.Date { return localtime.Date{Year: 2026, Month: time.November, Day: d} }

func TestWhatAGrantComesTo(t *testing.T) {
	madrid, err := localtime.Load("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 22, 59, 59, 0, time.UTC) // one second before the 24th in Madrid
	for _, c := range []struct {
		says string
		g    grant.Grant
		want grant.State
	}{
		{"granted, never sent", grant.Grant{SignIn: true}, grant.Granted},
		{"offered", grant.Grant{SignIn: true, Invitation: "inv_a"}, grant.Invited},
		{"accepted", grant.Grant{SignIn: true, AcceptedAt: now}, grant.Active},
		{"switched off", grant.Grant{AcceptedAt: now}, grant.Off},
		{"from today", grant.Grant{SignIn: true, AcceptedAt: now, From: day(23)}, grant.Active},
		{"from tomorrow", grant.Grant{SignIn: true, AcceptedAt: now, From: day(24)}, grant.NotYet},
		{"until today", grant.Grant{SignIn: true, AcceptedAt: now, Until: day(23)}, grant.Active},
		{"until yesterday", grant.Grant{SignIn: true, AcceptedAt: now, Until: day(22)}, grant.Over},
	} {
		if got := c.g.StateAt(now, madrid); got != c.want {
			t.Errorf("%s: %s, want %s", c.says, got, c.want)
		}
		if lets := c.g.Active(now, madrid); lets != (c.want == grant.Active) {
			t.Errorf("%s: lets in: %v", c.says, lets)
		}
	}
	if (grant.Grant{From: day(24), Until: day(23)}).Check() == nil || (grant.Grant{From: day(23), Until: day(23)}).Check() != nil {
		t.Error("a single day is a period, a reversed one is not")
	}
}

func TestAnUnboundGrantLetsNobodyInAndCanBeSentAnew(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	g := grant.Grant{SignIn: true, Notify: true, Role: "rol_a", Identity: "idn_a", Invitation: "inv_a", AcceptedAt: now}.Unbound()
	if g.StateAt(now, time.UTC) != grant.Granted || g.Identity != "" || g.Role != "rol_a" || !g.Notify {
		t.Errorf("%+v", g)
	}
}
