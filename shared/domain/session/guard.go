package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/limit"
)

// The limits of guessing (design.md §7; NIST SP 800-63B-4 asks for at most 100
// failures in a row).
const (
	mostInWindow = 10               // failures per account and network in one window
	window       = 15 * time.Minute // fixed windows, counted from the epoch
	mostInRow    = 100              // failures in a row per account, wherever from
	// rowLife is how long a row of failures is remembered after the last of
	// them (chosen; no evidence).
	rowLife = 400 * 24 * time.Hour
)

// The faults of guessing too often. They say nothing of whether the address is
// known: addresses nobody has are counted like all others.
var (
	ErrTooOften = fault.New(fault.TooMany, fault.CodeTooMany, "Too many attempts. Wait a little, then try again.")
	ErrLocked   = fault.New(fault.TooMany, fault.CodeTooMany, "Too many attempts in a row. Ask for a new password by mail; after that you can sign in again.")
)

// guard are the counters that an attempt to sign in is counted in, before the
// password is looked at, so that attempts side by side count as well.
type guard struct{ pair, row limit.Counter }

// guardOf returns the counters of an attempt. place is where it comes from: the
// network, or a device that is known because the very identity is signed in on
// it. A known device counts for itself, so that strangers cannot lock its owner
// out; neither can it guess without end.
func guardOf(ws id.Workspace, who id.Identity, place string, known bool, now time.Time) guard {
	sum := sha256.Sum256([]byte(place))
	name := "signin." + string(who)
	pair := limit.Counter{Workspace: ws, Name: name + "." + hex.EncodeToString(sum[:8]), Most: mostInWindow,
		Window: strconv.FormatInt(now.Unix()/int64(window/time.Second), 10), Until: windowEnd(now)}
	if known {
		name = pair.Name
	}
	return guard{pair: pair, row: limit.Counter{Workspace: ws, Name: name, Window: "row", Most: mostInRow, Until: now.Add(rowLife)}}
}

func windowEnd(now time.Time) time.Time { return now.Truncate(window).Add(window) }

// count counts an attempt; too_many_requests if there were too many.
func (d Desk) count(ctx context.Context, g guard) error {
	within, err := d.Store.Count(ctx, g.pair)
	if err != nil {
		return err
	}
	if !within {
		return ErrTooOften.After(windowEnd(d.Now).Sub(d.Now))
	}
	within, err = d.Store.Count(ctx, g.row)
	if err == nil && !within {
		err = ErrLocked
	}
	return err
}

// forget starts the counters anew: the password was right.
func (d Desk) forget(ctx context.Context, g guard) error {
	if err := d.Store.Forget(ctx, g.pair); err != nil {
		return err
	}
	return d.Store.Forget(ctx, g.row)
}
