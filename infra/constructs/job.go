package constructs

import (
	"fmt"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/contract"
)

// How often and how long a tick is tried. Both are short: the next tick takes
// what is due all the same (chosen; no evidence). The scheduler retries where
// it could not hand the tick over, Lambda where the function failed.
const (
	tickRetries = 2
	tickAge     = 2 * time.Minute
)

// tick is the event of every job, app.Tick: the scheduler puts the scheduled
// time in, so that a late or repeated tick does what it would have done in time
// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html).
const tick = `{"time":"<aws.scheduler.scheduled-time>"}`

// NewJob makes a job: its function, its schedule, and how long both try; and the
// stream that calls it at once, if its row has one.
func NewJob(scope tree.Construct, d Deployment, failures Queue, kick Stream, row contract.Job) Function {
	may := []Statement{failures.fill()}
	if row.Kick != "" {
		may = append(may, d.read(kick), d.list(kick))
	}
	fn := newFunction(scope, d, row, may...)
	if row.Kick != "" {
		newMapping(scope, fn, kick, row.Kick, failures)
	}
	newAsyncTries(scope, fn, failures, tickRetries, tickAge)
	role := awsiam.NewCfnRole(scope, jsii.String("ScheduleRole"), &awsiam.CfnRoleProps{
		Description: jsii.String(d.Stage + " schedule of " + row.Name),
		AssumeRolePolicyDocument: AssumedBy("scheduler.amazonaws.com", map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": *awscdk.Aws_ACCOUNT_ID()},
		}),
		Policies: []any{&awsiam.CfnRole_PolicyProperty{PolicyName: jsii.String("tick"), PolicyDocument: Document(
			Statement{Actions: []string{"lambda:InvokeFunction"}, Resources: []string{*fn.ARN}}, failures.fill(),
		)}},
	})
	awsscheduler.NewCfnSchedule(scope, jsii.String("Schedule"), &awsscheduler.CfnScheduleProps{
		Name:               jsii.String(fn.Name),
		Description:        jsii.String(row.Summary),
		ScheduleExpression: jsii.String(rate(row.Every)),
		FlexibleTimeWindow: &awsscheduler.CfnSchedule_FlexibleTimeWindowProperty{Mode: jsii.String("OFF")},
		Target: &awsscheduler.CfnSchedule_TargetProperty{
			Arn: fn.ARN, RoleArn: role.AttrArn(), Input: jsii.String(tick),
			RetryPolicy: &awsscheduler.CfnSchedule_RetryPolicyProperty{
				MaximumRetryAttempts: jsii.Number(tickRetries), MaximumEventAgeInSeconds: jsii.Number(tickAge.Seconds()),
			},
			DeadLetterConfig: &awsscheduler.CfnSchedule_DeadLetterConfigProperty{Arn: failures.ARN},
		},
	})
	return fn
}

// newAsyncTries says how often Lambda runs a function again that failed on an
// event nobody waits for (default: twice within six hours, then it is lost).
func newAsyncTries(scope tree.Construct, fn Function, failures Queue, retries int, age time.Duration) {
	awslambda.NewCfnEventInvokeConfig(scope, jsii.String("Tries"), &awslambda.CfnEventInvokeConfigProps{
		FunctionName: fn.Ref, Qualifier: jsii.String("$LATEST"),
		MaximumRetryAttempts: jsii.Number(float64(retries)), MaximumEventAgeInSeconds: jsii.Number(age.Seconds()),
		DestinationConfig: &awslambda.CfnEventInvokeConfig_DestinationConfigProperty{
			OnFailure: &awslambda.CfnEventInvokeConfig_OnFailureProperty{Destination: failures.ARN},
		},
	})
}

// rate returns a period as the scheduler writes it.
func rate(every time.Duration) string {
	if every == time.Minute {
		return "rate(1 minute)"
	}
	return fmt.Sprintf("rate(%d minutes)", every/time.Minute)
}
