package identity_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/password"
	"portero/shared/domain/workspace"
)

var now = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func TestTheLastAdminStays(t *testing.T) {
	for _, c := range []struct {
		says     string
		admins   int
		from, to access.Level
		want     int
		err      error
	}{
		{"one of two may become a member", 2, access.Admin, access.Member, 1, nil},
		{"one of two may leave", 2, access.Admin, access.None, 1, nil},
		{"the last may not become a member", 1, access.Admin, access.Member, 1, identity.ErrLastAdmin},
		{"the last may not leave", 1, access.Admin, access.None, 1, identity.ErrLastAdmin},
		{"the last may stay", 1, access.Admin, access.Admin, 1, nil},
		{"a member may leave", 1, access.Member, access.None, 1, nil},
		{"a member may rise", 1, access.Member, access.Admin, 2, nil},
		{"the first comes from nowhere", 0, access.None, access.Admin, 1, nil},
	} {
		before := identity.Identity{Level: c.from, Generation: 3}
		w, who, err := identity.Relevel(workspace.Workspace{Admins: c.admins}, before, c.to)
		if !errors.Is(err, c.err) || w.Admins != c.want {
			t.Errorf("%s: %d admins, %v", c.says, w.Admins, err)
		}
		if ended := who.Generation == 4; err == nil && ended != (c.from != c.to) {
			t.Errorf("%s: sessions ended: %v", c.says, ended)
		}
	}
}

func TestWhatEndsSessions(t *testing.T) {
	i := identity.Identity{Generation: 1}
	for says, c := range map[string]struct {
		after identity.Identity
		ends  bool
	}{
		"a new password":         {i.SetPassword("h"), true},
		"the same one, rehashed": {i.Rehash("h"), false},
		"becoming a member":      {i.Joined(), false},
		"end all":                {i.EndSessions(), true},
		"another level":          {i.Leveled(access.Member), true},
		"the level they had":     {i.Leveled(access.None), false},
	} {
		if (c.after.Generation != i.Generation) != c.ends {
			t.Errorf("%s: sessions end: want %v", says, c.ends)
		}
	}
}

func TestCheckPasswordSaysWhyOnItsField(t *testing.T) {
	w := workspace.Workspace{Name: "Garrigues & Vega", Settings: workspace.Defaults()}
	for typed, want := range map[string]fault.Code{
		"correct horse battery staple 7": "",
		"short":                          "password_too_short",
		strings.Repeat("x7 ", 100):       "password_too_long",
		"abcabcabcabcabcabc":             "password_repetitive",
		"garrigues vega eva 2026":        "password_context",
	} {
		err := identity.CheckPassword("new", w, "eva@client.example", "Eva Sol", password.Plain(typed))
		f := fault.As(err)
		if want == "" && err != nil || want != "" && (f == nil || f.Code != want || f.Fields[0].Name != "new" || f.Fields[0].Code != want) {
			t.Errorf("%q: %v, want %q", typed, err, want)
		}
	}
}

func TestOnesOwnAddressIsNoPassword(t *testing.T) {
	w := workspace.Workspace{Name: "Garrigues & Vega", Settings: workspace.Defaults()}
	for typed, address := range map[string]email.Address{
		"lucia.ortega@gmail.com":       "lucia.ortega@gmail.com",
		"Lucia.Ortega@Gmail.Com":       "lucia.ortega@gmail.com",
		"gmail.com/lucia.ortega#2026":  "lucia.ortega@gmail.com",
		"garrigues-lucia@gmail":        "lucia.ortega@gmail.com",
		"lo@bufete-sol.es 123":         "lo@bufete-sol.es",
		"bufete-sol.es bufete sol":     "lo@bufete-sol.es",
		"lucia@muñoz-señal.es":         "lucia@muñoz-señal.es",
		"lucia@xn--muoz-seal-m6af.es!": "lucia@muñoz-señal.es",
	} {
		err := identity.CheckPassword("password", w, address, "", password.Plain(typed))
		if f := fault.As(err); f == nil || f.Code != "password_context" {
			t.Errorf("%s may choose %q: %v", address, typed, err)
		}
	}
	if err := identity.CheckPassword("password", w, "lucia.ortega@gmail.com", "", "lucia buys granite"); err != nil {
		t.Errorf("more than the address: %v", err)
	}
}

func TestAWorkspaceMayAskForLongerPasswords(t *testing.T) {
	w := workspace.Workspace{Settings: workspace.Defaults()}
	w.Settings.MinPassword = 40
	if err := identity.CheckPassword("password", w, "eva@client.example", "", "correct horse battery staple 7"); fault.As(err) == nil {
		t.Fatal("30 characters where 40 are asked for")
	}
}

func TestChoose(t *testing.T) {
	text := func(s string) *string { return &s }
	yes := true
	before := identity.New("ws_a", "eva@client.example", "Eva", now)
	for _, c := range []struct {
		says   string
		choice identity.Choice
		fields []string
		code   fault.Code
	}{
		{"nothing", identity.Choice{}, nil, ""},
		{"the welcome step", identity.Choice{Language: text("es"), Zone: text("America/Lima")}, []string{"chosen", "language", "zone"}, ""},
		{"the welcome step with the firm's own", identity.Choice{Language: text("")}, []string{"chosen"}, ""},
		{"fewer mails", identity.Choice{Quiet: &yes}, []string{"quiet"}, ""},
		{"another name", identity.Choice{Name: text("Eva Sol")}, []string{"name"}, ""},
		{"a name over two lines", identity.Choice{Name: text("Eva\nSol")}, nil, "name_malformed"},
		{"no such zone", identity.Choice{Zone: text("Mars/Phobos")}, nil, "zone_unknown"},
		{"no such language", identity.Choice{Language: text("xx")}, nil, "language_unknown"},
		{"two that are not there", identity.Choice{Language: text("xx"), Country: text("spain")}, nil, "invalid"},
	} {
		after, fields, err := before.Choose(c.choice)
		var code fault.Code
		if f := fault.As(err); f != nil {
			code = f.Code
		}
		if code != c.code || !slices.Equal(fields, c.fields) {
			t.Errorf("%s: %v %v", c.says, fields, err)
		}
		if err != nil && after != before {
			t.Errorf("%s: refused, and changed all the same", c.says)
		}
	}
}
