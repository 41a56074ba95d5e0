package stacks

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// queues names the failure queue of each source.
var queues = map[contract.Source]string{
	contract.Outbox: "outbox", contract.MailEvents: "mail-events", contract.AuditChanges: "audit-changes",
}

// background is what runs without anybody waiting for it, for watch.
type background struct {
	failures  []constructs.Queue
	functions []constructs.Function // of jobs and triggers
	tampering []constructs.Function // of triggers that should never run
}

// jobs holds what the clock, AWS or the operator calls.
func (b *builder) jobs(streams map[schema.Name]constructs.Stream) (awscdk.Stack, background) {
	stack := b.stack("jobs", "what the clock, AWS or the operator calls", false)
	var back background
	if len(b.rows.jobs) > 0 {
		failures := constructs.NewFailureQueue(tree.NewConstruct(stack, jsii.String("ticks")), b.deployed, "ticks")
		back.failures = append(back.failures, failures)
		for _, row := range b.rows.jobs {
			back.functions = append(back.functions, constructs.NewJob(scope(stack, row.Function), b.deployed, failures, streams[schema.Core], row))
		}
	}
	for _, row := range b.rows.triggers {
		fn, failures := b.trigger(scope(stack, row.Function), streams, row)
		back.failures, back.functions = append(back.failures, failures), append(back.functions, fn)
		if row.Source == contract.AuditChanges {
			back.tampering = append(back.tampering, fn)
		}
	}
	for _, row := range b.rows.tasks {
		constructs.NewTask(scope(stack, row.Function), b.deployed, row)
		output(stack, id(row.Function)+"Name", row.Summary, b.deployed.FunctionName(row.Function))
	}
	return stack, back
}

func (b *builder) trigger(in tree.Construct, streams map[schema.Name]constructs.Stream, row contract.Trigger) (constructs.Function, constructs.Queue) {
	queue := queues[row.Source]
	if b.shared(row) {
		queue += "-" + row.Name[strings.LastIndex(row.Name, "/")+1:]
	}
	switch row.Source {
	case contract.MailEvents:
		return constructs.NewMailEventTrigger(in, b.deployed, row, queue)
	case contract.AuditChanges:
		return constructs.NewStreamTrigger(in, b.deployed, streams[schema.Audit], row, queue)
	default:
		return constructs.NewStreamTrigger(in, b.deployed, streams[schema.Core], row, queue)
	}
}

// shared says whether another trigger before this one has the same source; then
// its queue needs a name of its own.
func (b *builder) shared(row contract.Trigger) bool {
	for _, t := range b.rows.triggers {
		if t.Source == row.Source {
			return t.Name != row.Name
		}
	}
	return false
}

// scope is the place of one function's resources: jobs/remind becomes
// JobsRemind in their logical ids.
func scope(stack awscdk.Stack, f contract.Function) tree.Construct {
	return tree.NewConstruct(stack, jsii.String(id(f)))
}

func id(f contract.Function) string {
	var out strings.Builder
	for _, part := range strings.FieldsFunc(f.Name, func(r rune) bool { return r == '/' || r == '-' }) {
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}
