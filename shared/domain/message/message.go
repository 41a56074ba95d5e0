package message

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
)

// Message is one mail in the outbox. It holds everything delivery needs, so
// that nothing else is read before it is sent; no readable secret is in it.
type Message struct {
	ID        id.Message    `json:"id"`
	Workspace id.Workspace  `json:"ws"`
	Kind      Kind          `json:"kind_of"`
	To        email.Address `json:"to"`
	Key       email.Key     `json:"key"`
	Language  string        `json:"language"`
	// What the mail is about; which are set depends on the kind.
	Invitation   id.Invitation   `json:"invitation,omitempty"`
	Identity     id.Identity     `json:"identity,omitempty"`
	Verification id.Verification `json:"verification,omitempty"`
	Number       int             `json:"number,omitempty"` // of a reminder, from 1
	// Test is the address of the test client that it is to or about (row T6), and
	// with which it goes; empty for everybody else's.
	Test  email.Key `json:"test,omitempty"`
	Model Model     `json:"model"`
	Caps  Caps      `json:"caps,omitempty"`

	Delivery   Delivery  `json:"delivery"`
	Reason     string    `json:"reason,omitempty"` // why not, in stable words; no address
	Attempts   int       `json:"attempts,omitempty"`
	LeaseUntil time.Time `json:"lease_until,omitempty"`
	Due        time.Time `json:"due,omitempty"` // when redelivery looks at it; zero once finished
	// Claim names the attempt that holds the lease, so that an attempt whose
	// answer was lost knows its own claim again.
	Claim string `json:"claim,omitempty"`
	// Counted names the caps' windows that this mail stands in already: one that
	// was counted and then put off is not counted twice.
	Counted []string `json:"counted,omitempty"`
	// Secrets are the SHA-256 of each secret that was mailed for this message:
	// a set, at most MaxAttempts and the copies.
	Secrets [][]byte `json:"secrets,omitempty"`
	// Stops are the SHA-256 of the secret behind each mail's List-Unsubscribe
	// (link.Token.Unsubscribe): it stops mail and opens nothing, so it lies apart.
	Stops   [][]byte  `json:"stops,omitempty"`
	Expires time.Time `json:"expires,omitempty"` // when its secret dies on its own; zero: with the invitation
	Used    time.Time `json:"used,omitempty"`    // a password reset works once
	SESID   string    `json:"ses_id,omitempty"`
	SentAt  time.Time `json:"sent_at,omitempty"`
	// Duplicates counts mails that may have gone out twice: attempts before the
	// last whose outcome nobody knows.
	Duplicates int       `json:"duplicates,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	// For is the instant that the mail was due for, of those that the clock
	// makes; Released is when it was let go after a restore. See restore.go.
	For      time.Time `json:"for,omitempty"`
	Released time.Time `json:"released,omitempty"`
	Version  int       `json:"v"`
}

// Caps are the limits that hold for this mail, copied from the workspace when
// it was queued so that delivery needs no further read. Zero means no cap.
type Caps struct {
	Daily   int    `json:"daily,omitempty"`
	Address int    `json:"address,omitempty"`
	Zone    string `json:"zone,omitempty"`
	// Policy holds a reminder back from quiet hours and free days of Model.Zone,
	// however late it comes to be sent; nil holds nothing back.
	Policy *localtime.Policy `json:"policy,omitempty"`
}

// Model is what the texts of a mail are filled with. Words that a person of
// the firm wrote (Note, Firm, Inviter, Portal) appear as text only.
type Model struct {
	Firm      string    `json:"firm"`
	Portal    string    `json:"portal,omitempty"`      // the portal's title
	PortalURL string    `json:"portal_name,omitempty"` // the portal's name in the URL
	Inviter   string    `json:"inviter,omitempty"`
	InviterAt string    `json:"inviter_at,omitempty"` // the inviter's account, where a client invites
	Recipient string    `json:"recipient,omitempty"`  // the person's name, if known
	Note      string    `json:"note,omitempty"`
	Source    string    `json:"source,omitempty"`     // where the firm got the address
	Level     string    `json:"level,omitempty"`      // of a staff invitation
	Subject   string    `json:"subject_of,omitempty"` // whom a notice to staff is about: an address
	State     string    `json:"state,omitempty"`      // of the invitation a new link is asked for: the way out depends on it
	About     []Section `json:"about,omitempty"`      // what a digest tells
	Until     time.Time `json:"until,omitempty"`
	Zone      string    `json:"zone,omitempty"`
	Clock     string    `json:"clock,omitempty"` // "24h" or "12h"
	Sender    string    `json:"sender,omitempty"`
	ReplyTo   string    `json:"reply_to,omitempty"`
	// Look says that the firm has a look of its own, which delivery reads: a footer
	// in every message would cost each of its writes a unit more, the read half a
	// unit once, and mails of firms without one nothing.
	Look bool `json:"look,omitempty"`
}

// Kind is what a mail is for. It names the templates.
type Kind string

// The kinds. Secret says what delivery mints for each.
const (
	Invitation      Kind = "invitation"        // to the invitee: link
	Credentials     Kind = "credentials"       // to the invitee: address and a temporary password
	Reminder        Kind = "reminder"          // to the invitee: link
	StaffInvitation Kind = "staff_invitation"  // to the future colleague: link
	ExpiryNotice    Kind = "expiry_notice"     // to the inviter: it ended without an answer
	Accepted        Kind = "accepted"          // to the inviter
	Declined        Kind = "declined"          // to the inviter
	Bounce          Kind = "bounce"            // to the inviter: the address does not work
	Digest          Kind = "digest"            // to the inviter: the four above, of a day
	LinkRequest     Kind = "link_request"      // to the inviter: the invitee asks for a new link
	JoinRequested   Kind = "join_requested"    // to the link's creator: somebody waits for approval
	JoinApproved    Kind = "join_approved"     // to the person: you may sign in
	Code            Kind = "code"              // to the person: a code to type
	PasswordReset   Kind = "password_reset"    // to the person: link
	PasswordChanged Kind = "password_changed"  // to the person: it was changed
	SecondFactorOn  Kind = "second_factor_on"  // to the person: it was set up
	SecondFactorOff Kind = "second_factor_off" // to the person: it was taken away
	CopiedLink      Kind = "copied_link"       // never mailed: staff copied the link
)

// Kinds lists every kind that is mailed; templates exist for each in each
// language.
func Kinds() []Kind {
	return []Kind{Invitation, Credentials, Reminder, StaffInvitation, ExpiryNotice, Accepted, Declined, Bounce, Digest, LinkRequest,
		JoinRequested, JoinApproved, Code, PasswordReset, PasswordChanged, SecondFactorOn, SecondFactorOff}
}

// Secret says what delivery mints for a mail of this kind.
type Secret uint8

// What may be minted.
const (
	NoSecret Secret = iota
	LinkSecret
	CodeSecret
	PasswordSecret // digits to sign in with, and a link that stops mail and opens nothing
)

// Links reports whether delivery mints a link, if only to stop mail by.
func (s Secret) Links() bool { return s == LinkSecret || s == PasswordSecret }

// Digits reports whether delivery draws something to type.
func (s Secret) Digits() bool { return s == CodeSecret || s == PasswordSecret }

// Secret returns what a mail of this kind carries.
func (k Kind) Secret() Secret {
	switch k {
	case Invitation, Reminder, StaffInvitation, PasswordReset:
		return LinkSecret
	case Code:
		return CodeSecret
	case Credentials:
		return PasswordSecret
	}
	return NoSecret
}

// ToInvitee reports whether the mail's delivery state is shown on its
// invitation.
func (k Kind) ToInvitee() bool {
	return k == Invitation || k == Credentials || k == Reminder || k == StaffInvitation
}

// Delivery is how far a mail has come.
type Delivery string

// The states of delivery (design.md §2).
const (
	Queued     Delivery = "queued"
	Sent       Delivery = "sent"
	Delivered  Delivery = "delivered"
	Delayed    Delivery = "delayed"
	Bounced    Delivery = "bounced"
	Complained Delivery = "complained"
	Suppressed Delivery = "suppressed"
	Failed     Delivery = "failed"
)

// MaxAttempts is how often delivery tries before a message is failed
// (design.md §5).
const MaxAttempts = 5
