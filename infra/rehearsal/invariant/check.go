package invariant

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/infra/local/standin/ses"
	"portero/shared/dynamo/schema"
)

// Options say what is known beside the database. The zero value asks about the
// database alone.
type Options struct {
	// Settled says that jobs/redeliver has run at now and nothing fails any
	// more: what is queued and due then is lost.
	Settled bool
	// Mails are all that SES took, by these functions on this database; nil:
	// nobody knows.
	Mails []ses.Message
	// Secrets are what was issued and may stand nowhere readable: tokens, codes,
	// passwords, each as its holder got it.
	Secrets []string
	// Logs are what was logged; no secret stands there either.
	Logs []string
}

// Check returns what cannot be true of the database at now: a sentence each, in
// a stable order, with the workspace and the thing it is about; nil if all is
// well. A table that cannot be read is such a sentence too. Nothing may change
// while it reads.
func Check(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string, now time.Time, o Options) []string {
	s, err := read(ctx, client, tables)
	if err != nil {
		return []string{err.Error()}
	}
	c := &check{snapshot: s, now: now, options: o, wrong: s.strange}
	c.gone = c.removed()
	c.workspaces()
	c.people()
	c.called()
	c.grants()
	c.seating()
	c.invitations()
	c.joining()
	c.tested()
	c.outbox()
	c.mails()
	c.sessions()
	c.trail()
	c.records()
	c.bulk()
	c.secrets()
	slices.Sort(c.wrong)
	return slices.Compact(c.wrong)
}

// check is one look at a snapshot.
type check struct {
	*snapshot
	now     time.Time
	options Options
	wrong   []string
	gone    map[string]bool // see removed
}

// must adds a sentence unless it holds.
func (c *check) must(holds bool, format string, args ...any) {
	if !holds {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}
