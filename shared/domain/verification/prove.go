package verification

import (
	"fmt"
	"strings"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/workspace"
)

// The faults of proving an address.
var (
	ErrWrong = fault.On("code", "code_wrong", "This is not the code. Look for the newest mail from the firm.")
	ErrOver  = fault.New(fault.Gone, "code_over", "This code is over. Begin again to get another.")
)

// Begin completes a verification at now: its identifier, its end and the secret
// that the browser keeps.
func (v Verification) Begin(now time.Time) (Verification, link.Token) {
	v.ID, v.ExpiresAt = id.New[id.Verification](now), now.Add(Life)
	return v.Rebind()
}

// Rebind hands the verification to the browser that asks again because the
// first answer was lost: the secret that went out before is dead.
func (v Verification) Rebind() (Verification, link.Token) {
	t := link.New(v.Workspace, string(v.ID))
	v.Binding = t.Hash()
	return v, t
}

// Letter makes the mail with the code; delivery draws it.
func (v Verification) Letter(w workspace.Workspace, now time.Time) message.Message {
	letter := w.Letter(id.New[id.Message](now), message.Code, v.Address, v.Language, now)
	letter.Verification, letter.Expires = v.ID, v.ExpiresAt
	letter.Model.Recipient, letter.Model.Until = v.Name, v.ExpiresAt
	if v.Test {
		letter.Test = v.Key
	}
	return letter
}

// Live reports, with code_over, whether the code may still be typed at now.
func (v Verification) Live(now time.Time) error {
	if v.Unused() != nil || !now.Before(v.ExpiresAt) || v.Tries >= MaxTries {
		return ErrOver
	}
	return nil
}

// Try counts an attempt at now, which must be stored before the code is looked
// at, so that guesses in parallel are counted too; code_over when none is left.
func (v Verification) Try(now time.Time) (Verification, error) {
	if err := v.Live(now); err != nil {
		return v, err
	}
	v.Tries++
	return v, nil
}

// Matches compares the typed code, spaces and hyphens aside, at the price of
// one hash whether or not a code was mailed yet; code_wrong says how many tries
// are left.
func (v Verification) Matches(typed string, cost password.Cost) error {
	h, digits := v.CodeHash, strings.NewReplacer(" ", "", "-", "").Replace(typed)
	if h == "" {
		h = password.Dummy(cost)
	}
	ok, err := h.Verify(password.Plain(digits))
	switch {
	case err != nil:
		return fmt.Errorf("compare code of %s: %w", v.ID, err)
	case ok && v.CodeHash != "":
		return nil
	case v.Tries >= MaxTries:
		return ErrOver
	}
	wrong := *ErrWrong
	wrong.TriesLeft = MaxTries - v.Tries
	return &wrong
}

// Unused reports, with code_over, whether the code has done nothing yet.
func (v Verification) Unused() error {
	if !v.Used.IsZero() {
		return ErrOver
	}
	return nil
}

// Use ends the verification: its code has done what it was for.
func (v Verification) Use(now time.Time) Verification {
	v.Used = now
	return v
}

// Speaks reports whether the identity may be entered for this verification: the
// password that was typed was its own and is so still.
func (v Verification) Speaks(for_ identity.Identity) bool {
	return v.Proved && v.Generation == for_.Generation
}
