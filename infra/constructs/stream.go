package constructs

import (
	"encoding/json"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// How a stream is read. Lambda's defaults try a bad record for a day and block
// its shard meanwhile
// (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html).
const (
	streamRetries = 5             // design.md §8
	streamAge     = 6 * time.Hour // reliability C; what is older, jobs/redeliver has taken long since
	streamBatch   = 10            // chosen: a batch of mails fits into a function's time
	// streamParallel is how many batches of one shard run at once (chosen: new
	// accounts have ten functions at a time, and people come first).
	streamParallel = 2
)

// Filters of the streams, in the form of EventBridge patterns
// (https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html). A
// record that matches one of a source's filters is handed over.
var streamFilters = map[contract.Source][]map[string]any{
	// What was just queued. Delivery's own writes are never an INSERT of a queued
	// message, so it does not wake itself.
	contract.Outbox: {{
		"eventName": []string{"INSERT"},
		"dynamodb": map[string]any{"NewImage": map[string]any{
			schema.KindAttr: map[string]any{"S": []string{string(schema.Message)}},
			"delivery":      map[string]any{"S": []string{"queued"}},
		}},
	}},
	// Jobs with something to do. Who does it says "running", so it does not wake
	// itself before it gives the job up.
	contract.Bulk: {{
		"eventName": []string{"INSERT", "MODIFY"},
		"dynamodb": map[string]any{"NewImage": map[string]any{
			schema.KindAttr: map[string]any{"S": []string{string(schema.Job)}},
			"state":         map[string]any{"S": []string{"queued"}},
		}},
	}},
	// What must never happen: a change, and a removal that is not TTL's. Only
	// TTL's removals say who removed
	// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
	contract.AuditChanges: {
		{"eventName": []string{"MODIFY"}},
		{"eventName": []string{"REMOVE"}, "userIdentity": map[string]any{"principalId": []any{map[string]any{"exists": false}}}},
		{"eventName": []string{"REMOVE"}, "userIdentity": map[string]any{"principalId": []any{map[string]any{"anything-but": []string{"dynamodb.amazonaws.com"}}}}},
	},
}

// Stream is a table's stream.
type Stream struct {
	Table schema.Name
	ARN   *string
}

// NewStreamTrigger makes a trigger that a table's stream calls, and says what
// happens to a record that fails again and again.
func NewStreamTrigger(scope tree.Construct, d Deployment, stream Stream, row contract.Trigger, queue string) (Function, Queue) {
	failures := NewFailureQueue(scope, d, queue)
	fn := newFunction(scope, d, row, failures.fill(), d.read(stream), d.list(stream))
	newMapping(scope, fn, stream, row.Source, failures)
	return fn, failures
}

// newMapping lets a stream call a function with what a source lets through.
func newMapping(scope tree.Construct, fn Function, stream Stream, source contract.Source, failures Queue) {
	awslambda.NewCfnEventSourceMapping(scope, jsii.String("Source"), &awslambda.CfnEventSourceMappingProps{
		FunctionName:               fn.Ref,
		EventSourceArn:             stream.ARN,
		StartingPosition:           jsii.String("TRIM_HORIZON"), // nothing queued before the first deploy is left behind
		BatchSize:                  jsii.Number(streamBatch),
		ParallelizationFactor:      jsii.Number(streamParallel),
		MaximumRetryAttempts:       jsii.Number(streamRetries),
		MaximumRecordAgeInSeconds:  jsii.Number(streamAge.Seconds()),
		BisectBatchOnFunctionError: jsii.Bool(true),
		FunctionResponseTypes:      jsii.Strings("ReportBatchItemFailures"),
		FilterCriteria:             &awslambda.CfnEventSourceMapping_FilterCriteriaProperty{Filters: filters(source)},
		DestinationConfig: &awslambda.CfnEventSourceMapping_DestinationConfigProperty{
			OnFailure: &awslambda.CfnEventSourceMapping_OnFailureProperty{Destination: failures.ARN},
		},
	})
}

func filters(source contract.Source) *[]any {
	var list []any
	for _, pattern := range streamFilters[source] {
		text, err := json.Marshal(pattern)
		if err != nil {
			panic(err) // a declared pattern of strings and booleans
		}
		list = append(list, &awslambda.CfnEventSourceMapping_FilterProperty{Pattern: jsii.String(string(text))})
	}
	return &list
}

// read allows a function's role to read one stream: Lambda does so in its name
// (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html).
func (d Deployment) read(s Stream) Statement {
	return Statement{
		Actions:   []string{"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"},
		Resources: []string{*s.ARN},
	}
}

// list allows what Lambda asks for when a mapping is made, on the streams of
// the one table, as DynamoDB's own guide has it
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html).
func (d Deployment) list(s Stream) Statement {
	return Statement{Actions: []string{"dynamodb:ListStreams"}, Resources: []string{d.tableARN(s.Table) + "/stream/*"}}
}
