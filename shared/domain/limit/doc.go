// Package limit names the counters that bound how often something may happen:
// requests, failed sign-ins, mails in a day.
//
// Next: shared/dynamo/counter.go.
package limit
