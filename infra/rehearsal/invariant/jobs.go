package invariant

import (
	"strings"

	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// work is what is stored of one job.
type work struct {
	job     job.Job
	parts   map[int]job.Part
	entries map[int]job.Entry
}

// takeJob files a job, some of its lines, or what became of one.
func (s *snapshot) takeJob(partition, sort string, item dynamo.Item) error {
	parts := strings.Split(partition, schema.Sep)
	one := id.Job(parts[2])
	w, known := s.jobs[one]
	if !known {
		w = &work{parts: map[int]job.Part{}, entries: map[int]job.Entry{}}
		s.jobs[one] = w
	}
	switch {
	case len(parts) > 3:
		return keep(item, func(p job.Part) { w.parts[p.Number] = p })
	case sort == "@":
		return keep(item, func(j job.Job) { w.job = j })
	}
	return keep(item, func(e job.Entry) { w.entries[e.Number] = e })
}

// bulk follows every job: exactly one entry for each line that is done, none for
// the others, and nothing of what was sent in once its lines are done.
func (c *check) bulk() {
	for one, w := range c.jobs {
		j := w.job
		if j.ID == "" {
			c.must(false, "%s: parts or entries are there without their job", one)
			continue
		}
		if j.Rubbish(c.now) {
			continue // being removed
		}
		done, counted := map[string]int{}, 0
		for _, e := range w.entries {
			done[e.Verdict]++
		}
		for verdict, n := range j.Counts {
			counted += n
			c.must(done[verdict] == n, "%s: the job %s counts %d lines %s, there are %d", j.Workspace, one, n, verdict, done[verdict])
		}
		c.must(len(w.entries) == j.Done && counted == j.Done, "%s: the job %s has done %d lines, %d have an entry", j.Workspace, one, j.Done, len(w.entries))
		c.must(j.State != job.Done || j.Done == j.Lines, "%s: the job %s is done with %d of %d lines", j.Workspace, one, j.Done, j.Lines)
		for n := range w.parts {
			c.must(n >= j.Part && n < j.Parts, "%s: of the job %s, lines are kept that are done", j.Workspace, one)
		}
		for n := j.Part; n < j.Parts && !j.State.Over() && j.State != job.Receiving; n++ {
			c.must(len(w.parts[n].Lines) > 0, "%s: the job %s has lost lines that are not done", j.Workspace, one)
		}
		c.must(c.due[string(one)], "%s: nobody will look at the job %s", j.Workspace, one)
	}
}
