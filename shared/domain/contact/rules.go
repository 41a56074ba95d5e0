package contact

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Limits of a contact (chosen; no evidence).
const (
	MaxAccounts = 30  // so that a change of its address fits into one transaction
	MaxSource   = 200 // characters of where the firm got the address
)

// The faults of a contact.
var (
	ErrUnknown       = fault.On("contact", "contact_unknown", "This is not a contact of the workspace.")
	ErrSource        = fault.On("source", "source_malformed", "Where the address comes from has at most 200 characters, without line breaks.")
	ErrAccounts      = fault.On("accounts", "too_many_accounts", "A contact belongs to at most 30 accounts.")
	ErrShared        = fault.On("address", "address_shared_too_often", "As many contacts as can share an address have this one already.")
	ErrInvited       = fault.New(fault.Conflict, "contact_invited", "This contact has an open invitation. Correct the address there, or cancel it first.")
	ErrHasAccess     = fault.New(fault.Conflict, "contact_has_access", "This contact was granted access at an account that you leave out. Keep the account and switch the access off.")
	ErrTestAddress   = fault.On("address", "test_client_address", "A test client has an address of its own, which no other contact has. Use another one, such as yours with a plus sign.")
	ErrTestFixed     = fault.On("address", "test_client_fixed", "A test client keeps its address. Remove it, and invite another one.")
	ErrNoTest        = fault.New(fault.Conflict, "not_a_test_client", "Only test clients are removed. Switch the access of anybody else off.")
	ErrTooManyAtOnce = fault.New(fault.Conflict, "too_many_changes", "This changes more than fits into one step. Change the accounts and the address one after the other.")
)

// New makes a contact, to be inserted.
func New(ws id.Workspace, now time.Time) Contact {
	return Contact{ID: id.New[id.Contact](now), Workspace: ws, CreatedAt: now}
}

// CheckSource refuses with source_malformed what would not read well in a mail.
func CheckSource(source string) error {
	if utf8.RuneCountInString(source) > MaxSource || !utf8.ValidString(source) || strings.ContainsFunc(source, unicode.IsControl) {
		return ErrSource
	}
	return nil
}

// At returns the contact belonging to exactly these accounts, each once;
// too_many_accounts above MaxAccounts.
func (c Contact) At(accounts []id.Account) (Contact, error) {
	all := slices.Clone(accounts)
	slices.Sort(all)
	c.Accounts = slices.Compact(all)
	if len(c.Accounts) > MaxAccounts {
		return c, ErrAccounts
	}
	return c, nil
}

// Belongs reports whether the contact belongs to an account.
func (c Contact) Belongs(a id.Account) bool { return slices.Contains(c.Accounts, a) }
