package identity

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/factor"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
)

// Identity is one address in one workspace: password, preferences, level. Its
// ID is made from the workspace and the address key, so there is one.
type Identity struct {
	ID        id.Identity   `json:"id"`
	Workspace id.Workspace  `json:"ws"`
	Address   email.Address `json:"address"`
	Key       email.Key     `json:"key"`
	Name      string        `json:"name,omitempty"`
	Level     access.Level  `json:"level,omitempty"`
	Assess    time.Time     `json:"assess,omitempty"` // since when their accounts must be derived again; zero: not
	Member    bool          `json:"member,omitempty"` // has or had a grant that lets it in
	Password  password.Hash `json:"password,omitempty"`
	// PasswordAt is when the password was last changed; reset links that were
	// asked for before are over.
	PasswordAt time.Time `json:"password_at,omitempty"`
	// Factor is the second factor; nil: none. It is never changed in place.
	Factor *factor.Factor `json:"factor,omitempty"`
	// Generation is raised to end all sessions at once (design.md §5).
	Generation  int       `json:"generation"`
	Profile     Profile   `json:"profile"`
	Deactivated time.Time `json:"deactivated,omitempty"`
	// Test says that the address was a test client's when the identity was made (row
	// T6): it goes with it, unless it is staff by then.
	Test bool `json:"test,omitempty"`
	// Successor is the colleague to whom everything went when they left staff;
	// empty for who is staff, or never was.
	Successor id.Identity `json:"successor,omitempty"`
	// LeftAt is when they last left staff: what acted in their name until then is
	// over, though they come back (API keys: row B9).
	LeftAt    time.Time `json:"left_at,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Version   int       `json:"v"`
}

// Profile is what a person chooses for themselves; empty means the
// workspace's (row Z9).
type Profile struct {
	Language   string `json:"language,omitempty"`
	TimeFormat string `json:"time_format,omitempty"`
	Zone       string `json:"zone,omitempty"`
	Country    string `json:"country,omitempty"`
	// Chosen says that the person has been through the welcome step.
	Chosen bool `json:"chosen,omitempty"`
	// Quiet turns off mails that are not needed to sign in.
	Quiet bool `json:"quiet,omitempty"`
	// Notices is how staff hear what became of invitations; empty: of each.
	Notices Hearing `json:"notices,omitempty"`
}

// IDOf returns the one identifier an address can have in a workspace.
func IDOf(ws id.Workspace, key email.Key) id.Identity {
	return id.Named[id.Identity](string(ws), string(key))
}

// Tested is the address, if it was made a test client's: mails to it go with it
// (row T6).
func (i Identity) Tested() email.Key {
	if i.Test {
		return i.Key
	}
	return ""
}
