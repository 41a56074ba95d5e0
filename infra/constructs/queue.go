package constructs

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// failureDays is how long what failed is kept for somebody to look at: the
// longest that SQS keeps anything
// (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html).
const failureDays = 14 * 24 * time.Hour

// Queue is a failure queue.
type Queue struct {
	Name string
	ARN  *string
}

// NewFailureQueue makes the queue that takes what a function could not do in
// all its tries. It is encrypted and speaks TLS only; Allow are the services
// that put something there by themselves, rather than with a role.
func NewFailureQueue(scope tree.Construct, d Deployment, name string, allow ...Statement) Queue {
	q := awssqs.NewCfnQueue(scope, jsii.String("Failures"), &awssqs.CfnQueueProps{
		QueueName:              jsii.String(d.Name("failed-" + name)),
		SqsManagedSseEnabled:   jsii.Bool(true),
		MessageRetentionPeriod: jsii.Number(failureDays.Seconds()),
	})
	statements := append([]Statement{{
		Deny: true, Actions: []string{"sqs:*"}, Principal: map[string]any{"AWS": "*"},
		Condition: map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
	}}, allow...)
	for i := range statements {
		statements[i].Resources = []string{*q.AttrArn()}
	}
	awssqs.NewCfnQueuePolicy(scope, jsii.String("FailuresPolicy"), &awssqs.CfnQueuePolicyProps{
		Queues: &[]*string{q.Ref()}, PolicyDocument: Document(statements...),
	})
	return Queue{Name: d.Name("failed-" + name), ARN: q.AttrArn()}
}

// fill allows a function's role to put what failed into the queue: Lambda does
// so in the function's name.
func (q Queue) fill() Statement {
	return Statement{Actions: []string{"sqs:SendMessage"}, Resources: []string{*q.ARN}}
}
