package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

// rates is how the scheduler writes a period
// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
var rates = regexp.MustCompile(`^rate\((1 minute|([2-9]|[1-9][0-9]+) minutes)\)$`)

func (p *plan) addSchedules(a *template.Assembly) error {
	for _, r := range a.Of("AWS::Scheduler::Schedule") {
		var s schedule
		if err := r.Decode(&s); err != nil {
			return err
		}
		switch {
		case !rates.MatchString(s.ScheduleExpression):
			return explain(r, "%q is no rate in minutes", s.ScheduleExpression)
		case s.FlexibleTimeWindow.Mode != "OFF":
			return explain(r, "a tick must come in time, not within a window")
		}
		if err := p.mayTick(s); err != nil {
			return explain(r, "%w", err)
		}
		p.schedules = append(p.schedules, s)
	}
	return nil
}

// mayTick says what keeps the scheduler from calling a schedule's function, and
// from keeping the tick that it could not hand over; it does both by its role
// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html).
func (p *plan) mayTick(s schedule) error {
	f, err := p.function(s.Target.Arn)
	if err != nil {
		return err
	}
	if err := p.invokes("scheduler.amazonaws.com", s.Target.RoleArn, f); err != nil {
		return err
	}
	queue := s.Target.DeadLetterConfig.Arn
	if err := p.open(queue); err != nil {
		return err
	}
	if d := p.roles[s.Target.RoleArn].Decide(policy.Call{Action: "sqs:SendMessage", Resource: queue}); !d.Allowed {
		return fmt.Errorf("a tick that nobody took is lost; missing: %s", d.Missing)
	}
	return nil
}

func (p *plan) addRules(a *template.Assembly) error {
	permissions, err := permissions(a)
	if err != nil {
		return err
	}
	for _, r := range a.Of("AWS::Events::Rule") {
		rule := rule{arn: r.ARN()}
		if err := r.Decode(&rule); err != nil {
			return err
		}
		text, err := json.Marshal(rule.EventPattern)
		if err == nil {
			rule.pattern, err = parsePattern(text)
		}
		if err != nil {
			return explain(r, "%w", err)
		}
		for _, target := range rule.Targets {
			f, err := p.function(target.Arn)
			if err == nil && !slices.ContainsFunc(permissions, func(one permission) bool { return one.lets(rule.arn, f) }) {
				err = fmt.Errorf("no permission lets the rule call %s", f.Name)
			}
			if err == nil {
				err = p.opensTo(target.DeadLetterConfig.Arn, "events.amazonaws.com", rule.arn)
			}
			if err != nil {
				return explain(r, "%w", err)
			}
		}
		p.rules = append(p.rules, rule)
	}
	return nil
}

// permission is a statement of a function's own policy.
type permission struct{ Action, FunctionName, Principal, SourceArn string }

func permissions(a *template.Assembly) (all []permission, err error) {
	for _, r := range a.Of("AWS::Lambda::Permission") {
		var one permission
		if err := r.Decode(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// lets reports whether EventBridge may call a function for a rule
// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).
func (one permission) lets(rule string, f *function) bool {
	return one.Action == "lambda:InvokeFunction" && one.Principal == "events.amazonaws.com" && one.SourceArn == rule &&
		(one.FunctionName == f.ARN || one.FunctionName == f.Name)
}

// addSender reads what SES knows of us: one identity, one configuration set that
// sends, and what it tells of.
func (p *plan) addSender(a *template.Assembly) error {
	for _, r := range a.Of("AWS::SES::ConfigurationSet") {
		var in struct{ SendingOptions struct{ SendingEnabled bool } }
		if err := r.Decode(&in); err != nil {
			return err
		}
		if !in.SendingOptions.SendingEnabled {
			return explain(r, "it does not send")
		}
		p.sender.configurationSet = r.Physical
	}
	for _, r := range a.Of("AWS::SES::EmailIdentity") {
		p.sender.identity = r.Physical
	}
	for _, r := range a.Of("AWS::SES::ConfigurationSetEventDestination") {
		var in struct {
			ConfigurationSetName string
			EventDestination     struct {
				Enabled                bool
				EventBridgeDestination struct{ EventBusArn string }
				MatchingEventTypes     []string
			}
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		// SES sends to the default bus and no other
		// (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-eventbridge.html).
		to := in.EventDestination
		if in.ConfigurationSetName != p.sender.configurationSet || !to.Enabled || !strings.HasSuffix(to.EventBridgeDestination.EventBusArn, ":"+account+":event-bus/default") {
			return explain(r, "events must go from the one configuration set to the default bus")
		}
		p.sender.events = append(p.sender.events, to.MatchingEventTypes...)
	}
	if p.sender.configurationSet == "" || len(p.sender.events) == 0 {
		return errors.New("no template has a configuration set that tells what became of a mail")
	}
	return nil
}

// tells reports whether the configuration set tells of an event. The types are
// written in different ways (bounce, BOUNCE, Bounce).
func (s sender) tells(event any) bool {
	object, _ := event.(map[string]any)
	detail, _ := object["detail"].(map[string]any)
	kind, _ := detail["eventType"].(string)
	return slices.ContainsFunc(s.events, func(one string) bool { return strings.EqualFold(one, kind) })
}

// addEdge takes from the distribution what it adds to requests for the API: the
// secret beside which functions believe the viewer's address. The address itself
// comes from CloudFront's own code, which is not run here.
func (p *plan) addEdge(a *template.Assembly) error {
	p.edge.headers = map[string]string{}
	for _, r := range a.Of("AWS::CloudFront::Distribution") {
		var in struct {
			DistributionConfig struct {
				Origins []struct {
					OriginCustomHeaders []struct{ HeaderName, HeaderValue string }
				}
			}
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		for _, o := range in.DistributionConfig.Origins {
			for _, h := range o.OriginCustomHeaders {
				p.edge.headers[h.HeaderName] = h.HeaderValue
			}
		}
	}
	if len(p.edge.headers) == 0 {
		return errors.New("no template has a distribution that shows an origin secret")
	}
	return nil
}
