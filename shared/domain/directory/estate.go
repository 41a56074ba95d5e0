package directory

import (
	"context"
	"encoding/json"
	"errors"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
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
//   - sessions and API keys end with the next request, and bulk work in their name
//     refuses its remaining lines: all three ask for the level;
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

// Bequest is a line of such a job: one thing that goes, or, with Stage, a step
// that finds some.
type Bequest struct {
	Stage   Stage       `json:"g,omitempty"`
	Account id.Account  `json:"a,omitempty"` // of OfAccount
	After   page.Cursor `json:"f,omitempty"` // where the step goes on

	Link       id.JoinLink   `json:"l,omitempty"`
	Invitation id.Invitation `json:"i,omitempty"`
	Grant      *grant.Key    `json:"k,omitempty"`
}

// Line is the bequest as a job's line.
func (b Bequest) Line() job.Line { return job.Line{Step: b.Stage != "", Text: text(b)} }

// Stage is where a step looks.
type Stage string

// The stages. Expired invitations go too: they can be reopened.
const (
	Links     Stage = "links"
	Pending   Stage = "pending"
	Expired   Stage = "expired"
	Accounts  Stage = "accounts"   // for their grants
	OfAccount Stage = "of_account" // one of them
)

func firstSteps() []job.Line {
	var all []job.Line
	for _, s := range []Stage{Links, Pending, Expired, Accounts} {
		all = append(all, Bequest{Stage: s}.Line())
	}
	return all
}

func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // identifiers always encode
	}
	return string(raw)
}

// The verdicts of a bequest.
const (
	HandedOver = "handed_over"
	Unchanged  = "unchanged" // it is somebody else's by now, or over
	NoHeir     = "no_heir"   // there is nobody left to whom it could go
)

// EstateStore is what handing over reads beyond the desk's.
type EstateStore interface {
	JoinLink(ctx context.Context, ws id.Workspace, l id.JoinLink) (joinlink.JoinLink, error)
	InvitationsOf(ctx context.Context, ws id.Workspace, all []id.Invitation) (map[id.Invitation]invitation.Invitation, error)
}

// Bequeath decides some bequests: each goes to the heir, if it is the leaver's
// still. Nothing goes while the leaver is staff (again).
func (d Desk) Bequeath(ctx context.Context, store EstateStore, e Estate, all []Bequest) ([]job.Result, error) {
	from, err := d.Store.Identity(ctx, d.ws(), e.From)
	if err != nil {
		return nil, err
	}
	to, err := d.Heir(ctx, e.To)
	if err != nil {
		return nil, err
	}
	var keys []grant.Key
	var offers []id.Invitation
	for _, b := range all {
		switch {
		case b.Grant != nil:
			keys = append(keys, *b.Grant)
		case b.Invitation != "":
			offers = append(offers, b.Invitation)
		}
	}
	grants, err := d.Store.Grants(ctx, d.ws(), keys)
	if err != nil {
		return nil, err
	}
	invitations, err := store.InvitationsOf(ctx, d.ws(), offers)
	if err != nil {
		return nil, err
	}
	h := handing{desk: d, from: from, to: to}
	results := make([]job.Result, len(all))
	for n, b := range all {
		switch {
		case from.Serves():
			results[n].Verdict = Unchanged
		case to.ID == "":
			results[n].Verdict = NoHeir
		case b.Grant != nil:
			results[n] = h.grant(grants[*b.Grant])
		case b.Invitation != "":
			results[n] = h.invitation(invitations[b.Invitation])
		default:
			l, err := store.JoinLink(ctx, d.ws(), b.Link)
			if err != nil && !errors.Is(err, fault.NotYours()) {
				return nil, err
			}
			results[n] = h.link(l)
		}
		b.name(&results[n])
	}
	return results, nil
}

// name says in the report what the line was about.
func (b Bequest) name(r *job.Result) {
	r.Invitation = b.Invitation
	if b.Grant != nil {
		r.Account, r.Contact = b.Grant.Account, b.Grant.Contact
	}
}

// handing gives things of one person to another.
type handing struct {
	desk     Desk
	from, to identity.Identity
}

func (h handing) grant(g grant.Grant) job.Result {
	if g.Owner != h.from.ID {
		return kept()
	}
	next := g
	next.Owner = h.to.ID
	return gone(next, h.desk.differs(g, next))
}

func (h handing) link(l joinlink.JoinLink) job.Result {
	if l.Creator != h.from.ID {
		return kept()
	}
	l.Creator = h.to.ID
	return gone(l, h.entry("joinlink.handed_over", string(l.ID)))
}

func (h handing) invitation(i invitation.Invitation) job.Result {
	next, changed := i.HandOver(h.from.ID, h.to.ID, h.to.Name, h.desk.Now)
	if !changed {
		return kept()
	}
	return gone(next, h.entry("invitation.handed_over", string(i.ID)), i.Accounts()...)
}

// entry names both, by identifier.
func (h handing) entry(action, subject string) audit.Entry {
	e := h.desk.entry(action, subject)
	e.Before, e.After = map[string]string{"owner": string(h.from.ID)}, map[string]string{"owner": string(h.to.ID)}
	return e
}

func kept() job.Result { return job.Result{Entry: job.Entry{Verdict: Unchanged}} }

func gone(record change.Record, e audit.Entry, accounts ...id.Account) job.Result {
	r := job.Result{Entry: job.Entry{Verdict: HandedOver}}
	r.Set.Replace(record)
	if len(accounts) == 0 {
		r.Set.Insert(e)
		return r
	}
	audit.File(&r.Set, e, accounts...)
	return r
}

// Executor is the actor in whose name a job hands over: whoever sent the leaver
// away, or the leaver.
func Executor(ws id.Workspace, by id.Identity) access.Actor {
	return access.Actor{Kind: access.Person, Workspace: ws, Identity: by}
}
