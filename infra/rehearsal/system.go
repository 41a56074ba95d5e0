package rehearsal

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/infra/local/standin/stream"
	"portero/infra/rehearsal/lambda"
	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/dynoxide"
)

// The deploy that a rehearsal pretends to be.
const (
	account       = "123456789012" // the one of AWS's own examples
	defaultRegion = "eu-west-1"
)

// Options say what is run and how.
type Options struct {
	Assembly string // the directory that holds the synthesized templates
	Binary   string // functions/bootstrap, built for this machine
	Region   string // that the templates are for; empty: eu-west-1
	Port     int    // of the one origin; 0: a free one
	Now      func() time.Time
	// Seed decides what Lambda and the streams do at random: which process takes
	// a request and when one is retired, which batch comes twice, in what order.
	Seed uint64
	Log  *slog.Logger
	// Pages serve what no route of the API takes; nil: nothing.
	Pages http.Handler
	// Ledger takes down what was seen; nil: nobody asks.
	Ledger *Ledger
	// Meter adds up what calls took; nil: nobody asks.
	Meter *Meter
}

// System is the templates, running. Its methods may be called concurrently.
type System struct {
	options  Options
	plan     *plan
	listener net.Listener
	server   *httptest.Server
	database *dynoxide.Server
	tables   map[schema.Name]string
	gate     *gate
	calls    *httptest.Server // the gate's
	mail     *ses.Gate
	mailAPI  *httptest.Server
	host     *lambda.Host
	pollers  []*stream.Poller
	events   atomic.Int64 // of SES, so that Settle knows when it is quiet

	mu      sync.Mutex
	random  *mathrand.Rand
	failed  map[string]int // by queue: what was put there
	failing []string       // rows, see SetFailing
	broken  []string       // what went wrong behind everybody's back
}

// Start runs the templates. It must be closed. An error is one line that says
// which resource, file or port is wrong.
func Start(ctx context.Context, o Options) (s *System, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Pages == nil {
		o.Pages = http.NotFoundHandler()
	}
	if o.Region == "" {
		o.Region = defaultRegion
	}
	if o.Ledger == nil {
		o.Ledger = &Ledger{}
	}
	s = &System{options: o, failed: map[string]int{}, random: mathrand.New(mathrand.NewPCG(o.Seed, 1))}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
			s = nil
		}
	}()
	if s.listener, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", o.Port)); err != nil {
		return s, fmt.Errorf("port %d is taken or not allowed: %w", o.Port, err)
	}
	if err := s.load(); err != nil {
		return s, err
	}
	if err := s.startParts(ctx); err != nil {
		return s, err
	}
	return s, s.open()
}

// load reads the templates with what only a deploy knows: the distribution's
// name is where this system listens.
func (s *System) load() error {
	secret := rand.Text() // CloudFront and the functions are shown the same one
	assembly, err := template.Load(s.options.Assembly, template.Environment{
		Account: account, Region: s.options.Region,
		Value: func(r template.Resource, attribute string) (string, bool) {
			if r.Type == "AWS::CloudFront::Distribution" && attribute == "DomainName" {
				return s.authority(), true
			}
			return "", false
		},
		Secret: func(string) (string, bool) { return secret, true },
	})
	if err != nil {
		return err
	}
	s.plan, err = newPlan(assembly)
	return err
}

func (s *System) authority() string {
	return fmt.Sprintf("localhost:%d", s.listener.Addr().(*net.TCPAddr).Port)
}

// startParts starts the stand-ins, the gate before them and the functions.
func (s *System) startParts(ctx context.Context) (err error) {
	if s.database, err = dynoxide.Start(ctx, dynoxide.Options{Log: io.Discard}); err != nil {
		return err
	}
	client := local.DatabaseClient(s.database.Endpoint)
	streams, err := createTables(ctx, client, s.plan.tables)
	if err != nil {
		return err
	}
	if s.tables, err = tableNames(s.plan.tables); err != nil {
		return err
	}
	if s.mail, err = ses.Open(ses.Options{
		ConfigurationSet: s.plan.sender.configurationSet, Now: s.options.Now, OnEvent: s.mailEvent,
		OnError: func(err error) { s.note("the mail stand-in: %v", err) },
	}); err != nil {
		return err
	}
	s.mailAPI = httptest.NewServer(s.mail)
	if err := s.startGate(); err != nil {
		return err
	}
	if err := s.startFunctions(); err != nil {
		return err
	}
	return s.follow(streams)
}

func (s *System) startGate() error {
	database, err := url.Parse(s.database.Endpoint)
	if err != nil {
		return err
	}
	mail, err := url.Parse(s.mailAPI.URL)
	if err != nil {
		return err
	}
	s.gate = &gate{
		place:     policy.Place{Partition: "aws", Region: s.options.Region, Account: account, Keys: partitionKeys(s.plan.tables), Identities: []string{s.plan.sender.identity}},
		callers:   map[string]*caller{},
		upstream:  map[string]*url.URL{"dynamodb": database, "ses": mail},
		transport: &http.Transport{MaxIdleConnsPerHost: 32}, ledger: s.options.Ledger, meter: s.options.Meter,
		calls: map[string]int{}, seen: map[string]int{},
		kill: func(accessKey string) {
			if _, request, ok := s.host.Running(accessKey); ok {
				s.host.KillRequest(request)
			}
		},
		tagged: func(accessKey string) string { return s.host.Tagged(accessKey) },
	}
	for _, f := range s.plan.functions {
		s.options.Ledger.grant(f.Handler, f.role.Grants())
		s.options.Ledger.use(&caller{name: f.Name, row: f.Handler, role: f.role}, f.logs())
	}
	s.calls = httptest.NewServer(s.gate)
	return nil
}

func (s *System) startFunctions() (err error) {
	functions := make([]lambda.Function, len(s.plan.functions))
	for i, f := range s.plan.functions {
		functions[i] = f.Function
	}
	s.host, err = lambda.New(lambda.Options{
		Binary: s.options.Binary, Region: s.options.Region, Now: s.options.Now, Seed: s.options.Seed, RetireEvery: retireEvery,
		// Where AWS is on this machine; the SDK's own names for it
		// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
		Network:     map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": s.calls.URL, "AWS_ENDPOINT_URL_SES": s.calls.URL},
		Credentials: s.credentials,
		Log:         func(function, line string) { s.options.Log.Debug(line, "fn", function) },
	}, functions)
	return err
}

// credentials gives each process its own, in the form of a role's
// temporary ones, so that the gate knows who calls.
func (s *System) credentials(function string) (accessKey, secret, session string) {
	f, err := s.plan.function(function)
	if err != nil {
		s.note("%v", err)
		return "", "", ""
	}
	accessKey = s.gate.admit(&caller{name: f.Name, row: f.Handler, role: f.role})
	return accessKey, "secret of " + accessKey, "session of " + accessKey
}

// retireEvery is after how many requests, about, a process is given up: often
// enough that a suite meets both a used process and a fresh one (chosen).
const retireEvery = 50

// Close ends every part by its pid; nothing is left.
func (s *System) Close() error {
	var errs []error
	if s.server != nil {
		s.server.Close()
	} else if s.listener != nil {
		errs = append(errs, s.listener.Close())
	}
	if s.mail != nil {
		errs = append(errs, s.mail.Close())
	}
	if s.host != nil {
		errs = append(errs, s.host.Close())
		for _, m := range s.Measured() {
			s.options.Ledger.measure(m)
		}
	}
	for _, part := range []*httptest.Server{s.calls, s.mailAPI} {
		if part != nil {
			part.Close()
		}
	}
	if s.database != nil {
		errs = append(errs, s.database.Close())
	}
	return errors.Join(errs...)
}

// URL is the one origin of pages and API, as the templates' distribution would
// be: https, by a certificate that Client trusts.
func (s *System) URL() string { return "https://" + s.authority() }

// Mail is the SES stand-in, with every message that was sent.
func (s *System) Mail() *ses.Gate { return s.mail }

// Database is the endpoint of the stand-in, behind the gate: for looking at what
// was stored.
func (s *System) Database() string { return s.database.Endpoint }

// Tables are the tables' names, by what they are called without stage or stack.
func (s *System) Tables() map[schema.Name]string { return s.tables }

// SetFaults replaces what befalls calls from now on; nil: nothing. It is called
// by one goroutine at a time.
func (s *System) SetFaults(f func(Call) Fault) {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.fault = f
}

// Problems are what a rehearsal fails on whatever the answers were: calls that
// a role does not allow, functions beyond their memory, and what went wrong
// behind everybody's back. One line each.
func (s *System) Problems() []string {
	all := s.gate.refusals()
	for _, stat := range s.host.Stats() {
		if stat.Err != nil {
			all = append(all, stat.Err.Error())
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(all, s.broken...)
}

func (s *System) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = append(s.broken, fmt.Sprintf(format, args...))
}

// Measured is what each row's processes took so far.
func (s *System) Measured() map[string]Measured {
	all := map[string]Measured{}
	for _, stat := range s.host.Stats() {
		if f, err := s.plan.function(stat.Function); err == nil {
			all[f.Handler] = Measured{Row: f.Handler, MemoryMiB: f.MemoryMiB, Durations: stat.Durations, Starts: stat.Starts, PeakBytes: stat.PeakBytes}
		}
	}
	return all
}

// Failed is how many events a failure queue holds.
func (s *System) Failed(queue string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed[queue]
}

// Invoke calls a row's function with an event and waits for its answer, as the
// operator would.
func (s *System) Invoke(ctx context.Context, row string, event any) (json.RawMessage, error) {
	f, err := s.plan.handler(row)
	if err != nil {
		return nil, err
	}
	payload, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	return s.host.Invoke(ctx, f.Name, payload)
}

// Tick calls a job as its schedule would at an instant: with the schedule's own
// input, and again as often as Lambda would. It returns the job's answer.
func (s *System) Tick(ctx context.Context, job string, now time.Time) (json.RawMessage, error) {
	f, err := s.plan.handler(job)
	if err != nil {
		return nil, err
	}
	for _, schedule := range s.plan.schedules {
		if schedule.Target.Arn == f.ARN {
			input := strings.ReplaceAll(schedule.Target.Input, "<aws.scheduler.scheduled-time>", now.UTC().Format(time.RFC3339))
			return s.unattended(ctx, f, []byte(input))
		}
	}
	return nil, fmt.Errorf("no template has a schedule for %s", job)
}

// unattended runs a function on an event that nobody waits for: again when it
// fails, and at last into its failure queue
// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
func (s *System) unattended(ctx context.Context, f *function, event []byte) ([]byte, error) {
	retries := 2 // Lambda's default
	if f.tries.Retries != nil {
		retries = *f.tries.Retries
	}
	var answer []byte
	var err error
	for range retries + 1 {
		answer, err = s.hand(ctx, f, event)
		var failed *lambda.FunctionError
		if !errors.As(err, &failed) {
			return answer, err
		}
	}
	s.giveUp(f, f.tries.OnFailure)
	return nil, err
}

// giveUp puts what failed for good where the template says. Lambda does so with
// the function's own role.
func (s *System) giveUp(f *function, to OnFailure) {
	queue := to.DestinationConfig.OnFailure.Destination
	use := policy.Call{Action: "sqs:SendMessage", Resource: queue}
	d := f.role.Decide(use)
	switch {
	case queue == "":
		s.note("%s: an event failed for good and its template says nowhere where to put it", f.Handler)
	case !d.Allowed:
		s.note("%s may not put an event that failed on %s; missing: %s", f.Handler, queue, d.Missing)
	default:
		s.options.Ledger.use(&caller{name: f.Name, row: f.Handler, role: f.role}, []policy.Call{use})
		s.mu.Lock()
		s.failed[queue]++
		s.mu.Unlock()
	}
}
