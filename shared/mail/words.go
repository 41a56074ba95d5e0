package mail

import (
	"cmp"
	"fmt"

	"portero/shared/domain/message"
)

// bilingual is a kind of mail in every language. Each kind stands in the file of
// its name, Spanish first.
type bilingual struct {
	es, en func(facts) words
}

// words are what one kind of mail says in one language. A part left out is not
// shown. A paragraph may be broken anywhere: line breaks and indents become one
// space.
type words struct {
	Subject, Heading string
	Before           []string // paragraphs above the button or the code
	Quote            string   // who says the note; without it no note is shown
	Action           string   // the button's
	Deadline         string
	After            []string // paragraphs below
}

// facts are what the words may name; what is not known is "". Every string is
// inert already (inert.go).
type facts struct {
	Firm, Portal, Inviter, Recipient string // names
	InviterAt                        string // the account of a client who invites
	About                            string // an address, spaced out but unbroken
	Level                            string // "admin" or "member"
	State                            string // of the invitation a new link is asked for
	Parts                            []told // of a digest
	Source                           string
	Until, At                        string // instants in words; At is when it happened
	Host                             string // where every link leads
	Number                           string // of the reminder; "" for other kinds
	Replies                          bool   // an answer is read by somebody
	Linked                           bool   // there is a link
	NoticeHost                       string // where the privacy notice is; the one link that leads elsewhere
}

// wordsOf returns what a kind says in a language, and what stands around it. It
// returns ErrNoWords for a kind that is not mailed and for another language;
// there is no default: a message says its language or is refused.
func wordsOf(kind message.Kind, language string) (func(facts) words, func(facts) frame, error) {
	var wordsFor func(facts) words
	var frameFor func(facts) frame
	switch language {
	case "es":
		wordsFor, frameFor = textOf(kind).es, spanishFrame
	case "en":
		wordsFor, frameFor = textOf(kind).en, englishFrame
	}
	if wordsFor == nil {
		return nil, nil, fmt.Errorf("%w: %q in %q", ErrNoWords, kind, language)
	}
	return wordsFor, frameFor, nil
}

func textOf(kind message.Kind) bilingual {
	switch kind {
	case message.Invitation:
		return invitation
	case message.Credentials:
		return credentials
	case message.Reminder:
		return reminder
	case message.StaffInvitation:
		return staffInvitation
	case message.ExpiryNotice:
		return expiryNotice
	case message.Accepted:
		return accepted
	case message.Declined:
		return declined
	case message.Bounce:
		return bounce
	case message.Digest:
		return digest
	case message.LinkRequest:
		return linkRequest
	case message.JoinRequested:
		return joinRequested
	case message.JoinApproved:
		return joinApproved
	case message.Code:
		return code
	case message.PasswordReset:
		return passwordReset
	case message.PasswordChanged:
		return passwordChanged
	case message.SecondFactorOn:
		return secondFactorOn
	case message.SecondFactorOff:
		return secondFactorOff
	}
	return bilingual{}
}

// around puts a text between two others; without the text all three are "".
func around(before, text, after string) string {
	if text == "" {
		return ""
	}
	return before + text + after
}

// or returns the first of two that is there.
func or(text, otherwise string) string { return cmp.Or(text, otherwise) }
