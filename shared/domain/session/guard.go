package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/limit"
)

// The limits of guessing (design.md §7; NIST SP 800-63B-4 asks for at most 100
// failures in a row).
const (
	mostInWindow = 10               // failures per account and network in one window
	window       = 15 * time.Minute // fixed windows, counted from the epoch
	mostInRow    = 100              // failures in a row per account, wherever from
	// mostInNetwork is how many failures one network may have in one window,
	// over all accounts: one common password tried on everybody (chosen; no
	// evidence: an office of a hundred that all mistype twice is let be).
	mostInNetwork = 50
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

// guard are the counters of an attempt to sign in. pair and row count it before
// the password is looked at, so that attempts side by side count as well.
// network is read before and counts failures only, so that nobody's right
// password makes room for other guesses; attempts side by side may overshoot it
// by as many as run at once. It is zero for a known device.
type guard struct {
	who                id.Identity
	pair, row, network limit.Counter
}

// guardOf returns the counters of an attempt. place is where it comes from: the
// network, or a device that is known because the very identity is signed in on
// it, or was until its session ran out. A known device counts for itself, so that strangers cannot lock its owner
// out; neither can it guess without end.
func guardOf(ws id.Workspace, who id.Identity, place string, known bool, now time.Time) guard {
	sum := sha256.Sum256([]byte(place))
	from := hex.EncodeToString(sum[:8])
	name := "signin." + string(who)
	pair := limit.Counter{Workspace: ws, Name: name + "." + from, Public: "sign-in", Most: mostInWindow, Per: window,
		Window: strconv.FormatInt(now.Unix()/int64(window/time.Second), 10), Until: windowEnd(now)}
	g := guard{who: who, pair: pair}
	if known {
		name = pair.Name
	} else {
		g.network = pair
		g.network.Name, g.network.Public, g.network.Most = "signin.from."+from, "sign-in-network", mostInNetwork
	}
	g.row = limit.Counter{Workspace: ws, Name: name, Public: "sign-in-in-a-row", Window: "row", Most: mostInRow, Until: now.Add(rowLife)}
	return g
}

func windowEnd(now time.Time) time.Time { return now.Truncate(window).Add(window) }

// check counts an attempt, compares what was typed, and starts the counters anew
// if it is right: too_many_requests, sign_in_failed, second_factor_needed,
// second_factor_wrong, recovery_code_needed. Codes of a second factor are counted
// as passwords are, with them.
func (d Desk) check(ctx context.Context, g guard, who identity.Identity, p *proof) error {
	if err := d.count(ctx, g); err != nil {
		return err
	}
	wrong := d.verify(who, p)
	switch {
	case wrong == nil:
		return d.forget(ctx, g)
	case failed(wrong) && g.network.Name != "":
		if _, err := d.Store.Count(ctx, g.network); err != nil {
			return err
		}
	}
	return wrong
}

// count counts an attempt; too_many_requests if there were too many.
func (d Desk) count(ctx context.Context, g guard) error {
	if g.network.Name != "" {
		failures, err := d.Store.Counted(ctx, g.network)
		if err != nil {
			return err
		}
		if failures >= g.network.Most {
			return d.refuse(ctx, g.network, string(d.ws()), "network", ErrTooOften)
		}
	}
	within, err := d.Store.Count(ctx, g.pair)
	if err != nil {
		return err
	}
	if !within {
		return d.refuse(ctx, g.pair, string(g.who), "too_often", ErrTooOften)
	}
	within, err = d.Store.Count(ctx, g.row)
	if err == nil && !within {
		err = d.refuse(ctx, g.row, string(g.who), "in_a_row", ErrLocked)
	}
	return err
}

// errNoted says that a refusal stands in the trail already.
var errNoted = errors.New("session: noted")

// refuse writes into the trail that a counter is full, once in a window however
// often it is met, and returns why. Single failures are not written: whoever is
// nobody yet could fill the trail with them. As it is, they get one entry for
// ten attempts, and a network not more than five of them in a window. The
// subject is the identifier of the address, whether or not somebody has it.
func (d Desk) refuse(ctx context.Context, c limit.Counter, subject, reason string, why *fault.Error) error {
	entry := audit.Of(d.Actor, d.Now, "session.refused", subject)
	entry.ID = id.Derived[id.Audit](d.Now.Truncate(window), string(c.Workspace), c.Name, reason)
	entry.After = map[string]string{"reason": reason}
	var set change.Set
	set.InsertOr(entry, errNoted)
	if err := d.Store.Commit(ctx, set); err != nil && !errors.Is(err, errNoted) {
		return err
	}
	return c.Over(why, d.Now)
}

// forget starts the counters anew: the password was right.
func (d Desk) forget(ctx context.Context, g guard) error {
	if err := d.Store.Forget(ctx, g.pair); err != nil {
		return err
	}
	return d.Store.Forget(ctx, g.row)
}
