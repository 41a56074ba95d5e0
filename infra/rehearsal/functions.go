package rehearsal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"portero/infra/rehearsal/lambda"
	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

func (p *plan) addFunctions(a *template.Assembly) error {
	for _, r := range a.Of("AWS::Lambda::Function") {
		if runtime, err := r.String("Runtime"); err != nil || !strings.HasPrefix(runtime, "provided") {
			r.Pass() // CDK's own, which copies the pages into their bucket during a deploy
			continue
		}
		f, err := p.readFunction(r)
		if err != nil {
			return explain(r, "%w", err)
		}
		p.functions = append(p.functions, f)
	}
	for _, r := range a.Of("AWS::Lambda::EventInvokeConfig") {
		var t tries
		if err := r.Decode(&t); err != nil {
			return err
		}
		f, err := p.function(t.Function)
		switch {
		case err != nil:
			return explain(r, "%w", err)
		case t.Qualifier != "$LATEST":
			return explain(r, "it is for version %s, which nobody calls", t.Qualifier)
		}
		f.tries = t
		if err := p.mayGiveUp(f, t.OnFailure); err != nil {
			return explain(r, "%w", err)
		}
	}
	return nil
}

// quiet are the levels at which a function's own records get lost: they are at
// INFO (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
var quiet = []string{"WARN", "ERROR", "FATAL"}

func (p *plan) readFunction(r template.Resource) (function, error) {
	var in struct {
		Handler, Role       string
		MemorySize, Timeout int
		Layers              []string
		Environment         struct{ Variables map[string]string }
		LoggingConfig       struct{ LogGroup, LogFormat, ApplicationLogLevel string }
	}
	if err := r.Decode(&in); err != nil {
		return function{}, err
	}
	role := p.roles[in.Role]
	switch {
	case role == nil:
		return function{}, fmt.Errorf("the role %s is in no template", in.Role)
	case len(in.Layers) > 0:
		return function{}, fmt.Errorf("layers are not run here")
	case slices.Contains(quiet, in.LoggingConfig.ApplicationLogLevel):
		return function{}, fmt.Errorf("at level %s the one record of each event is lost", in.LoggingConfig.ApplicationLogLevel)
	}
	if err := p.takes(in.Role, "lambda.amazonaws.com"); err != nil {
		return function{}, err
	}
	f := function{role: role, Function: lambda.Function{
		Name: r.Physical, ARN: r.ARN(), Handler: in.Handler, Environment: in.Environment.Variables,
		Timeout: time.Duration(in.Timeout) * time.Second, MemoryMiB: in.MemorySize,
		LogGroup: in.LoggingConfig.LogGroup, LogFormat: in.LoggingConfig.LogFormat, LogLevel: in.LoggingConfig.ApplicationLogLevel,
	}}
	for _, use := range f.logs() {
		if d := role.Decide(use); !d.Allowed {
			return f, fmt.Errorf("nobody will see what %s logs; missing: %s", in.Handler, d.Missing)
		}
	}
	return f, nil
}

// logs are what Lambda does in a function's name to keep what it writes
// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html).
func (f *function) logs() []policy.Call {
	group := f.LogGroup
	if group == "" {
		group = "/aws/lambda/" + f.Name
	}
	stream := strings.Replace(strings.TrimSuffix(f.ARN, ":function:"+f.Name), ":lambda:", ":logs:", 1) + ":log-group:" + group + ":log-stream:rehearsal"
	return []policy.Call{{Action: "logs:CreateLogStream", Resource: stream}, {Action: "logs:PutLogEvents", Resource: stream}}
}

func (p *plan) addMappings(a *template.Assembly) error {
	for _, r := range a.Of("AWS::Lambda::EventSourceMapping") {
		var m mapping
		if err := r.Decode(&m); err != nil {
			return err
		}
		f, err := p.function(m.FunctionName)
		switch {
		case err != nil:
			return explain(r, "%w", err)
		case m.StartingPosition != "TRIM_HORIZON":
			return explain(r, "from %s on it misses what was there before it", m.StartingPosition)
		}
		if err := p.mayGiveUp(f, m.OnFailure); err != nil {
			return explain(r, "%w", err)
		}
		for _, f := range m.FilterCriteria.Filters {
			filter, err := parsePattern([]byte(f.Pattern))
			if err != nil {
				return explain(r, "%w", err)
			}
			m.filters = append(m.filters, filter)
		}
		p.mappings = append(p.mappings, m)
	}
	return nil
}
