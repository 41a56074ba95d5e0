package main

import (
	"math"
	"time"

	"portero/infra/rehearsal"
)

// What AWS asks in us-east-1, in dollars, without free tiers. Checked against
// AWS's price pages when shared/anchors/reliability.md (E) was written, in 2026;
// other regions differ by up to a fifth. Change them here and nowhere else.
const (
	perWriteUnit  = 0.625 / 1e6      // DynamoDB on demand, aws.amazon.com/dynamodb/pricing/on-demand
	perReadUnit   = 0.125 / 1e6      // likewise
	perInvocation = 0.20 / 1e6       // Lambda, aws.amazon.com/lambda/pricing
	perGBSecond   = 0.0000133334     // Lambda on arm64
	perRequest    = 1.00 / 1e6       // HTTP API, aws.amazon.com/api-gateway/pricing
	perMail       = 0.10 / 1e3       // SES, aws.amazon.com/ses/pricing
	perSchedule   = 1.00 / 1e6       // EventBridge Scheduler, aws.amazon.com/eventbridge/pricing
	billedBy      = time.Millisecond // Lambda rounds up to it
)

// bill is what a run costs, by what is paid for.
type bill struct {
	database, functions, requests, mails float64
	writes, reads                        float64
	invocations                          int
}

func (b bill) total() float64 { return b.database + b.functions + b.requests + b.mails }

// times is the bill of n such runs.
func (b bill) times(n float64) bill {
	return bill{b.database * n, b.functions * n, b.requests * n, b.mails * n, b.writes * n, b.reads * n, int(math.Round(float64(b.invocations) * n))}
}

// billed works out what rows cost that took so much. Requests is how many came
// through the HTTP API.
func billed(used map[string]rehearsal.Use, took map[string]rehearsal.Measured, requests int) bill {
	b := bill{requests: float64(requests) * perRequest}
	for _, u := range used {
		b.reads, b.writes = b.reads+u.Reads, b.writes+u.Writes
		b.mails += float64(u.Mails) * perMail
	}
	b.database = b.reads*perReadUnit + b.writes*perWriteUnit
	for _, m := range took {
		for _, d := range m.Durations {
			seconds := math.Ceil(float64(d)/float64(billedBy)) / 1000
			b.functions += perInvocation + seconds*float64(m.MemoryMiB)/1024*perGBSecond
		}
		b.invocations += len(m.Durations)
	}
	return b
}
