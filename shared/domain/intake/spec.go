package intake

import (
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
)

// Access is what a list's people get.
type Access string

// The choices.
const (
	None   Access = "none"   // they are put on file
	Grant  Access = "grant"  // access is granted, and nothing is sent
	Invite Access = "invite" // they are invited
)

// Spec is what holds for all of a list.
type Spec struct {
	Access   Access             `json:"access"`
	Portal   id.Portal          `json:"portal,omitempty"`
	Role     id.Role            `json:"role,omitempty"` // of lines without one; empty: the portal's default
	Language string             `json:"language,omitempty"`
	Source   string             `json:"source,omitempty"`
	Note     string             `json:"note,omitempty"`
	Validity localtime.Validity `json:"validity,omitzero"`
	Override bool               `json:"override,omitempty"`
	// Key and Scopes are of the program that asked for it, if one did: the job may
	// what it may.
	Key    id.APIKey     `json:"key,omitempty"`
	Scopes access.Scopes `json:"scopes,omitempty"`
}

// ErrAccess refuses a choice that is none.
var ErrAccess = fault.On("access", "access_unknown", "The access is none, grant or invite.")

// Check refuses with access_unknown or portal_unknown what no line could be done
// with.
func (s Spec) Check() error {
	switch {
	case s.Access != None && s.Access != Grant && s.Access != Invite:
		return ErrAccess
	case s.Access != None && s.Portal.Check() != nil:
		return invitation.ErrPortal
	}
	return nil
}

// reach is how far the desk goes for it.
func (s Spec) reach() invitation.Reach {
	switch s.Access {
	case Grant:
		return invitation.Grants
	case Invite:
		return invitation.Invites
	}
	return invitation.Contacts
}

// By is the spec as an actor asks for it.
func (s Spec) By(a access.Actor) Spec {
	s.Key, s.Scopes = a.Key, a.Scopes
	return s
}

// Actor is whoever asked for it, as they are now.
func (s Spec) Actor(who identity.Identity) access.Actor {
	a := access.Actor{Kind: access.Person, Workspace: who.Workspace, Identity: who.ID, Level: who.Level, Key: s.Key, Scopes: s.Scopes}
	if s.Key != "" {
		a.Kind = access.Key
	}
	return a
}

// needs is what one must be allowed to do for it, as for one person by hand.
func (s Spec) needs() access.Permission {
	switch s.Access {
	case Grant:
		return access.GrantManage
	case Invite:
		return access.InvitationSend
	}
	return access.ContactManage
}

// draft begins the desk's draft of it.
func (s Spec) draft(key string) invitation.Draft {
	return invitation.Draft{
		Portal: s.Portal, Role: s.Role, Language: s.Language, Source: s.Source, Note: s.Note, Validity: s.Validity,
		Reach: s.reach(), Most: MaxRows, Key: key,
	}
}

// Text is the spec as a job keeps it.
func (s Spec) Text() string { return written(s) }
