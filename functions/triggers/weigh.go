package triggers

import (
	"context"
	"strconv"
	"time"

	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/limit"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// weigh counts a mail that came back or was called spam, and holds the
// workspace's mail back when it was one too many (reliability D15: per workspace,
// before SES weighs the whole account). A kill between record and count loses a
// count, never a record.
func weigh(ctx context.Context, a *app.App, r report) (workspace.PauseReason, error) {
	if r.Stop == "" || r.Delivery != message.Bounced && r.Delivery != message.Complained {
		return "", nil
	}
	now := a.Now()
	w, err := a.Store.Workspace(ctx, r.Workspace)
	if err != nil {
		return "", err
	}
	counter := w.CountersOn(now).Bounces
	if r.Delivery == message.Complained {
		counter = w.CountersOn(now).Complaints
	}
	if _, err := a.Store.Count(ctx, counter); err != nil {
		return "", err
	}
	var reason workspace.PauseReason
	err = a.Again(ctx, func() error {
		reason, err = hold(ctx, a, r.Workspace, now)
		return err
	})
	return reason, err
}

// hold weighs the days that count.
func hold(ctx context.Context, a *app.App, ws id.Workspace, now time.Time) (workspace.PauseReason, error) {
	w, err := a.Store.Workspace(ctx, ws)
	if err != nil {
		return "", err
	}
	var counters []limit.Counter
	for _, day := range w.CountedDays(now) {
		counters = append(counters, day.Mails, day.Bounces, day.Complaints)
	}
	counts, err := a.Store.CountedAll(ctx, counters)
	if err != nil {
		return "", err
	}
	var t workspace.Tally
	for i := 0; i < len(counts); i += 3 {
		t.Mails, t.Bounces, t.Complaints = t.Mails+counts[i], t.Bounces+counts[i+1], t.Complaints+counts[i+2]
	}
	next, paused := w.Weigh(t, now)
	if !paused {
		return "", nil
	}
	var set change.Set
	set.Replace(next)
	entry := audit.Of(access.Actor{Kind: access.Service, Workspace: ws}, now, "workspace.paused", string(ws))
	entry.After = map[string]string{"reason": string(next.Paused.Reason), "mails": strconv.Itoa(t.Mails), "count": strconv.Itoa(next.Paused.Count)}
	set.Insert(entry)
	return next.Paused.Reason, a.Store.Commit(ctx, set)
}
