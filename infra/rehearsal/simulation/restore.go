package simulation

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/infra/local"
	"portero/infra/local/standin/stream"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Drilled is what a restore drill came to.
type Drilled struct {
	Outcome
	Window   int // mails that were sent after the instant that was restored
	Parked   int // mails that waited for their release
	Released int // mails that went out from then on; without the guard: those that went out again
}

// drill is a restore: the life of a seed to an instant T; what is lost then; the
// copy of T in tables by other names; and the life after it.
type drill struct {
	*seed
	guard  bool // functions are told of the restore
	drop   bool // what waits is given up
	before map[string]bool
	result Drilled
}

// Restore runs the restore drill (reliability D40): nothing that was sent before
// the restore is sent again, what may have been waits until it is released, and
// the copy passes the checker. Without the guard functions do not know that
// their tables are a copy: so it is seen what it is for.
func Restore(t *testing.T, o Options, guard bool) Drilled {
	t.Helper()
	d := &drill{guard: guard, drop: o.Seed%2 == 0}
	outcome := o.run(t, func(s *seed) {
		d.seed = s
		d.live(o.Steps)
	})
	d.result.Outcome = outcome
	return d.result
}

// live is the whole of a drill.
func (d *drill) live(steps int) {
	d.steps(steps / 2)
	d.queue()
	sends, risked := maps.Clone(d.sends), maps.Clone(d.risked)
	if err := d.copy(); err != nil {
		d.broken("copy the tables: %v", err)
		return
	}
	d.trace.add("what follows is lost")
	sent := len(d.mails)
	d.steps(steps / 4)
	d.days(4)
	d.result.Window = len(d.mails) - sent
	d.remember()
	d.sends, d.risked = sends, risked
	d.restored()
	after := len(d.mails)
	d.days(4)
	if d.guard {
		d.again(after)
	} else {
		d.result.Released = d.repeats(after)
		return
	}
	d.release()
	d.steps(steps / 4)
	if len(d.outcome.Broken) == 0 {
		d.calm()
	}
}

// queue leaves mails in the outbox: so the copy holds some that are sent in what
// is lost.
func (d *drill) queue() {
	admin := d.people[0]
	d.now1(d.signingIn(admin, admin.password))
	for range 3 {
		a := d.inviteMany()
		a.who, a.bearer = admin, admin.token()
		d.now1(a)
	}
	d.look()
}

// days lets the clock and the streams do what they do.
func (d *drill) days(n int) {
	for range n {
		for _, hours := range []time.Duration{0, 3, 21} {
			d.deliver()
			time.Sleep(hours * time.Hour)
			for _, job := range jobNames() {
				d.end([]begun{d.ticking(job, d.now())})
			}
		}
	}
	d.deliver()
}

// copyPrefix is before the names of the tables of the copy.
const copyPrefix = "restored-"

// copy makes tables by other names with what is in the kept ones, as a restore
// to a point in time does: items and indexes, nothing of the streams.
func (d *drill) copy() (err error) {
	d.outside.do(func() {
		ctx := context.Background()
		if d.outside.copies, err = local.CreateTables(ctx, d.outside.client, copyPrefix); err != nil {
			return
		}
		for _, t := range schema.Tables() {
			if t.Kept {
				err = errors.Join(err, d.outside.fill(ctx, t.Name))
			}
		}
	})
	return err
}

// fill copies a table's items.
func (o *outside) fill(ctx context.Context, table schema.Name) error {
	items, err := o.scan(ctx, table)
	if err != nil {
		return err
	}
	for _, i := range items {
		if _, err := o.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String(o.copies[table]), Item: i}); err != nil {
			return err
		}
	}
	return nil
}

// remember keeps which mails were sent until now, as their recipients know them:
// what the outbox and the clock make by invitation, kind and number; the rest,
// which somebody's request or a new event makes, by message.
func (d *drill) remember() {
	d.before = map[string]bool{}
	for _, mark := range d.marks(0) {
		d.before[mark] = true
	}
}

// marks names the mails that were sent from the n-th on.
func (d *drill) marks(n int) []string {
	about := d.abouts()
	var all []string
	for _, m := range d.mails[n:] {
		id := m.Tags["message"]
		switch inv := about[id]; message.Kind(m.Tags["kind"]) {
		case message.Invitation, message.Credentials, message.StaffInvitation, message.Reminder, message.ExpiryNotice:
			id = inv
		}
		all = append(all, m.Tags["kind"]+" "+m.Tags["number"]+" "+id)
	}
	return all
}

// abouts says which invitation each message is about.
func (d *drill) abouts() map[string]string {
	var core []item
	var err error
	d.outside.do(func() { core, err = d.outside.scan(context.Background(), schema.Core) })
	if err != nil {
		d.broken("read the database: %v", err)
	}
	all := map[string]string{}
	for _, i := range core {
		if schema.Kind(word(i, schema.KindAttr)) == schema.Message {
			all[word(i, "id")] = word(i, "invitation")
		}
	}
	return all
}

// repeats counts the mails from the n-th on that were sent before the restore.
func (d *drill) repeats(n int) (again int) {
	for _, mark := range d.marks(n) {
		if d.before[mark] {
			again++
		}
	}
	return again
}

// again holds that nobody gets a mail twice because of the restore.
func (d *drill) again(n int) {
	for _, mark := range d.marks(n) {
		if d.before[mark] {
			d.broken("sent again after the restore: %s", mark)
		}
	}
	if d.checkAll(false); len(d.outcome.Broken) == 0 {
		d.result.Parked = d.parked()
	}
}

// parked counts what waits for its release.
func (d *drill) parked() (n int) {
	var core []item
	var err error
	d.outside.do(func() { core, err = d.outside.scan(context.Background(), schema.Core) })
	if err != nil {
		d.broken("read the database: %v", err)
	}
	for _, i := range core {
		if schema.Kind(word(i, schema.KindAttr)) == schema.Message && word(i, "reason") == "restored" && word(i, "delivery") == "queued" {
			n++
		}
	}
	return n
}

// restored goes on with the copy. People keep what they have in their hands:
// links and passwords, of which some are of what is lost.
func (d *drill) restored() {
	d.trace.add("restored")
	d.outside.tables = d.outside.copies
	d.outside.do(func() {
		ctx := context.Background()
		core, wrong := d.outside.follower(ctx, schema.Core, d.queued)
		audit, wrongToo := d.outside.follower(ctx, schema.Audit, d.tampered)
		if err := errors.Join(wrong, wrongToo); err != nil {
			d.outcome.Broken = append(d.outcome.Broken, err.Error())
			return
		}
		d.streams = []*stream.Poller{core, audit}
		for _, p := range d.streams {
			p.Start = stream.Latest
			if _, err := p.Drain(ctx); err != nil {
				d.outcome.Broken = append(d.outcome.Broken, err.Error())
			}
		}
	})
	if d.guard {
		d.since = d.now()
	}
	clear(d.idle)
	d.queues, d.events, d.retries, d.facts, d.dead, d.requests, d.joins, d.grants = newQueues(), nil, nil, nil, nil, nil, nil, nil
	d.contacts, d.accounts, d.invitations, d.seen, d.unaccounted = nil, nil, nil, map[string]string{}, true
	for _, p := range d.people {
		p.sessions, p.pending = nil, nil
	}
	roles := d.roles
	d.roles = roles[:1] // the portal's own, which was there from the beginning
}

// release has the operator let go of what waits.
func (d *drill) release() {
	before := len(d.mails)
	r := d.start("jobs/release", "the operator", marshal(map[string]bool{"drop": d.drop}))
	d.end([]begun{{r, func() { d.sound("jobs/release", r) }}})
	var swept struct{ Done int }
	if r.lost() || json.Unmarshal(r.answer, &swept) != nil {
		d.broken("jobs/release: %v", r.err)
		return
	}
	if swept.Done != d.result.Parked {
		d.broken("%d mails waited, %d were let go", d.result.Parked, swept.Done)
	}
	d.days(3)
	if left := d.parked(); left > 0 {
		d.broken("%d mails wait still after their release", left)
	}
	if d.result.Released = len(d.mails) - before; d.drop {
		if n := d.repeats(before); n > 0 {
			d.broken("%d mails were sent again that were given up", n)
		}
	}
}

// steps has people do things.
func (s *seed) steps(n int) {
	for ; n > 0 && len(s.outcome.Broken) == 0; n-- {
		s.step++
		s.oneStep()
	}
}
