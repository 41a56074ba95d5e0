package workspace

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/look"
	"portero/shared/domain/message"
)

// Letter begins a message of the workspace: its name, sender, caps and clock.
func (w Workspace) Letter(m id.Message, kind message.Kind, to email.Address, language string, now time.Time) message.Message {
	return message.Message{
		ID: m, Workspace: w.ID, Kind: kind, To: to, Key: to.Key(), Language: w.LanguageOf(language),
		Model: message.Model{
			Firm: w.Name, Zone: w.Settings.Zone, Clock: w.Settings.TimeFormat,
			Sender: w.Settings.Sender, ReplyTo: w.Settings.ReplyTo, Look: w.Look != look.Look{},
		},
		Caps: message.Caps{Daily: w.DailyCap(now), Address: w.Settings.AddressMails, Zone: w.Settings.Zone},
	}.Queue(now)
}

// firstWeek is how long a new workspace has the smaller cap (design.md §5).
const firstWeek = 7 * 24 * time.Hour

// DailyCap is how many mails the workspace may send today.
func (w Workspace) DailyCap(now time.Time) int {
	if now.Before(w.CreatedAt.Add(firstWeek)) {
		return min(w.Settings.FirstWeekMails, w.Settings.DailyMails)
	}
	return w.Settings.DailyMails
}

// LanguageOf returns the first that is known: the person's, else the
// workspace's.
func (w Workspace) LanguageOf(language string) string {
	if Speaks(language) {
		return language
	}
	return w.Settings.Language
}

// ZoneOf returns the person's zone if it is one, else the workspace's.
func (w Workspace) ZoneOf(zone string) string {
	if _, err := localtime.Load(zone); err == nil {
		return zone
	}
	return w.Settings.Zone
}

// Languages are those that mails and pages are written in.
func Languages() []string { return []string{"en", "es"} }

// Speaks reports whether mails and pages are written in a language.
func Speaks(language string) bool { return language == "en" || language == "es" }
