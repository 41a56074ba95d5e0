package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"portero/infra/rehearsal/lambda"
	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

// plan is what a rehearsal runs of the templates.
type plan struct {
	functions []function
	tables    []template.Resource
	mappings  []mapping
	routes    []route
	schedules []schedule
	rules     []rule
	sender    sender
	edge      edge
}

// function is a Lambda function with its role and what Lambda does with an
// event that nobody waits for.
type function struct {
	lambda.Function
	role  *policy.Role
	tries tries
}

// tries are how often Lambda runs a function again on an event that nobody waits
// for, and where the event goes then.
type tries struct {
	Function string `json:"FunctionName"`
	Retries  *int   `json:"MaximumRetryAttempts"`
	OnFailure
}

// OnFailure is where what failed for good is put.
type OnFailure struct {
	DestinationConfig struct {
		OnFailure struct{ Destination string }
	}
}

// mapping hands a stream's records to a function.
type mapping struct {
	FunctionName, EventSourceArn string
	BatchSize                    int
	MaximumRetryAttempts         int
	ParallelizationFactor        int
	BisectBatchOnFunctionError   bool
	FunctionResponseTypes        []string
	FilterCriteria               struct{ Filters []struct{ Pattern string } }
	OnFailure

	filters []pattern
}

// route is one of the HTTP API's, with the function behind it and the role that
// API Gateway calls it with.
type route struct {
	Key, function, role string
}

// schedule is a job's.
type schedule struct {
	ScheduleExpression string
	Target             struct {
		Arn, RoleArn, Input string
		RetryPolicy         struct{ MaximumRetryAttempts int }
		DeadLetterConfig    struct{ Arn string }
	}
}

// rule hands events of the default bus to functions.
type rule struct {
	arn          string
	EventPattern map[string]any
	Targets      []struct{ Arn string }

	pattern pattern
}

// sender is what SES knows of us.
type sender struct{ configurationSet, identity string }

// edge is what CloudFront adds to a request for the API.
type edge struct{ headers map[string]string }

// read takes a resource's properties apart. The template package has refused
// what nobody understands, so unknown fields are those that a rehearsal knows it
// can leave.
func read(r template.Resource, into any) error {
	raw, err := json.Marshal(r.Properties)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
	}
	return nil
}

func newPlan(a *template.Assembly) (*plan, error) {
	p := &plan{tables: a.Of("AWS::DynamoDB::Table")}
	return p, errors.Join(
		p.addFunctions(a), p.addMappings(a), p.addRoutes(a), p.addSchedules(a), p.addRules(a), p.addSender(a), p.addEdge(a),
	)
}

func (p *plan) addFunctions(a *template.Assembly) error {
	roles, err := roles(a)
	if err != nil {
		return err
	}
	for _, r := range a.Of("AWS::Lambda::Function") {
		var in struct {
			FunctionName, Handler, Runtime, Role string
			MemorySize, Timeout                  int
			Environment                          struct{ Variables map[string]string }
		}
		if err := read(r, &in); err != nil {
			return err
		}
		if !strings.HasPrefix(in.Runtime, "provided") {
			continue // CDK's own, which copies the pages into their bucket during a deploy
		}
		role := roles[in.Role]
		if role == nil {
			return fmt.Errorf("%s %s: the role %s is in no template", r.Stack, r.LogicalID, in.Role)
		}
		p.functions = append(p.functions, function{role: role, Function: lambda.Function{
			Name: r.Physical, ARN: r.ARN(), Handler: in.Handler, Environment: in.Environment.Variables,
			Timeout: time.Duration(in.Timeout) * time.Second, MemoryMiB: in.MemorySize,
		}})
	}
	for _, r := range a.Of("AWS::Lambda::EventInvokeConfig") {
		var t tries
		if err := read(r, &t); err != nil {
			return err
		}
		f, err := p.function(t.Function)
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
		}
		f.tries = t
	}
	return nil
}

// roles reads every role with the policies inside it and beside it.
func roles(a *template.Assembly) (map[string]*policy.Role, error) {
	type document struct{ PolicyDocument any }
	beside := map[string][]any{}
	for _, r := range a.Of("AWS::IAM::Policy") {
		var in struct {
			document
			Roles []string
		}
		if err := read(r, &in); err != nil {
			return nil, err
		}
		for _, name := range in.Roles {
			beside[name] = append(beside[name], in.PolicyDocument)
		}
	}
	all := map[string]*policy.Role{}
	for _, r := range a.Of("AWS::IAM::Role") {
		var in struct {
			Policies          []document
			ManagedPolicyArns []string
		}
		if err := read(r, &in); err != nil {
			return nil, err
		}
		documents := beside[r.Physical]
		for _, d := range in.Policies {
			documents = append(documents, d.PolicyDocument)
		}
		if len(in.ManagedPolicyArns) > 0 {
			continue // CDK's own helper; none of ours has one, or it lacks its role here
		}
		role, err := policy.ParseRole(r.Physical, r.ARN(), documents)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
		}
		all[r.ARN()] = role
	}
	return all, nil
}

// function finds one by name or ARN.
func (p *plan) function(name string) (*function, error) {
	for i := range p.functions {
		if f := &p.functions[i]; f.Name == name || f.ARN == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("no template has the function %s", name)
}

// handler finds one by its handler setting, the row's name.
func (p *plan) handler(row string) (*function, error) {
	for i := range p.functions {
		if p.functions[i].Handler == row {
			return &p.functions[i], nil
		}
	}
	return nil, fmt.Errorf("no template has a function for %s", row)
}

func (p *plan) addMappings(a *template.Assembly) error {
	for _, r := range a.Of("AWS::Lambda::EventSourceMapping") {
		var m mapping
		if err := read(r, &m); err != nil {
			return err
		}
		for _, f := range m.FilterCriteria.Filters {
			filter, err := parsePattern([]byte(f.Pattern))
			if err != nil {
				return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
			}
			m.filters = append(m.filters, filter)
		}
		p.mappings = append(p.mappings, m)
	}
	return nil
}

func (p *plan) addRoutes(a *template.Assembly) error {
	type integration struct{ IntegrationUri, CredentialsArn, IntegrationType, PayloadFormatVersion string }
	integrations := map[string]integration{}
	for _, r := range a.Of("AWS::ApiGatewayV2::Integration") {
		var in integration
		if err := read(r, &in); err != nil {
			return err
		}
		if in.IntegrationType != "AWS_PROXY" || in.PayloadFormatVersion != "2.0" {
			return fmt.Errorf("%s %s: an integration that is not AWS_PROXY with payload 2.0", r.Stack, r.LogicalID)
		}
		integrations["integrations/"+r.Physical] = in
	}
	for _, r := range a.Of("AWS::ApiGatewayV2::Route") {
		var in struct{ RouteKey, Target, AuthorizationType string }
		if err := read(r, &in); err != nil {
			return err
		}
		to, ok := integrations[in.Target]
		if !ok {
			return fmt.Errorf("%s %s: its target %s is no integration", r.Stack, r.LogicalID, in.Target)
		}
		f, err := p.function(to.IntegrationUri)
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
		}
		p.routes = append(p.routes, route{Key: in.RouteKey, function: f.Name, role: to.CredentialsArn})
	}
	return p.mayInvoke(a)
}

// mayInvoke checks that API Gateway's role lets it call each route's function:
// in AWS a missing permission is a bare 500 to whoever asks.
func (p *plan) mayInvoke(a *template.Assembly) error {
	roles, err := roles(a)
	if err != nil {
		return err
	}
	var missing []error
	for _, r := range p.routes {
		f, err := p.function(r.function)
		if err != nil {
			return err
		}
		missing = append(missing, invokes(roles, r.role, f, "the route "+r.Key))
	}
	return errors.Join(missing...)
}

// invokes says what a service's role lacks to call a function.
func invokes(roles map[string]*policy.Role, arn string, f *function, who string) error {
	role := roles[arn]
	if role == nil {
		return fmt.Errorf("%s: its role %q is in no template", who, arn)
	}
	if d := role.Decide(policy.Call{Action: "lambda:InvokeFunction", Resource: f.ARN}); !d.Allowed {
		return fmt.Errorf("%s may not call %s; missing: %s", who, f.Name, d.Missing)
	}
	return nil
}

func (p *plan) addSchedules(a *template.Assembly) error {
	roles, err := roles(a)
	if err != nil {
		return err
	}
	for _, r := range a.Of("AWS::Scheduler::Schedule") {
		var s schedule
		if err := read(r, &s); err != nil {
			return err
		}
		f, err := p.function(s.Target.Arn)
		if err == nil {
			err = invokes(roles, s.Target.RoleArn, f, "the schedule "+r.Physical)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
		}
		p.schedules = append(p.schedules, s)
	}
	return nil
}

func (p *plan) addRules(a *template.Assembly) error {
	for _, r := range a.Of("AWS::Events::Rule") {
		rule := rule{arn: r.ARN()}
		if err := read(r, &rule); err != nil {
			return err
		}
		text, err := json.Marshal(rule.EventPattern)
		if err == nil {
			rule.pattern, err = parsePattern(text)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
		}
		for _, target := range rule.Targets {
			if err := p.permitted(a, rule.arn, target.Arn); err != nil {
				return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, err)
			}
		}
		p.rules = append(p.rules, rule)
	}
	return nil
}

// permitted checks that a function's own policy lets EventBridge call it for a
// rule (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).
func (p *plan) permitted(a *template.Assembly, rule, function string) error {
	f, err := p.function(function)
	if err != nil {
		return err
	}
	for _, r := range a.Of("AWS::Lambda::Permission") {
		var in struct{ Action, FunctionName, Principal, SourceArn string }
		if err := read(r, &in); err != nil {
			return err
		}
		if in.Action == "lambda:InvokeFunction" && in.Principal == "events.amazonaws.com" && in.SourceArn == rule &&
			(in.FunctionName == f.ARN || in.FunctionName == f.Name) {
			return nil
		}
	}
	return fmt.Errorf("no permission lets the rule call %s", f.Name)
}

func (p *plan) addSender(a *template.Assembly) error {
	for _, r := range a.Of("AWS::SES::ConfigurationSet") {
		p.sender.configurationSet = r.Physical
	}
	for _, r := range a.Of("AWS::SES::EmailIdentity") {
		p.sender.identity = r.Physical
	}
	if p.sender.configurationSet == "" {
		return errors.New("no template has a configuration set")
	}
	return nil
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
		if err := read(r, &in); err != nil {
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
