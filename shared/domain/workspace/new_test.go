package workspace_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/localtime"
	"portero/shared/domain/workspace"
)

var now = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func TestNames(t *testing.T) {
	for typed, want := range map[string]string{
		"Vega": "Vega", "  Vega & Partners ": "Vega & Partners", strings.Repeat("ñ", 80): strings.Repeat("ñ", 80),
		"": "!", "   ": "!", strings.Repeat("ñ", 81): "!", "two\nlines": "!", "nul\x00": "!", "\xff": "!",
	} {
		name, err := workspace.Named("name", typed)
		if refused := err != nil; refused != (want == "!") || !refused && name != want {
			t.Errorf("%q: %q, %v", typed, name, err)
		}
	}
}

func TestSettingsOutsideTheirLimitsAreRefusedByName(t *testing.T) {
	if err := workspace.Defaults().Check(); err != nil {
		t.Fatalf("the defaults are refused: %v", err)
	}
	for field, spoil := range map[string]func(*workspace.Settings){
		"language":            func(s *workspace.Settings) { s.Language = "xx" },
		"zone":                func(s *workspace.Settings) { s.Zone = "Local" },
		"country":             func(s *workspace.Settings) { s.Country = "es" },
		"time_format":         func(s *workspace.Settings) { s.TimeFormat = "13h" },
		"validity":            func(s *workspace.Settings) { s.Validity = localtime.Validity{Days: 366} },
		"reminders.days":      func(s *workspace.Settings) { s.Reminders.Days = []int{2, 1} },
		"policy.workdays":     func(s *workspace.Settings) { s.Policy.Workdays = 0 },
		"daily_mails":         func(s *workspace.Settings) { s.DailyMails = 0 },
		"first_week_mails":    func(s *workspace.Settings) { s.FirstWeekMails = 0 },
		"address_mails":       func(s *workspace.Settings) { s.AddressMails = 101 },
		"staff_idle_min":      func(s *workspace.Settings) { s.StaffIdle = 24*60 + 1 },
		"staff_life_min":      func(s *workspace.Settings) { s.StaffLife = 4 },
		"member_idle_min":     func(s *workspace.Settings) { s.MemberIdle = 0 },
		"member_life_min":     func(s *workspace.Settings) { s.MemberLife = 91 * 24 * 60 },
		"access_by":           func(s *workspace.Settings) { s.AccessBy = "pigeon" },
		"min_password_second": func(s *workspace.Settings) { s.MinPasswordSecond = 7 },
		"min_password":        func(s *workspace.Settings) { s.MinPassword = 14 },
	} {
		s := workspace.Defaults()
		spoil(&s)
		_, err := workspace.New("ws_a", "Vega", s, now)
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "settings."+field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestANewWorkspaceSendsLessInItsFirstWeek(t *testing.T) {
	w, err := workspace.New("ws_a", "Vega", workspace.Defaults(), now)
	if err != nil {
		t.Fatal(err)
	}
	week := now.Add(7 * 24 * time.Hour)
	if w.DailyCap(week.Add(-time.Second)) != 200 || w.DailyCap(week) != 2000 {
		t.Errorf("%d, then %d", w.DailyCap(week.Add(-time.Second)), w.DailyCap(week))
	}
	w.Settings.DailyMails = 100
	if w.DailyCap(now) != 100 {
		t.Error("the first week's cap is above the day's")
	}
}
