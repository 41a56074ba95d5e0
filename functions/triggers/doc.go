// Package triggers holds what an AWS service calls: deliver, by the stream of
// core when a message was queued; feedback, by SES's events; tamper, by the
// stream of audit, which should never call it.
//
// Events come at least once, late, and in any order; each trigger must leave
// the same behind however often it gets one. None of them may write what its
// own filter lets through, or it would wake itself for ever.
//
// Next: shared/app/courier.go, what delivering is; functions/jobs/redeliver.go,
// which takes what the stream lost.
package triggers
