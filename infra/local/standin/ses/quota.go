package ses

import (
	"strings"
	"time"
)

// Quota holds an account's limits. Both count recipients, as SES does
// (https://docs.aws.amazon.com/ses/latest/dg/quotas.html).
type Quota struct {
	// PerSecond is the sending rate; 0 means no limit.
	PerSecond int
	// PerDay is the limit of the last 24 hours; 0 means no limit.
	PerDay int
}

const (
	day = 24 * time.Hour
	// rateReported stands for "no limit" in GetSendQuota, whose rate has no such
	// value. Chosen, above any rate a stand-in reaches.
	rateReported = 10_000
	// dailyUnlimited is how SES itself says "no limit" (API reference, GetSendQuota).
	dailyUnlimited = -1
)

// limits knows what was sent when.
type limits struct {
	quota Quota
	sent  []sending // of the last 24 hours, oldest first
	daily int       // the sum of their daily
}

type sending struct {
	at time.Time
	// recipients counts all; daily those outside the mailbox simulator, whose mail
	// counts for the rate only.
	recipients, daily int
}

// allow says whether a message may be sent now.
func (l *limits) allow(now time.Time, to []string) *apiError {
	s := newSending(now, to)
	lastSecond, lastDay := l.since(now)
	if q := l.quota.PerSecond; q > 0 && lastSecond+s.recipients > q {
		return errRate
	}
	if q := l.quota.PerDay; q > 0 && lastDay+s.daily > q {
		return errDaily
	}
	return nil
}

func (l *limits) count(at time.Time, to []string) {
	s := newSending(at, to)
	l.sent = append(l.sent, s)
	l.daily += s.daily
}

// since counts what was sent in the last second and the last 24 hours, both
// without their older end, and forgets the rest.
func (l *limits) since(now time.Time) (lastSecond, lastDay int) {
	for len(l.sent) > 0 && !l.sent[0].at.After(now.Add(-day)) {
		l.daily -= l.sent[0].daily
		l.sent = l.sent[1:]
	}
	for i := len(l.sent) - 1; i >= 0 && l.sent[i].at.After(now.Add(-time.Second)); i-- {
		lastSecond += l.sent[i].recipients
	}
	return lastSecond, l.daily
}

func newSending(at time.Time, to []string) sending {
	s := sending{at: at, recipients: len(to)}
	for _, address := range to {
		if !strings.HasSuffix(strings.ToLower(address), simulatorDomain) {
			s.daily++
		}
	}
	return s
}
