package workspace

import (
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/look"
)

// Workspace is one firm: the tenant. Everything it owns lies under its ID.
type Workspace struct {
	ID       id.Workspace `json:"id"`
	Name     string       `json:"name"` // the firm's name as it stands in mails and subjects
	Settings Settings     `json:"settings"`
	Look     look.Look    `json:"look"` // row B14
	// Admins counts the identities with level admin, so that the last one
	// cannot leave whatever races (issue 2: "the last admin cannot leave").
	Admins  int `json:"admins"`
	Portals int `json:"portals"` // at most MaxPortals
	// Paused is set while the workspace's mail is held back; ResumedAt is when it
	// was last let go again.
	Paused    *Pause    `json:"paused,omitempty"`
	ResumedAt time.Time `json:"resumed_at,omitzero"`
	CreatedAt time.Time `json:"created_at"`
	Version   int       `json:"v"`
}

// Settings are what an admin of the firm may change.
type Settings struct {
	Language   string             `json:"language"`    // "es" or "en": for recipients whose own is not known
	Zone       string             `json:"zone"`        // IANA name
	Country    string             `json:"country"`     // ISO 3166-1 alpha-2
	TimeFormat string             `json:"time_format"` // "24h" or "12h"
	Validity   localtime.Validity `json:"validity"`
	Reminders  localtime.Plan     `json:"reminders"`
	Policy     localtime.Policy   `json:"policy"`
	// DailyMails caps what the workspace sends in a local day; FirstWeekMails
	// does so in its first seven days; AddressMails caps one address's week.
	DailyMails     int  `json:"daily_mails"`
	FirstWeekMails int  `json:"first_week_mails"`
	AddressMails   int  `json:"address_mails"`
	MembersInvite  bool `json:"members_invite"` // rows F7, Z18
	// Colleagues lets clients invite people of their own account, where their role
	// does as well (row T14).
	Colleagues bool `json:"colleagues"`
	// SwitchSends sends whoever is let in by the sign-in switch their way in at once
	// (rows D2, R2); false: nothing is sent until somebody is invited.
	SwitchSends bool `json:"switch_sends"`
	// SupportDates shows staff the portal-user switch and the dates of contacts
	// and grants, and lets them be set (row D1). It is about who sees and sets
	// them: dates that were set count whether it is on or off, so that turning it
	// off lets nobody in again, and who signs in need not read it.
	SupportDates bool `json:"support_dates"`
	// LeadRoles maps roles for leads to those for contacts that their holders move
	// to when they are turned into contacts, unless another is chosen (row Z13).
	LeadRoles map[id.Role]id.Role `json:"lead_roles"`
	// OwnDomains are the firm's own, at which no client may have an address (row Z2).
	OwnDomains []string `json:"own_domains"`
	// DefaultOwner owns what clients create when neither inviter nor creator
	// is known any more.
	DefaultOwner id.Identity `json:"default_owner"`
	Sender       string      `json:"sender,omitempty"`   // a verified address; empty means the deployment's
	ReplyTo      string      `json:"reply_to,omitempty"` // a verified address; empty means the sender
	StaffIdle    int         `json:"staff_idle_min"`
	StaffLife    int         `json:"staff_life_min"`
	MemberIdle   int         `json:"member_idle_min"`
	MemberLife   int         `json:"member_life_min"`
	MinPassword  int         `json:"min_password"` // never under password.SingleFactor
	// MinPasswordSecond is for those who have a second factor, never under
	// password.SecondFactor; 0: MinPassword holds for them as well.
	MinPasswordSecond int `json:"min_password_second"`
	// CodeSignIn lets members in by a code that is mailed to them, beside their
	// password.
	CodeSignIn bool `json:"code_sign_in"`
	// AccessBy is by what clients are invited: "link" or "credentials", a user name
	// and a temporary password (rows D2, R2); empty: link.
	AccessBy string `json:"access_by"`
	// SecondFactor asks all staff for a second factor: who has none sets it up at
	// their next sign-in, before anything else (design.md §7).
	SecondFactor bool `json:"second_factor"`
}

// Limits of a workspace.
const (
	MaxPortals  = 5  // row Z1
	MaxNameRune = 80 // chosen; no evidence
)
