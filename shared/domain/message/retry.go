package message

import "time"

// How long a message waits before it is tried again. Jitter is a number in
// [0,1) that spreads many over the wait
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
const (
	// throttled is after "Maximum sending rate exceeded": seconds help, and
	// redelivery looks once a minute (chosen; no evidence).
	throttled = 30 * time.Second
	// quota is after "Daily message quota exceeded": SES advises to wait up to
	// ten minutes (reliability A6).
	quota = 10 * time.Minute
	// unavailable is while SES cannot be reached or does not work for this
	// deployment (chosen; no evidence).
	unavailable = 5 * time.Minute
	// storeWait is after the database did not answer between claim and send.
	storeWait = time.Minute
)

// unanswered are the waits after an attempt without an answer. The last one
// outlives an outage of six hours (reliability D11).
var unanswered = [MaxAttempts - 1]time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

// AfterThrottle is when a message is tried again that came too fast.
func AfterThrottle(now time.Time, jitter float64) time.Time {
	return spread(now, throttled, 90*time.Second, jitter)
}

// AfterQuota is when a message is tried again that was over the account's quota.
func AfterQuota(now time.Time, jitter float64) time.Time {
	return spread(now, quota, quota/2, jitter)
}

// AfterOutage is when a message is tried again that SES could not take.
func AfterOutage(now time.Time, jitter float64) time.Time {
	return spread(now, unavailable, unavailable, jitter)
}

// AfterStore is when a message is tried again that the database kept from
// being sent.
func AfterStore(now time.Time, jitter float64) time.Time {
	return spread(now, storeWait, storeWait, jitter)
}

// AfterSilence is when a message is tried again whose attempts, counting the
// last one, ended without an answer.
func AfterSilence(now time.Time, attempts int, jitter float64) time.Time {
	wait := unanswered[min(max(attempts, 1), len(unanswered))-1]
	return spread(now, wait, wait/4, jitter)
}

// spread returns an instant in [now+least, now+least+over), in whole seconds.
func spread(now time.Time, least, over time.Duration, jitter float64) time.Time {
	return now.Add(least + time.Duration(jitter*float64(over))).Truncate(time.Second)
}
