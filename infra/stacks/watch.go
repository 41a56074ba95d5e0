package stacks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
	"portero/shared/contract"
)

// The age of the oldest queued message: jobs/redeliver answers it on each run,
// the log record of the run holds the answer, and a metric filter reads it
// there, which costs one metric and no call.
const (
	jobRedeliver = "jobs/redeliver"
	fieldOldest  = "$.answer.oldest_queued_s"
	metricOldest = "OldestQueuedSeconds"
)

// Workspaces whose mail was held back: triggers/feedback answers it with the
// mail that was one too many (reliability D15).
const (
	fieldPaused  = "$.answer.paused"
	metricPaused = "WorkspacesPaused"
)

// feedback returns the trigger that hears what became of mails.
func (b *builder) feedback() (contract.Trigger, bool) {
	i := slices.IndexFunc(b.rows.triggers, func(t contract.Trigger) bool { return t.Source == contract.MailEvents })
	if i < 0 {
		return contract.Trigger{}, false
	}
	return b.rows.triggers[i], true
}

// watch holds what tells somebody that something is wrong.
func (b *builder) watch(door door, back background) awscdk.Stack {
	stack := b.stack("watch", "dashboard and alarms", false)
	b.oldestQueued(stack)
	b.paused(stack)
	topic := b.topic(stack)
	var names []string
	for _, a := range b.alarms(door, back) {
		constructs.NewAlarm(stack, b.deployed, topic.Ref(), a)
		names = append(names, b.deployed.Name(a.Name))
	}
	name := b.deployed.GlobalName("dashboard")
	awscloudwatch.NewCfnDashboard(stack, jsii.String("Dashboard"), &awscloudwatch.CfnDashboardProps{
		DashboardName: jsii.String(name), DashboardBody: jsii.String(b.dashboard(door, back, names)),
	})
	output(stack, "Dashboard", "What to look at first.", fmt.Sprintf("https://%s.console.aws.amazon.com/cloudwatch/home?region=%s#dashboards:name=%s", *awscdk.Aws_REGION(), *awscdk.Aws_REGION(), name))
	output(stack, "Alarms", "The topic that alarms go to; subscribe to it, or set alarms= to an address.", *topic.Ref())
	b.checklist(stack)
	return stack
}

// namespace is that of the stage's own metrics.
func (b *builder) namespace() string { return "Portero/" + b.settings.Stage }

// redeliver returns the job that looks at every overdue mail.
func (b *builder) redeliver() (contract.Job, bool) {
	i := slices.IndexFunc(b.rows.jobs, func(j contract.Job) bool { return j.Name == jobRedeliver })
	if i < 0 {
		return contract.Job{}, false
	}
	return b.rows.jobs[i], true
}

func (b *builder) oldestQueued(stack awscdk.Stack) {
	if job, ok := b.redeliver(); ok {
		b.metric(stack, "OldestQueued", job.Function, "{ "+fieldOldest+" = * }", metricOldest, fieldOldest, "Seconds")
	}
}

// paused counts the workspaces whose mail was held back.
func (b *builder) paused(stack awscdk.Stack) {
	if t, ok := b.feedback(); ok {
		b.metric(stack, "Paused", t.Function, "{ "+fieldPaused+" = * }", metricPaused, "1", "Count")
	}
}

// metric makes a metric of the stage's own from a function's log records.
func (b *builder) metric(stack awscdk.Stack, id string, of contract.Function, pattern, name, value, unit string) {
	awslogs.NewCfnMetricFilter(stack, jsii.String(id), &awslogs.CfnMetricFilterProps{
		LogGroupName: jsii.String(b.deployed.LogGroup(of)), FilterPattern: jsii.String(pattern),
		MetricTransformations: []any{&awslogs.CfnMetricFilter_MetricTransformationProperty{
			MetricNamespace: jsii.String(b.namespace()), MetricName: jsii.String(name), MetricValue: jsii.String(value), Unit: jsii.String(unit),
		}},
	})
}

// topic takes the alarms. It is not encrypted with SNS's own key, because
// CloudWatch cannot use that one, and holds nothing but names and numbers
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html).
func (b *builder) topic(stack awscdk.Stack) awssns.CfnTopic {
	topic := awssns.NewCfnTopic(stack, jsii.String("Topic"), &awssns.CfnTopicProps{TopicName: jsii.String(b.deployed.Name("alarms"))})
	awssns.NewCfnTopicPolicy(stack, jsii.String("TopicPolicy"), &awssns.CfnTopicPolicyProps{
		Topics: &[]*string{topic.Ref()},
		PolicyDocument: constructs.Document(
			constructs.Statement{
				Actions: []string{"sns:Publish"}, Principal: map[string]any{"Service": "cloudwatch.amazonaws.com"}, Resources: []string{*topic.Ref()},
				Condition: map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": *awscdk.Aws_ACCOUNT_ID()}},
			},
			constructs.Statement{
				Deny: true, Actions: []string{"sns:Publish"}, Principal: map[string]any{"AWS": "*"}, Resources: []string{*topic.Ref()},
				Condition: map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
			},
		),
	})
	if b.settings.Alarms != "" {
		awssns.NewCfnSubscription(stack, jsii.String("Subscription"), &awssns.CfnSubscriptionProps{
			TopicArn: topic.Ref(), Protocol: jsii.String("email"), Endpoint: jsii.String(b.settings.Alarms),
		})
	}
	return topic
}

// checklist is what a deploy cannot do by itself, in order.
func (b *builder) checklist(stack awscdk.Stack) {
	domain := b.settings.senderDomain()
	steps := []string{
		"DKIM: add the three CNAMEs of stack " + b.settings.name("mail") + " to the DNS of " + domain + " and wait until SES calls the domain verified.",
		"DMARC: add a TXT record _dmarc." + domain + " with v=DMARC1; p=none; rua=mailto:an address of yours. Tighten p once the reports are clean.",
		"Sandbox: a new account mails to verified addresses only (those at " + domain + "), 200 a day. Ask for production access: SES console, Account dashboard, Request production access.",
	}
	if b.settings.Domain != "" {
		steps = append(steps, "Domain: point a CNAME of "+b.settings.Domain+" to the Distribution of stack "+b.settings.name("site")+".")
	}
	steps = append(steps, "First workspace: make workspace STAGE="+b.settings.Stage+" NAME='Your firm' ADMIN=you@"+domain)
	for i, step := range steps {
		subject, text, _ := strings.Cut(step, ": ")
		output(stack, fmt.Sprintf("Next%d%s", i+1, strings.ReplaceAll(subject, " ", "")), "What is left to do.", text)
	}
}
