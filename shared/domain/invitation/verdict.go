package invitation

import (
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// Verdict is what became of one line.
type Verdict string

// The verdicts. The first three are good: somebody has an open invitation that
// they did not have before. So are granted and added, of a draft that sends
// nothing.
const (
	Invited               Verdict = "invited"
	AddedToOpen           Verdict = "added_to_open" // an open invitation now offers this, too
	Offered               Verdict = "offered"       // to somebody who can sign in already
	Granted               Verdict = "granted"       // access, and nothing was sent
	Added                 Verdict = "added"         // put on file
	AlreadyKnown          Verdict = "already_known"
	AlreadyGranted        Verdict = "already_granted"
	AlreadyPending        Verdict = "already_pending"
	AlreadyMember         Verdict = "already_member"
	Malformed             Verdict = "malformed"
	Twice                 Verdict = "twice"
	Suppressed            Verdict = "suppressed"     // the address takes no mail; the code says why
	DomainRefused         Verdict = "domain_refused" // an address of the firm's own
	RoleUnknown           Verdict = "role_unknown"
	LanguageUnknown       Verdict = "language_unknown"
	AccountUnknown        Verdict = "account_unknown"
	ContactUnknown        Verdict = "contact_unknown"
	ContactWithoutAddress Verdict = "contact_without_address"
	CapReached            Verdict = "cap_reached"
	NoSeat                Verdict = "no_seat" // every seat of the role is taken
	Failed                Verdict = "failed"  // not now, or nobody knows: the same line may be sent again
)

// Good reports whether the line did what it was for.
func (v Verdict) Good() bool {
	return v == Invited || v == AddedToOpen || v == Offered || v == Granted || v == Added
}

// Outcome is one line's verdict. A line that is not good says why in Code and
// Detail.
type Outcome struct {
	Line       int    // Line.Number
	Address    string // as typed, or the contact's
	Verdict    Verdict
	Code       fault.Code
	Detail     string        // a sentence for staff
	Invitation id.Invitation // that which is open now, if any
	Role       id.Role       // of the offered grant
	// Account and Contact are whom a good line is about.
	Account id.Account
	Contact id.Contact
	Grant   grant.Grant // as it is offered, of a good line
	// Offer is the invitation as it now is, of a good line.
	Offer    Invitation
	Warnings []string // "like_existing:<address>", "like_line:<number>"
}

// Party is what must become true together, or not at all: everything about one
// address, with the lines it is from.
type Party struct {
	Lines []int // Line.Number
	Set   change.Set
}

// refusal is a verdict with its reason.
type refusal struct {
	verdict Verdict
	code    fault.Code
	detail  string
}

func (o *Outcome) refuse(r refusal) { o.Verdict, o.Code, o.Detail = r.verdict, r.code, r.detail }

// The refusals of a line. Each sentence says the way out.
var (
	noAddress      = refusal{Malformed, "address_missing", "Name an address or a contact."}
	contactOrOther = refusal{Malformed, "address_or_contact", "Name an address or a contact, not both."}
	malformed      = refusal{Malformed, "address_malformed", "This is not one address. Correct it to name@example.com."}
	unsupported    = refusal{Malformed, "address_unsupported", "Special characters before the @ cannot be mailed. Ask for another address."}
	badSource      = refusal{Malformed, ErrSource.Code, ErrSource.Detail}
	badZone        = refusal{Malformed, "zone_unknown", "A zone is a name such as Europe/Madrid."}
	twice          = refusal{Twice, "twice", "This person stands in the list twice. The first line counts."}
	roleUnknown    = refusal{RoleUnknown, "role_unknown", "There is no such role in this portal."}
	langUnknown    = refusal{LanguageUnknown, "language_unknown", "A language is en or es."}
	accountUnknown = refusal{AccountUnknown, "account_unknown", "There is no such account."}
	notAtAccount   = refusal{AccountUnknown, "contact_not_at_account", "The contact does not belong to this account. Add them to it first."}
	whichAccount   = refusal{AccountUnknown, "account_ambiguous", "This person belongs to several accounts. Name one."}
	contactUnknown = refusal{ContactUnknown, "contact_unknown", "There is no such contact."}
	noMailAddress  = refusal{ContactWithoutAddress, "contact_without_address", "The contact has no address. Add one first."}
	alreadyKnown   = refusal{AlreadyKnown, "already_known", "This person is on file at this account already. There is nothing to do."}
	alreadyGranted = refusal{AlreadyGranted, "already_granted", "This person has the access already. Invite them if nothing was sent yet."}
	alreadyPending = refusal{AlreadyPending, "already_pending", "There is an open invitation already. Resend it if need be."}
	alreadyMember  = refusal{AlreadyMember, "already_member", "This person is in already. There is nothing to do."}
	accessEnded    = refusal{AlreadyMember, "access_ended", "This person's access has ended. Change its dates instead."}
	deactivated    = refusal{Suppressed, "deactivated", "This person was deactivated. Reactivate them first."}
	staffDecide    = refusal{AlreadyGranted, "colleague_refused", ErrHostRefused.Detail}
	ownDomain      = refusal{DomainRefused, workspace.ErrOwn.Code, workspace.ErrOwn.Detail}
	tooManyGrants  = refusal{CapReached, ErrTooMany.Code, ErrTooMany.Detail}
	tooManySharing = refusal{CapReached, "too_many_contacts", "Too many contacts share this address."}
	testAddress    = refusal{AccountUnknown, contact.ErrTestAddress.Code, contact.ErrTestAddress.Detail}
	noSeat         = refusal{NoSeat, seat.ErrNone.Code, seat.ErrNone.Detail}
	tryAgain       = refusal{Failed, fault.CodeUnavailable, "This line did not get through. Send it again."}
	mayBeThrough   = refusal{Failed, fault.CodeUnavailable, "This line may have got through: the answer was lost. Send it again; nobody is invited twice."}
)

// Fail gives a line its verdict that is not known to have been committed; unsure
// says that it may have been.
func (o *Outcome) Fail(unsure bool) {
	o.refuse(tryAgain)
	if unsure {
		o.refuse(mayBeThrough)
	}
	o.Invitation, o.Offer = "", Invitation{}
}

// refuseStopped is the refusal of an address that takes no mail.
func refuseStopped(s *mailbox.Stop) refusal {
	f := stopped(s)
	return refusal{Suppressed, f.Code, f.Detail}
}
