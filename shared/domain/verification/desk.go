package verification

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/limit"
	"portero/shared/domain/link"
)

// Store is what a Desk reads from.
type Store interface {
	// Verification reads one, or not_found.
	Verification(ctx context.Context, ws id.Workspace, v id.Verification) (Verification, error)
	// Count adds one to a counter's window and reports whether it is still
	// within Most.
	Count(ctx context.Context, c limit.Counter) (bool, error)
}

// Desk finds verifications and bounds how many codes an address is mailed.
type Desk struct{ Store Store }

// How often one address may be mailed a code in a workspace, whoever asks: the
// form that asks is open to everybody (chosen; no evidence).
const (
	MaxCodes = 5
	perCodes = time.Hour
)

var errTooMany = fault.New(fault.TooMany, fault.CodeTooMany, "This address was mailed several codes already. Use the newest, or wait an hour.")

// Allow counts a code for an address; too_many_requests when it had its share.
func (d Desk) Allow(ctx context.Context, ws id.Workspace, k email.Key, now time.Time) error {
	sum := sha256.Sum256([]byte(k))
	window := now.Unix() / int64(perCodes/time.Second)
	end := time.Unix((window+1)*int64(perCodes/time.Second), 0).UTC()
	c := limit.Counter{Workspace: ws, Name: "code." + hex.EncodeToString(sum[:8]), Public: "codes",
		Window: strconv.FormatInt(window, 10), Most: MaxCodes, Until: end, Per: perCodes}
	within, err := d.Store.Count(ctx, c)
	if err == nil && !within {
		err = c.Over(errTooMany, now)
	}
	return err
}

// Open finds the verification that a browser began; code_over for a secret that
// is not its, and for one that is not there any more: the same answer.
func (d Desk) Open(ctx context.Context, t link.Token) (Verification, error) {
	one, err := t.Verification()
	if err != nil {
		return Verification{}, ErrOver
	}
	v, err := d.Store.Verification(ctx, t.Workspace, one)
	if errors.Is(err, fault.NotYours()) || (err == nil && !t.Opens(v.Binding)) {
		return Verification{}, ErrOver
	}
	return v, err
}

// Return answers the repeat of a request that mailed a code: the same
// verification with a new secret for the browser, the former one dead. No other
// code is mailed; code_over if there is nothing left to type it for.
func (d Desk) Return(ctx context.Context, ws id.Workspace, one id.Verification, now time.Time) (link.Token, change.Set, error) {
	var set change.Set
	v, err := d.Store.Verification(ctx, ws, one)
	if errors.Is(err, fault.NotYours()) {
		err = ErrOver
	}
	if err == nil {
		err = v.Live(now)
	}
	if err != nil {
		return link.Token{}, set, err
	}
	again, binding := v.Rebind()
	set.Replace(again)
	return binding, set, nil
}
