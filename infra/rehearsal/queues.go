package rehearsal

import (
	"fmt"

	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

// addQueues reads the failure queues, and what their own policies allow.
func (p *plan) addQueues(a *template.Assembly) error {
	p.queues = map[string]*policy.Role{}
	byURL := map[string]string{}
	for _, r := range a.Of("AWS::SQS::Queue") {
		p.queues[r.ARN()], byURL[r.Physical] = &policy.Role{Name: r.Physical}, r.ARN()
	}
	for _, r := range a.Of("AWS::SQS::QueuePolicy") {
		var in struct {
			document
			Queues []string
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		for _, url := range in.Queues {
			arn, ok := byURL[url]
			if !ok {
				return explain(r, "it is for %s, which is no template's queue", url)
			}
			own, err := granted(arn, in.PolicyDocument)
			if err != nil {
				return explain(r, "%w", err)
			}
			p.queues[arn] = own
		}
	}
	return nil
}

// mayGiveUp says what keeps Lambda from putting what failed for good where the
// template says; it does so with the function's own role
// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
func (p *plan) mayGiveUp(f *function, to OnFailure) error {
	queue := to.DestinationConfig.OnFailure.Destination
	if err := p.open(queue); err != nil {
		return err
	}
	if d := f.role.Decide(policy.Call{Action: "sqs:SendMessage", Resource: queue}); !d.Allowed {
		return fmt.Errorf("what %s fails at is lost; missing: %s", f.Handler, d.Missing)
	}
	return nil
}

// open says whether there is a queue, which denies nobody of the account who
// speaks TLS.
func (p *plan) open(queue string) error {
	own := p.queues[queue]
	if own == nil {
		return fmt.Errorf("what fails is put on %q, which is no template's queue", queue)
	}
	call := asked("sqs:SendMessage", queue, "", "")
	for _, s := range own.Statements {
		one := policy.Role{Statements: []policy.Statement{s}}
		if s.Deny && one.Decide(call).Statement == 0 {
			return fmt.Errorf("the policy of %s denies everybody", queue)
		}
	}
	return nil
}

// opensTo says what keeps a service from putting what it cannot hand over on a
// queue by the queue's own policy.
func (p *plan) opensTo(queue, service, source string) error {
	own := p.queues[queue]
	if own == nil {
		return fmt.Errorf("what fails is put on %q, which is no template's queue", queue)
	}
	if d := own.Decide(asked("sqs:SendMessage", queue, service, source)); !d.Allowed {
		return fmt.Errorf("the policy of %s does not let %s put anything there", queue, service)
	}
	return nil
}
