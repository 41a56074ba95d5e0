package directory

import (
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
)

// HandOver is the kind of job that gives what belongs to a leaver to a colleague
// (row B13). What becomes of all that is somebody's of staff:
//
//   - grants they own, and invitations of theirs that are open or expired, go to
//     the successor, by the job; until it comes to one, readers take the
//     workspace's default owner for its owner (OwnerOf, Guest.Listener);
//   - join links go as well, and with them the requests that wait behind them: a
//     request belongs to its link. The links stay valid;
//   - being the workspace's default owner goes with the level, in its transaction;
//   - sessions and API keys end with the next request, keys for good
//     (Identity.LeftAt), and bulk work in their name refuses its remaining lines;
//   - choices about mails, the second factor and the password stay with the
//     identity: whoever has grants is a client from then on, whoever was promoted
//     (row F8) is one again, and whoever comes back finds them;
//     notices that wait for their digest go to the successor (jobs/digest);
//   - what they did stays theirs: the trail, and who invited whom (InvitedBy).
const HandOver job.Kind = "handover"

// Estate is a job's spec: whose things go, and to whom.
type Estate struct {
	From id.Identity `json:"from"`
	To   id.Identity `json:"to"`
}

// Text is the spec as a job keeps it.
func (e Estate) Text() string { return text(e) }

// Bequest is a line of such a job: one thing that goes.
type Bequest struct {
	Link       id.JoinLink   `json:"l,omitempty"`
	Invitation id.Invitation `json:"i,omitempty"`
	Grant      *grant.Key    `json:"k,omitempty"`
}

// The verdicts of a bequest.
const (
	HandedOver = "handed_over"
	Unchanged  = "unchanged" // it is somebody else's by now, or over
	NoHeir     = "no_heir"   // there is nobody left to whom it could go
)

// name says in the report what the line was about.
func (b Bequest) name(r *job.Result) {
	r.Invitation = b.Invitation
	if b.Grant != nil {
		r.Account, r.Contact = b.Grant.Account, b.Grant.Contact
	}
}
