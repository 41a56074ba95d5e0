package intake

import (
	"context"
	"strconv"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
)

// Clerk decides what the rows of a list come to, for a dry run and for a job.
type Clerk struct {
	Store Store
	Desk  invitation.Desk // its store is the clerk's
	Spec  Spec
	// Job and Begun name what is made on the way, so that two rows of one job that
	// name the same new account get the same one.
	Job   id.Job
	Begun time.Time
}

// Outcome is what a row comes to: the desk's, with what must become true.
type Outcome struct {
	invitation.Outcome
	Set  change.Set
	With int  // how many rows before this one it stands or falls with
	Mail bool // a mail goes out
}

// Verdicts that only a list has.
const (
	LanguageMissing invitation.Verdict = "language_missing"
)

// Decide decides rows, in order. What is wrong with the list as a whole is
// returned, as Desk.Invite does.
func (c Clerk) Decide(ctx context.Context, rows []Row) ([]Outcome, error) {
	all := make([]Outcome, len(rows))
	names, err := c.names(ctx, rows)
	if err != nil {
		return nil, err
	}
	draft := c.Spec.draft(string(c.Job) + lineOf(rows))
	var places []int
	for n, row := range rows {
		o := &all[n]
		o.Line, o.Address = row.Line, row.Address
		line, no := names.line(row, c.Spec.Access)
		if no != nil {
			o.Verdict, o.Code, o.Detail = no.verdict, no.code, no.detail
			continue
		}
		line.Number = len(places)
		draft.Lines, places = append(draft.Lines, line), append(places, n)
	}
	if len(draft.Lines) == 0 {
		return all, nil
	}
	d := c.Desk
	d.Store = names.known(c.Store)
	got, err := d.Invite(ctx, draft)
	if err != nil {
		return nil, err
	}
	for i, o := range got.Outcomes {
		n := places[i]
		o.Line = rows[n].Line
		all[n].Outcome = o
		all[n].Mail = c.Spec.Access == Invite && (o.Verdict == invitation.Invited || o.Verdict == invitation.Offered)
	}
	for _, p := range got.Parties {
		first := places[p.Lines[0]]
		for _, line := range p.Lines {
			all[places[line]].With = places[line] - first
		}
		all[first].Set = p.Set
	}
	names.open(c.Desk, all)
	return all, nil
}

// Check refuses what holds for no row of the list: not_allowed, portal_unknown,
// role_unknown, language_unknown, note_malformed, source_malformed,
// validity_malformed, mail_paused.
func (c Clerk) Check(ctx context.Context) error {
	if !c.May() {
		return fault.NotAllowed()
	}
	draft := c.Spec.draft(string(c.Job))
	draft.Lines = []invitation.Line{{}} // nobody: everything else is looked at
	d := c.Desk
	d.Store = c.Store
	_, err := d.Invite(ctx, draft)
	return err
}

// May reports whether the actor may do what the list is for; a job asks again
// each time it goes on.
func (c Clerk) May() bool { return access.May(c.Desk.Actor, c.Spec.needs()) }

// lineOf tells the rows of one step from another's.
func lineOf(rows []Row) string {
	if len(rows) == 0 {
		return ""
	}
	return "/" + strconv.Itoa(rows[0].Line) + string(rows[0].Contact)
}

// refusal is a verdict with its reason.
type refusal struct {
	verdict invitation.Verdict
	code    fault.Code
	detail  string
}

// refused says what is wrong with a row by itself.
func (r Row) refused() *refusal {
	switch {
	case r.Wrong == codeNoLanguage:
		return &refusal{LanguageMissing, r.Wrong, "The row has no language. Fill it in, or leave the column out."}
	case r.Wrong == codeWide:
		return &refusal{invitation.Malformed, r.Wrong, "The row has more cells than the header. Look for a delimiter that stands in a text without quotes."}
	case r.Wrong != "":
		return &refusal{invitation.Malformed, r.Wrong, "A cell of the row is too long."}
	case r.First > 0:
		return &refusal{invitation.Twice, "twice", "The file says the same of this person in line " + strconv.Itoa(r.First) + ". The first line counts."}
	}
	return nil
}

// Refuse is the outcome of every row where the list as a whole cannot be done.
func Refuse(rows []Row, f *fault.Error) []Outcome {
	all := make([]Outcome, len(rows))
	for n, r := range rows {
		all[n].Outcome = invitation.Outcome{Line: r.Line, Address: r.Address, Verdict: invitation.Failed, Code: f.Code, Detail: f.Detail}
	}
	return all
}
