package workspace

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/password"
)

// Defaults returns the settings of a new workspace (design.md §5 and §7).
func Defaults() Settings {
	return Settings{
		Language: "en", Zone: "UTC", Country: "ES", TimeFormat: "24h",
		Reminders: localtime.DefaultPlan(), Policy: localtime.DefaultPolicy(),
		DailyMails: 2000, FirstWeekMails: 200, AddressMails: 5,
		StaffIdle: 60, StaffLife: 12 * 60, MemberIdle: 24 * 60, MemberLife: 30 * 24 * 60,
		MinPassword: password.SingleFactor.MinLength,
	}
}

// New makes a workspace with the given settings, or says which is not
// acceptable.
func New(w id.Workspace, name string, s Settings, now time.Time) (Workspace, error) {
	made := Workspace{ID: w, Settings: s, CreatedAt: now}
	return made.Change(name, s)
}

// maxMinPassword is the longest password a workspace may ask for: 64 characters
// must always be enough (NIST SP 800-63B-4 §3.1.1.2).
const maxMinPassword = 64

// Change gives a workspace another name or other settings; invalid with the
// fields at fault.
func (w Workspace) Change(name string, s Settings) (Workspace, error) {
	name, err := Named("name", name)
	if err != nil {
		return w, err
	}
	if err := s.Check(); err != nil {
		return w, err
	}
	w.Name, w.Settings = name, s
	return w, nil
}

// Named returns a name as it is kept, without the space around it, or
// name_malformed on the field.
func Named(field, typed string) (string, error) {
	name := strings.TrimSpace(typed)
	return name, CheckName(field, name)
}

// CheckName refuses a name that is blank, longer than MaxNameRune, or holds
// control characters: it stands in subjects and pages.
func CheckName(field, name string) error {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > MaxNameRune || strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) {
		return fault.On(field, "name_malformed", "A name has 1 to 80 characters, without line breaks.")
	}
	return nil
}

// Check refuses settings outside their limits.
func (s Settings) Check() error {
	f := fault.New(fault.Invalid, fault.CodeInvalid, "Some settings are not acceptable. See each field's detail.")
	refuse := func(name string, bad bool, detail string) {
		if bad {
			f.Fields = append(f.Fields, fault.Field{Name: "settings." + name, Code: fault.CodeInvalid, Detail: detail})
		}
	}
	_, zoneErr := localtime.Load(s.Zone)
	refuse("language", !Speaks(s.Language), "A language is en or es.")
	refuse("zone", zoneErr != nil, "A zone is a name such as Europe/Madrid.")
	refuse("country", len(s.Country) != 2 || strings.ToUpper(s.Country) != s.Country, "A country is two capital letters, such as ES.")
	refuse("time_format", s.TimeFormat != "24h" && s.TimeFormat != "12h", "A time format is 24h or 12h.")
	refuse("reminders", s.Reminders.Validate() != nil, "Reminders have at most 10 ascending days from 1 to 365 and an hour.")
	refuse("validity", s.Validity.Validate() != nil, "A validity is P1D to P365D or PT1H to PT8760H.")
	refuse("policy", s.Policy.Validate() != nil, "There is at least one working day, and quiet hours are two times of day.")
	refuse("daily_mails", s.DailyMails < 1 || s.DailyMails > 1_000_000, "A day's cap is 1 to 1,000,000.")
	refuse("first_week_mails", s.FirstWeekMails < 1 || s.FirstWeekMails > 1_000_000, "The first week's cap is 1 to 1,000,000 a day.")
	refuse("address_mails", s.AddressMails < 1 || s.AddressMails > 100, "An address's cap is 1 to 100 a week.")
	refuse("staff_idle_min", s.StaffIdle < 1 || s.StaffIdle > 24*60, "Staff may idle 1 to 1,440 minutes.")
	refuse("staff_life_min", s.StaffLife < 5 || s.StaffLife > 24*60, "A staff session lasts 5 to 1,440 minutes.")
	refuse("member_idle_min", s.MemberIdle < 5 || s.MemberIdle > 30*24*60, "Members may idle 5 to 43,200 minutes.")
	refuse("member_life_min", s.MemberLife < 5 || s.MemberLife > 90*24*60, "A member's session lasts 5 to 129,600 minutes.")
	refuse("min_password", s.MinPassword < password.SingleFactor.MinLength || s.MinPassword > maxMinPassword, "A password has at least 15 characters; you may ask for up to 64.")
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
