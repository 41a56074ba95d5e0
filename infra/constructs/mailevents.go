package constructs

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/contract"
)

// How often and how long a mail event is tried: a bounce that is lost would be
// mailed to again, so longer than a tick (chosen; no evidence).
const (
	mailEventRetries = 5
	mailEventAge     = 6 * time.Hour
	// asyncRetries is the most that Lambda runs a failed event again
	// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html).
	asyncRetries = 2
)

// NewMailEventTrigger makes a trigger that SES calls, by EventBridge's default
// bus, with what became of the mails of our configuration set.
func NewMailEventTrigger(scope tree.Construct, d Deployment, row contract.Trigger, queue string) (Function, Queue) {
	name := d.Name(queue)
	failures := NewFailureQueue(scope, d, queue, Statement{
		Actions: []string{"sqs:SendMessage"}, Principal: map[string]any{"Service": "events.amazonaws.com"},
		Condition: map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": arn("events", "rule/"+name)}},
	})
	fn := newFunction(scope, d, row, failures.fill())
	newAsyncTries(scope, fn, failures, asyncRetries, mailEventAge)
	rule := awsevents.NewCfnRule(scope, jsii.String("Rule"), &awsevents.CfnRuleProps{
		Name:        jsii.String(name),
		Description: jsii.String(row.Summary),
		// SES sends its events to the default bus and to no other
		// (https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-using-event-publishing-setup.html).
		EventPattern: map[string]any{
			"source": []any{"aws.ses"},
			"detail": map[string]any{"mail": map[string]any{"tags": map[string]any{"ses:configuration-set": []any{d.ConfigurationSet}}}},
		},
		Targets: &[]any{&awsevents.CfnRule_TargetProperty{
			Id: jsii.String("function"), Arn: fn.ARN,
			RetryPolicy: &awsevents.CfnRule_RetryPolicyProperty{
				MaximumRetryAttempts: jsii.Number(mailEventRetries), MaximumEventAgeInSeconds: jsii.Number(mailEventAge.Seconds()),
			},
			DeadLetterConfig: &awsevents.CfnRule_DeadLetterConfigProperty{Arn: failures.ARN},
		}},
	})
	awslambda.NewCfnPermission(scope, jsii.String("Permission"), &awslambda.CfnPermissionProps{
		FunctionName: fn.ARN, Action: jsii.String("lambda:InvokeFunction"),
		Principal: jsii.String("events.amazonaws.com"), SourceArn: rule.AttrArn(),
	})
	return fn, failures
}
