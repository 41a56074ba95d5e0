package stacks

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// rows are the functions of a deployment by what calls them, each in order of
// their names, so that a template does not change with the order of the list.
type rows struct {
	endpoints []contract.Endpoint
	jobs      []contract.Job
	triggers  []contract.Trigger
	tasks     []contract.Task
}

func sortRows(all []contract.Row) (rows, error) {
	var r rows
	var wrong []error
	for _, row := range slices.SortedFunc(slices.Values(all), func(a, b contract.Row) int { return cmp.Compare(a.Base().Name, b.Base().Name) }) {
		switch row := row.(type) {
		case contract.Endpoint:
			r.endpoints = append(r.endpoints, row)
		case contract.Job:
			r.jobs = append(r.jobs, row)
		case contract.Trigger:
			r.triggers = append(r.triggers, row)
		case contract.Task:
			r.tasks = append(r.tasks, row)
		default:
			wrong = append(wrong, explain(row.Base(), "no construct deploys a %T", row))
		}
	}
	return r, errors.Join(wrong...)
}

// resource is the first part of a row's name: the nested stack it lives in.
func resource(f contract.Function) string { name, _, _ := strings.Cut(f.Name, "/"); return name }

// resources returns every resource of the endpoints, in order.
func (r rows) resources() []string {
	var names []string
	for _, e := range r.endpoints {
		names = append(names, resource(e.Function))
	}
	return slices.Compact(names)
}

func (r rows) all() []contract.Row {
	var all []contract.Row
	for _, e := range r.endpoints {
		all = append(all, e)
	}
	for _, j := range r.jobs {
		all = append(all, j)
	}
	for _, t := range r.triggers {
		all = append(all, t)
	}
	for _, t := range r.tasks {
		all = append(all, t)
	}
	return all
}

// Limits of the platform that a row can run into.
const (
	// maxFunctionName is Lambda's
	// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).
	maxFunctionName = 64
	// maxSummary is that of a function's description.
	maxSummary = 256
	// apiTimeout is API Gateway's
	// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
	apiTimeout = 30 * time.Second
	// streamReaders is how many may read one stream
	// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
	streamReaders = 2
)

// streamOf says which table's stream a source is.
var streamOf = map[contract.Source]schema.Name{
	contract.Outbox: schema.Core, contract.Bulk: schema.Core, contract.AuditChanges: schema.Audit,
}

// check says what in the rows cannot be deployed.
func (r rows) check(s Settings) error {
	var wrong []error
	seen := map[string]bool{}
	for _, row := range r.all() {
		f := row.Base()
		if name := s.name(f.Name); len(name) > maxFunctionName {
			wrong = append(wrong, explain(f, "the function's name %q is longer than %d", name, maxFunctionName))
		}
		if len(f.Summary) > maxSummary || f.Summary == "" {
			wrong = append(wrong, explain(f, "the summary must have 1 to %d bytes", maxSummary))
		}
		if before, after, ok := strings.Cut(f.Name, "/"); !ok || before == "" || after == "" || strings.Contains(after, "/") || seen[f.Name] {
			wrong = append(wrong, explain(f, "the name must be resource/verb and its own"))
		}
		seen[f.Name] = true
		wrong = append(wrong, checkUses(f)...)
	}
	for _, e := range r.endpoints {
		if e.Timeout >= apiTimeout {
			wrong = append(wrong, explain(e.Function, "the timeout must be below API Gateway's %s", apiTimeout))
		}
	}
	for _, j := range r.jobs {
		if j.Every < time.Minute || j.Every%time.Minute != 0 {
			wrong = append(wrong, explain(j.Function, "every %s is not whole minutes", j.Every))
		}
	}
	return errors.Join(append(wrong, r.checkSources()...)...)
}

func checkUses(f contract.Function) []error {
	var wrong []error
	for _, a := range f.Uses.Tables {
		switch {
		case len(a.Ops) == 0:
			wrong = append(wrong, explain(f, "access to %s names no operation", a.Table))
		case len(a.Kinds) == 0 && a.Index == "":
			wrong = append(wrong, explain(f, "access to %s names no kind of item", a.Table))
		case a.Index != "" && !slices.Equal(a.Ops, []contract.Op{contract.Query}):
			wrong = append(wrong, explain(f, "an index can only be queried, not %v", a.Ops))
		}
	}
	return wrong
}

func (r rows) checkSources() []error {
	var wrong []error
	readers := map[schema.Name]int{}
	for _, row := range r.all() {
		source := contract.SourceOf(row)
		if _, ok := queues[source]; !ok && source != "" && source != contract.Bulk {
			wrong = append(wrong, explain(row.Base(), "no construct connects the source %q", source))
		}
		table, fed := streamOf[source]
		if readers[table]++; fed && readers[table] > streamReaders {
			wrong = append(wrong, explain(row.Base(), "a stream has %d readers at most", streamReaders))
		}
	}
	return wrong
}

// maxProjected is how many attributes an index can include
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html).
const maxProjected = 20

// checkTables says what in the tables DynamoDB would refuse to make.
func checkTables(tables []schema.Table) error {
	var wrong []error
	for _, t := range tables {
		for _, i := range t.Indexes {
			if len(i.Include) > maxProjected {
				wrong = append(wrong, fmt.Errorf("table %s: index %s projects %d attributes, DynamoDB takes %d", t.Name, i.Name, len(i.Include), maxProjected))
			}
		}
	}
	return errors.Join(wrong...)
}
