package identity

import (
	"cmp"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// Hearing is how somebody of staff hears what became of invitations.
type Hearing string

// The choices; a profile without one hears of each.
const (
	HearEach   Hearing = "each"
	HearDigest Hearing = "digest" // once a day
	HearNone   Hearing = "none"
)

// known reports whether it is one, or left to the default.
func (h Hearing) known() bool { return h == "" || h == HearEach || h == HearDigest || h == HearNone }

// Hears is how the person hears of notices of a kind. Those that somebody waits
// for come one by one or, to who wants no such mail at all, never.
func (p Profile) Hears(k message.Kind) Hearing {
	switch {
	case p.Quiet:
		return HearNone
	case !k.Gathers():
		return HearEach
	}
	return cmp.Or(p.Notices, HearEach)
}

// Tell adds a notice to a set as the person hears of it: as a mail, as a note for
// the next digest, or not at all. Both cost the same (shared/dynamo/keys.go).
func (i Identity) Tell(set *change.Set, w workspace.Workspace, notice message.Message, now time.Time) {
	switch i.Profile.Hears(notice.Kind) {
	case HearEach:
		set.Insert(notice)
	case HearDigest:
		if notice.Test != "" { // a test client counts nowhere, and what tells of it goes with it (row T6)
			set.Insert(notice)
			return
		}
		set.Insert(notice.Note(i.ID, w.NextDigest(now)))
	}
}
