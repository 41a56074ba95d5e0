package stacks

import (
	"fmt"
	"slices"

	"portero/infra/constructs"
	"portero/shared/dynamo/schema"
)

// alarms lists what wakes somebody: at most ten, and nothing on which there is
// nothing to do. Thresholds without a source are chosen; no evidence.
func (b *builder) alarms(door door, back background) []constructs.Alarm {
	all := []constructs.Alarm{
		{
			Name: "api-5xx",
			Do: "People get errors from the API. Open the dashboard: if one function has errors, read its log group for level ERROR and its cause; " +
				"if none has, the access log says which route failed before it came to a function. After a deploy: deploy the commit before it.",
			Metrics: []constructs.Metric{{Namespace: "AWS/ApiGateway", Name: "5xx", Dimensions: []constructs.Dimension{{Name: "ApiId", Value: *door.api}}, Statistic: "Sum"}},
			AtLeast: 3, PeriodSeconds: 300, Of: 1,
		},
		{
			Name: "throttles",
			Do: "Lambda refused calls because the account's concurrency is used up (a new account has 10). People see errors, mails and jobs wait and are tried again. " +
				"Ask for more under Service Quotas, Lambda, Concurrent executions; look on the dashboard for a function that takes unusually long or often.",
			Metrics: []constructs.Metric{{Namespace: "AWS/Lambda", Name: "Throttles", Statistic: "Sum"}}, // of the account: that is what runs out
			AtLeast: 5, PeriodSeconds: 300, Of: 1,
		},
		{
			Name: "failures",
			Do: "Something was given up after all its tries and lies in a failure queue for 14 days. Look which queue has messages: its message says function, event and error. " +
				"Mails need nothing more, jobs/redeliver takes them from the table; mail events must be invoked again with the event in the message. Delete the message when done.",
			Metrics: failureMetrics(back), AtLeast: 1, PeriodSeconds: 300, Of: 1,
		},
		{
			Name: "database",
			Do: "DynamoDB refused or failed calls. On the dashboard see which table: throttles on one table mean one partition gets more than 1,000 writes or 3,000 reads a second " +
				"(usually a bulk in one workspace: wait, it is retried); system errors are AWS's: look at the Health dashboard.",
			Metrics: b.databaseMetrics(), AtLeast: 10, PeriodSeconds: 300, Of: 2,
		},
		{
			// SES reviews an account at 5 % and pauses it at 10 % (reliability A6).
			Name: "bounces",
			Do: "4 % of the mails of this account bounce; at 5 % SES reviews the account, at 10 % it pauses all sending. A workspace that is the cause is held back by itself (workspace-paused); " +
				"look in the console by delivery state whose invitations bounce all the same, have its admin hold the mail back in the settings, and ask where its list comes from.",
			Metrics: []constructs.Metric{{Namespace: "AWS/SES", Name: "Reputation.BounceRate", Statistic: "Maximum"}},
			AtLeast: 0.04, PeriodSeconds: 3600, Of: 1,
		},
		{
			// Review at 0.1 %, pause at 0.5 % (reliability A6).
			Name: "complaints",
			Do: "0.08 % of the recipients call our mail spam; at 0.1 % SES reviews the account, at 0.5 % it pauses all sending. Find the workspace with complaints by delivery state, " +
				"have its admin hold the mail back in the settings, and look at whom it invites and how often it reminds.",
			Metrics: []constructs.Metric{{Namespace: "AWS/SES", Name: "Reputation.ComplaintRate", Statistic: "Maximum"}},
			AtLeast: 0.0008, PeriodSeconds: 3600, Of: 1,
		},
	}
	if _, ok := b.redeliver(); ok {
		all = append(all, b.oldest())
	}
	if _, ok := b.feedback(); ok {
		all = append(all, b.heldBack())
	}
	if len(back.tampering) > 0 {
		all = append(all, tampering(back))
	}
	return append(all, backgroundErrors(back)...)
}

// oldest reads what jobs/redeliver says on each run; that it says nothing for
// ten minutes is as bad.
func (b *builder) oldest() constructs.Alarm {
	return constructs.Alarm{
		Name: "oldest-queued",
		Do: "A mail is overdue by ten minutes, or jobs/redeliver has not run for as long. Read the log groups of jobs/redeliver and triggers/deliver for the reason: " +
			"SES throttles or has paused the account (console, SES, Account dashboard), or a schedule is switched off. Nothing is lost: what is queued is looked at every minute.",
		Metrics: []constructs.Metric{{Namespace: b.namespace(), Name: metricOldest, Statistic: "Maximum"}},
		AtLeast: 600, PeriodSeconds: 300, Of: 2, Silence: true,
	}
}

// heldBack reads what triggers/feedback says of a mail that was one too many.
func (b *builder) heldBack() constructs.Alarm {
	return constructs.Alarm{
		Name: "workspace-paused",
		Do: "A workspace's mail is held back, because 4 % of it came back or 0.08 % was called spam: it sends no reminders, and invites only with an override. " +
			"The log group of triggers/feedback names it (answer.paused). Ask the firm where its addresses come from; its admin lets the mail go again in the settings.",
		Metrics: []constructs.Metric{{Namespace: b.namespace(), Name: metricPaused, Statistic: "Sum"}},
		AtLeast: 1, PeriodSeconds: 300, Of: 1,
	}
}

// tampering reads how often the watcher of the audit trail was called: its
// filter lets through only what must never happen.
func tampering(back background) constructs.Alarm {
	return constructs.Alarm{
		Name: "audit-tampering",
		Do: "An entry of the audit trail was changed or removed, which no function may do: treat it as an intrusion or an operator's slip. The log of the audit watcher names the entry; " +
			"CloudTrail says who. Keep both, restore the entry from point-in-time recovery into a copy and compare.",
		Metrics: functionMetrics(back.tampering, "Invocations"), AtLeast: 1, PeriodSeconds: 60, Of: 1,
	}
}

// backgroundErrors watches what nobody waits for; an endpoint's errors are the
// API's. Ten functions to an alarm is as many as CloudWatch adds up.
func backgroundErrors(back background) []constructs.Alarm {
	var all []constructs.Alarm
	for part := range slices.Chunk(functionMetrics(back.functions, "Errors"), 10) {
		name := "background-errors"
		if len(all) > 0 {
			name = fmt.Sprintf("%s-%d", name, len(all)+1)
		}
		all = append(all, constructs.Alarm{
			Name: name,
			Do: "A job or trigger failed again and again. The dashboard shows which; read its log group for level ERROR. Each is tried again, then lands in its failure queue; " +
				"jobs start anew every minute. After a deploy: deploy the commit before it.",
			Metrics: part, AtLeast: 3, PeriodSeconds: 300, Of: 1,
		})
	}
	return all
}

func functionMetrics(functions []constructs.Function, name string) []constructs.Metric {
	var all []constructs.Metric
	for _, f := range functions {
		all = append(all, constructs.Metric{Namespace: "AWS/Lambda", Name: name, Dimensions: []constructs.Dimension{{Name: "FunctionName", Value: f.Name}}, Statistic: "Sum"})
	}
	return all
}

func failureMetrics(back background) []constructs.Metric {
	var all []constructs.Metric
	for _, q := range back.failures {
		all = append(all, constructs.Metric{
			Namespace: "AWS/SQS", Name: "ApproximateNumberOfMessagesVisible",
			Dimensions: []constructs.Dimension{{Name: "QueueName", Value: q.Name}}, Statistic: "Maximum",
		})
	}
	return all
}

// watchedOps are the operations whose system errors are added up, beside six
// metrics of throttles: ten are the most.
var watchedOps = []string{"TransactWriteItems", "BatchGetItem", "Query", "UpdateItem"}

func (b *builder) databaseMetrics() []constructs.Metric {
	var all []constructs.Metric
	for _, t := range schema.Tables() {
		table := constructs.Dimension{Name: "TableName", Value: b.deployed.Tables[t.Name]}
		for _, name := range []string{"ReadThrottleEvents", "WriteThrottleEvents"} {
			all = append(all, constructs.Metric{Namespace: "AWS/DynamoDB", Name: name, Dimensions: []constructs.Dimension{table}, Statistic: "Sum"})
		}
	}
	core := constructs.Dimension{Name: "TableName", Value: b.deployed.Tables[schema.Core]}
	for _, op := range watchedOps {
		all = append(all, constructs.Metric{
			Namespace: "AWS/DynamoDB", Name: "SystemErrors", Dimensions: []constructs.Dimension{core, {Name: "Operation", Value: op}}, Statistic: "Sum",
		})
	}
	return all
}
