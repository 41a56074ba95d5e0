package grant

import (
	"time"

	"portero/shared/domain/id"
)

// Accept makes the grant a person's own at now: from then on they are a member
// through it. For whoever has accepted it already nothing changes; a grant that
// was offered to another address since is theirs to whom it was offered last.
func (g Grant) Accept(who id.Identity, now time.Time) Grant {
	if g.AcceptedBy(who) {
		return g
	}
	g.Identity, g.AcceptedAt = who, now
	return g
}

// AcceptedBy reports whether the person is a member through this grant.
func (g Grant) AcceptedBy(who id.Identity) bool { return g.Identity == who && !g.AcceptedAt.IsZero() }
