package stacks

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"portero/infra/constructs"
	"portero/shared/dynamo/schema"
)

// panel is one graph of the dashboard, in CloudWatch's own form
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
type panel struct {
	title   string
	metrics []any
	stat    string
}

// columns and the size of a panel: the dashboard is 24 wide.
const panelWidth, panelHeight = 8, 6

// dashboard shows what the alarms do not: the whole picture, top to bottom from
// what people notice to why.
func (b *builder) dashboard(door door, back background, alarms []string) string {
	var widgets []any
	for i, p := range b.panels(door, back) {
		widgets = append(widgets, map[string]any{
			"type": "metric", "x": i % 3 * panelWidth, "y": i/3*panelHeight + 3, "width": panelWidth, "height": panelHeight,
			"properties": map[string]any{
				"title": p.title, "metrics": p.metrics, "stat": p.stat, "period": 300,
				"region": *awscdk.Aws_REGION(), "view": "timeSeries", "stacked": false,
			},
		})
	}
	status := make([]string, len(alarms))
	for i, name := range alarms {
		status[i] = fmt.Sprintf("arn:%s:cloudwatch:%s:%s:alarm:%s", *awscdk.Aws_PARTITION(), *awscdk.Aws_REGION(), *awscdk.Aws_ACCOUNT_ID(), name)
	}
	widgets = append(widgets, map[string]any{
		"type": "alarm", "x": 0, "y": 0, "width": 24, "height": 3, "properties": map[string]any{"title": "Alarms", "alarms": status},
	})
	body, err := json.Marshal(map[string]any{"widgets": widgets})
	if err != nil {
		panic(err) // strings, numbers and lists of them
	}
	return string(body)
}

func (b *builder) panels(door door, back background) []panel {
	api := func(name, stat, label string) []any {
		return []any{"AWS/ApiGateway", name, "ApiId", *door.api, map[string]any{"stat": stat, "label": label}}
	}
	return []panel{
		{"API: answers", []any{api("Count", "Sum", "all"), api("4xx", "Sum", "4xx"), api("5xx", "Sum", "5xx")}, "Sum"},
		{"API: time (ms)", []any{api("Latency", "p50", "p50"), api("Latency", "p99", "p99")}, "p99"},
		{"Functions: errors", b.search("Errors", "Sum"), "Sum"},
		{"Functions: time, p99 (ms)", b.search("Duration", "p99"), "p99"},
		{"Functions: throttles", b.search("Throttles", "Sum"), "Sum"},
		{"Functions: at once, whole account", []any{[]any{"AWS/Lambda", "ConcurrentExecutions"}}, "Maximum"},
		{"Mail: oldest queued (s)", []any{[]any{b.namespace(), metricOldest}}, "Maximum"},
		{"Mail: sent and what became of it, whole account", named("AWS/SES", "Send", "Delivery", "Bounce", "Complaint", "Reject"), "Sum"},
		{"Mail: bounce and complaint rate, whole account", named("AWS/SES", "Reputation.BounceRate", "Reputation.ComplaintRate"), "Maximum"},
		{"Triggers: how far behind the stream (ms)", perFunction(back.functions, "IteratorAge"), "Maximum"},
		{"Failure queues", perQueue(back.failures), "Maximum"},
		{"Tables: units", append(b.perTable("ConsumedReadCapacityUnits"), b.perTable("ConsumedWriteCapacityUnits")...), "Sum"},
		{"Tables: throttles", append(b.perTable("ReadThrottleEvents"), b.perTable("WriteThrottleEvents")...), "Sum"},
		{"Tables: conflicts and refused conditions", append(b.perTable("TransactionConflict"), b.perTable("ConditionalCheckFailedRequests")...), "Sum"},
		{"Jobs and triggers: runs", perFunction(back.functions, "Invocations"), "Sum"},
	}
}

// search asks for one metric of every function that has the stage's words in
// its name; a graph takes a hundred, an alarm could not
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html).
func (b *builder) search(metric, stat string) []any {
	words := strings.ReplaceAll(b.settings.Stage, "-", " ")
	expression := fmt.Sprintf(`SEARCH('{AWS/Lambda,FunctionName} MetricName="%s" portero %s', '%s', 300)`, metric, words, stat)
	return []any{[]any{map[string]any{"expression": expression, "id": "all"}}}
}

func named(namespace string, names ...string) []any {
	var all []any
	for _, name := range names {
		all = append(all, []any{namespace, name})
	}
	return all
}

func perFunction(functions []constructs.Function, metric string) []any {
	all := []any{}
	for _, f := range functions {
		all = append(all, []any{"AWS/Lambda", metric, "FunctionName", f.Name, map[string]any{"label": f.Row.Name}})
	}
	return all
}

func perQueue(queues []constructs.Queue) []any {
	all := []any{}
	for _, q := range queues {
		all = append(all, []any{"AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", q.Name, map[string]any{"label": q.Name}})
	}
	return all
}

func (b *builder) perTable(metric string) []any {
	var all []any
	for _, t := range schema.Tables() {
		all = append(all, []any{"AWS/DynamoDB", metric, "TableName", b.deployed.Tables[t.Name], map[string]any{"label": string(t.Name) + " " + metric}})
	}
	return all
}
