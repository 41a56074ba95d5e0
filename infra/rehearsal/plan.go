package rehearsal

import (
	"errors"
	"fmt"
	"strings"

	"portero/infra/rehearsal/lambda"
	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

// plan is what a rehearsal runs of the templates.
type plan struct {
	functions []function
	tables    []table
	mappings  []mapping
	routes    []route
	schedules []schedule
	rules     []rule
	queues    map[string]*policy.Role // failure queues by ARN, with what their own policies allow
	sender    sender
	edge      edge

	roles    map[string]*policy.Role
	assumers map[string]*policy.Role // by a role's ARN: who may take it
	api      string                  // the HTTP API's id
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
	Function  string `json:"FunctionName"`
	Qualifier string
	Retries   *int `json:"MaximumRetryAttempts"`
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
	StartingPosition             string
	BatchSize                    int
	MaximumRetryAttempts         int
	ParallelizationFactor        int
	BisectBatchOnFunctionError   bool
	FunctionResponseTypes        []string
	FilterCriteria               struct{ Filters []struct{ Pattern string } }
	OnFailure

	filters []pattern
}

// route is one of the HTTP API's, with the function behind it.
type route struct {
	Key, function string
}

// schedule is a job's.
type schedule struct {
	ScheduleExpression string
	FlexibleTimeWindow struct{ Mode string }
	Target             struct {
		Arn, RoleArn, Input string
		DeadLetterConfig    struct{ Arn string }
	}
}

// rule hands events of the default bus to functions.
type rule struct {
	arn          string
	EventPattern map[string]any
	Targets      []struct {
		Arn              string
		DeadLetterConfig struct{ Arn string }
	}

	pattern pattern
}

// sender is what SES knows of us.
type sender struct {
	configurationSet, identity string
	events                     []string // that it tells of, by their types
}

// edge is what CloudFront adds to a request for the API.
type edge struct{ headers map[string]string }

// newPlan reads the templates. What the table of types calls used and nothing
// here reads is an error, so that a property that matters cannot be passed over
// on either side.
func newPlan(a *template.Assembly) (*plan, error) {
	p := &plan{}
	if err := p.addRoles(a); err != nil {
		return nil, err
	}
	err := errors.Join(
		p.addTables(a), p.addQueues(a), p.addFunctions(a), p.addMappings(a), p.addRoutes(a), p.addSchedules(a), p.addRules(a), p.addSender(a), p.addEdge(a),
	)
	if unread := a.Unread(); err == nil && len(unread) > 0 {
		err = errors.New("the templates say what the rehearsal does not look at: " + strings.Join(unread, "; "))
	}
	return p, err
}

// explain names the resource that something is wrong with.
func explain(r template.Resource, format string, args ...any) error {
	return fmt.Errorf("%s %s: %w", r.Stack, r.LogicalID, fmt.Errorf(format, args...))
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
