package dynamo

import (
	"context"

	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// Job reads one, or not_found.
func (s *Store) Job(ctx context.Context, ws id.Workspace, one id.Job) (job.Job, error) {
	return get[job.Job](ctx, s, schema.Core, jobKeys(ws, one))
}

// Jobs reads a page of a workspace's jobs by when they were made: state, kind and
// who made them; the rest is the job's own.
func (s *Store) Jobs(ctx context.Context, ws id.Workspace, p page.Ask) ([]job.Job, page.Cursor, error) {
	return list[job.Job](ctx, s, query{table: schema.Core, index: schema.List, partition: in(ws, schema.Job),
		start: func(sort string) keys { return jobKeys(ws, id.Job(lastPart(sort))) }}, p)
}

// JobPart reads some of a job's lines, or not_found once they are done.
func (s *Store) JobPart(ctx context.Context, ws id.Workspace, one id.Job, n int) (job.Part, error) {
	return get[job.Part](ctx, s, schema.Core, partKeys(ws, one, n))
}

// JobEntries reads a page of what became of a job's lines.
func (s *Store) JobEntries(ctx context.Context, ws id.Workspace, one id.Job, p page.Ask) ([]job.Entry, page.Cursor, error) {
	partition := jobKeys(ws, one).pk
	return list[job.Entry](ctx, s, query{table: schema.Core, partition: partition, prefix: entryPrefix,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}
