package job

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
)

// MaxWrites is how many items one step writes
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
const MaxWrites = 100

// Worker decides the lines of one kind of job. It loads and decides; it never
// writes.
type Worker interface {
	// Decide says what each of the job's next lines comes to, in order, as things
	// stand now: of the first at least, of as many as it likes. A *Pause says that
	// it is not the time for the first. A line's result may count on what those
	// before it make true, never on those behind it.
	Decide(ctx context.Context, j Job, lines []Line) ([]Result, error)
}

// Result is what a line comes to.
type Result struct {
	Entry            // Verdict and what else the report shows; its place is filled in
	Set   change.Set // what becomes true with it
	// With is how many of the lines before this one it stands or falls with:
	// what they come to together stands in the first one's Set.
	With int
	// Found are further lines, at most MaxFound in one answer, done after all
	// others. Numbers are given to those that are no steps.
	Found []Line
	// Mails is how many mails it queues, on which Day of the workspace.
	Mails int
	Day   string
}

// Failed is the verdict of a line that did not get through, whatever its kind.
const Failed = "failed"

// Refuse is a result that changes nothing.
func Refuse(verdict string, f *fault.Error) Result {
	return Result{Entry: Entry{Verdict: verdict, Code: f.Code, Detail: f.Detail}}
}

// Pause says that a job has to wait.
type Pause struct {
	Until  time.Time
	Reason string
}

// Error is for whoever does not look.
func (p *Pause) Error() string { return fmt.Sprintf("job: %s until %s", p.Reason, p.Until) }

// Step is what one transaction does of a job: the lines it takes and what becomes
// true.
type Step struct {
	Lines int
	Next  Job
	Set   change.Set
}

// Take puts as many whole lines into a step as fit one transaction, from the
// cursor on. None, if not even the first fits by itself with those it stands
// with.
func (j Job) Take(p Part, results []Result, now time.Time) Step {
	best := Step{Next: j}
	next, set, closes := j.renewed(now), change.Set{}, 0
	next.Troubles = 0
	next.Counts = maps.Clone(j.Counts)
	if next.Counts == nil {
		next.Counts = map[string]int{}
	}
	var found []Line
	for n, r := range results {
		closes = max(closes, span(results, n))
		line := p.Lines[j.At+n]
		set.Add(r.Set)
		if !line.Step {
			set.Insert(j.entry(line, r.Entry))
			next.Done++
			next.Counts[r.Verdict]++
		}
		next = next.mailed(r)
		found = append(found, r.Found...)
		parts := Pack(j, found)
		if len(set.Writes)+len(parts)+j.own(p, n) > MaxWrites {
			break
		}
		if n >= closes {
			best = Step{Lines: n + 1, Next: next.find(found), Set: change.Set{Writes: slices.Clone(set.Writes)}}
			best.Next.Counts = maps.Clone(next.Counts)
		}
	}
	if best.Lines == 0 {
		return best
	}
	return best.close(j, p, found[:foundBy(results[:best.Lines])], now)
}

func foundBy(results []Result) int {
	n := 0
	for _, r := range results {
		n += len(r.Found)
	}
	return n
}

// own is how many items the step itself writes if line n is its last: the job,
// and the part if it ends there.
func (j Job) own(p Part, n int) int {
	if j.At+n+1 == len(p.Lines) {
		return 2
	}
	return 1
}

// span is the last line that stands or falls with line n.
func span(results []Result, n int) int {
	first := n - results[n].With
	last := n
	for m := n + 1; m < len(results); m++ {
		if m-results[m].With == first {
			last = m
		}
	}
	return last
}

// mailed counts the mails of the day.
func (j Job) mailed(r Result) Job {
	if r.Mails > 0 && r.Day != j.Day {
		j.Day, j.Mails = r.Day, 0
	}
	j.Mails += r.Mails
	return j
}

// entry fills in what is the mechanism's own.
func (j Job) entry(l Line, e Entry) Entry {
	e.Workspace, e.Job, e.Number, e.Version = j.Workspace, j.ID, l.Number, 0
	return e
}

// find counts the lines that will have an entry.
func (j Job) find(found []Line) Job {
	for _, l := range found {
		if !l.Step {
			j.Lines++
		}
	}
	return j
}

// close adds the lines that were found behind all others, moves the cursor, and
// ends what has come to its end: the part, the job.
func (s Step) close(before Job, p Part, found []Line, now time.Time) Step {
	lines, number := slices.Clone(found), before.Lines
	for n := range lines {
		if !lines[n].Step {
			lines[n].Number = number
			number++
		}
	}
	parts := Pack(before, lines)
	for _, one := range parts {
		s.Set.Insert(one)
	}
	s.Next.Parts += len(parts)
	s.Next.At += s.Lines
	if s.Next.At == len(p.Lines) {
		s.Next.Part, s.Next.At = s.Next.Part+1, 0
		s.Set.Remove(p)
	}
	if s.Next.Part == s.Next.Parts {
		s.Next = s.Next.end(now)
	}
	s.Set.Replace(s.Next)
	return s
}
