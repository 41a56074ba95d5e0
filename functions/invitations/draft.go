package invitations

import (
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/web"
)

// maxDraftBytes lets a thousand lines in, each with everything it may have
// (computed: about 700 bytes a line).
const maxDraftBytes = 1 << 20

// Inviting is a request to invite people, or to look at what would happen.
type Inviting struct {
	Workspace id.Workspace `path:"workspace"`
	Body      Invite
}

// Invite is what holds for every line, and the lines.
type Invite struct {
	Portal    id.Portal     `json:"portal" doc:"Where to: a portal of the workspace."`
	Role      id.Role       `json:"role,omitempty" doc:"For lines without one; left out: the portal's default role."`
	Language  string        `json:"language,omitempty" doc:"en or es, for people whose own is not known; left out: the workspace's."`
	Note      string        `json:"note,omitempty" maxLength:"1000" code:"note_malformed" doc:"A personal message, shown as text."`
	Validity  string        `json:"validity,omitempty" doc:"How long it is open: P1D to P365D (to the end of the local day) or PT1H to PT8760H; left out: the workspace's."`
	Reminders *ReminderPlan `json:"reminders,omitempty" doc:"When to remind those who have not answered; left out: the workspace's plan; no days: never."`
	Source    string        `json:"source,omitempty" maxLength:"200" code:"source_malformed" doc:"Where the firm got the addresses; the invited see it."`
	By        string        `json:"by,omitempty" enum:"link,credentials" doc:"By what they come in: a link, or their address and a temporary password; left out: as the workspace says. Who has a password gets a link."`
	Override  bool          `json:"override_pause,omitempty" doc:"Send although the firm's mail is held back (mail_paused)."`
	Lines     []InviteLine  `json:"lines" minItems:"1" maxItems:"1000" code:"too_many_lines" none:"lines_missing"`
}

// ReminderPlan is when people who have not answered are reminded.
type ReminderPlan struct {
	Days []int  `json:"days" maxItems:"10" code:"reminders_malformed" doc:"Days after sending, ascending, 1 to 365; an empty list: never."`
	At   string `json:"at" example:"09:00" doc:"The local hour."`
}

// InviteLine is one person: a contact, or an address. Its identifiers are plain
// text here, so that one wrong line does not block the others.
type InviteLine struct {
	Address  string `json:"address,omitempty" example:"marta@client.example"`
	Contact  string `json:"contact,omitempty" doc:"Instead of an address: a contact that has one."`
	Account  string `json:"account,omitempty" doc:"Left out: the person's only account, or one of their own."`
	Name     string `json:"name,omitempty"`
	Role     string `json:"role,omitempty"`
	Language string `json:"language,omitempty" doc:"The person's: en or es."`
	Zone     string `json:"zone,omitempty" doc:"The person's: a name such as Europe/Madrid."`
}

// draftFaults are what may be wrong with a whole request.
var draftFaults = []*fault.Error{
	invitation.ErrNoLines, invitation.ErrLines, invitation.ErrPortal, invitation.ErrRole, invitation.ErrLanguage, invitation.ErrValidity,
	invitation.ErrReminders, invitation.ErrNote, invitation.ErrSource, invitation.ErrPaused,
}

// draft translates a request. Its key makes a repeat find what the first run
// made; without one from the caller each request has its own.
func (b Invite) draft(call web.Call) (invitation.Draft, error) {
	d := invitation.Draft{
		Portal: b.Portal, Role: b.Role, Language: b.Language, Note: b.Note, Source: b.Source, Key: call.Key, By: invitation.Way(b.By),
		Lines: make([]invitation.Line, len(b.Lines)),
	}
	if d.Key == "" {
		d.Key = string(id.New[id.Message](call.Now))
	}
	for n, l := range b.Lines {
		d.Lines[n] = invitation.Line{
			Number: n, Address: l.Address, Contact: id.Contact(l.Contact), Account: id.Account(l.Account),
			Name: l.Name, Role: id.Role(l.Role), Language: l.Language, Zone: l.Zone,
		}
	}
	var err error
	if b.Validity != "" {
		if d.Validity, err = localtime.ParseValidity(b.Validity); err != nil {
			return d, invitation.ErrValidity
		}
	}
	if b.Reminders != nil {
		at, err := localtime.ParseClock(b.Reminders.At)
		if err != nil {
			return d, fault.On("reminders.at", invitation.ErrReminders.Code, invitation.ErrReminders.Detail)
		}
		d.Reminders = &localtime.Plan{Days: b.Reminders.Days, At: at}
	}
	return d, nil
}
