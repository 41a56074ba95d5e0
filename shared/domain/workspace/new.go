package workspace

import (
	"time"

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

// Change gives a workspace another name or other settings; the codes of
// CheckName and of Settings.Check.
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

// Check refuses settings outside their limits, each on its field below
// "settings": language_unknown, zone_unknown, country_unknown,
// time_format_unknown, reminders_malformed, validity_malformed,
// policy_malformed; invalid for a number out of its range, and for several.
func (s Settings) Check() error {
	var wrong []fault.Field
	refuseAs := func(code fault.Code, name string, bad bool, detail string) {
		if bad {
			wrong = append(wrong, fault.Field{Name: "settings." + name, Code: code, Detail: detail})
		}
	}
	refuse := func(name string, bad bool, detail string) { refuseAs(fault.CodeInvalid, name, bad, detail) }
	_, zoneErr := localtime.Load(s.Zone)
	reminders, policy := s.Reminders.Validate(), s.Policy.Validate()
	refuseAs("language_unknown", "language", !Speaks(s.Language), "A language is en or es.")
	refuseAs("zone_unknown", "zone", zoneErr != nil, "A zone is a name such as Europe/Madrid.")
	refuseAs("country_unknown", "country", !IsCountry(s.Country), "A country is an assigned code of ISO 3166-1, two capital letters such as ES.")
	refuseAs("time_format_unknown", "time_format", s.TimeFormat != "24h" && s.TimeFormat != "12h", "A time format is 24h or 12h.")
	refuseAs("reminders_malformed", localtime.At("reminders", reminders), reminders != nil, "Reminders have at most 10 ascending days from 1 to 365 and an hour such as 09:00.")
	refuseAs("validity_malformed", "validity", s.Validity.Validate() != nil, "A validity is P1D to P365D (days, to the end of the local day) or PT1H to PT8760H (hours).")
	refuseAs("policy_malformed", localtime.At("policy", policy), policy != nil, "There is at least one working day, and quiet hours are two times of day.")
	refuse("daily_mails", s.DailyMails < 1 || s.DailyMails > 1_000_000, "A day's cap is 1 to 1,000,000.")
	refuse("first_week_mails", s.FirstWeekMails < 1 || s.FirstWeekMails > 1_000_000, "The first week's cap is 1 to 1,000,000 a day.")
	refuse("address_mails", s.AddressMails < 1 || s.AddressMails > 100, "An address's cap is 1 to 100 a week.")
	refuse("staff_idle_min", s.StaffIdle < 1 || s.StaffIdle > 24*60, "Staff may idle 1 to 1,440 minutes.")
	refuse("staff_life_min", s.StaffLife < 5 || s.StaffLife > 24*60, "A staff session lasts 5 to 1,440 minutes.")
	refuse("member_idle_min", s.MemberIdle < 5 || s.MemberIdle > 30*24*60, "Members may idle 5 to 43,200 minutes.")
	refuse("member_life_min", s.MemberLife < 5 || s.MemberLife > 90*24*60, "A member's session lasts 5 to 129,600 minutes.")
	refuse("min_password", s.MinPassword < password.SingleFactor.MinLength || s.MinPassword > maxMinPassword, "A password has at least 15 characters; you may ask for up to 64.")
	refuse("access_by", s.AccessBy != "" && s.AccessBy != "link" && s.AccessBy != "credentials", "Access is sent by link or by credentials.")
	refuse("min_password_second", s.MinPasswordSecond != 0 && (s.MinPasswordSecond < password.SecondFactor.MinLength || s.MinPasswordSecond > maxMinPassword),
		"A password that a second factor follows has at least 8 characters; you may ask for up to 64.")
	if len(wrong) > 0 {
		return fault.OnMany(wrong, "Some settings are not acceptable. See each field's detail.")
	}
	return nil
}
