//go:build rehearsal

package sweep

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/infra/rehearsal"
	"portero/infra/rehearsal/invariant"
	"portero/infra/rehearsal/lambda"
	"portero/shared/contract"
	"portero/shared/testkit"
)

// stage is a system with a stencil of the workspace that its cases are copies
// of.
type stage struct {
	t       *testing.T
	system  *rehearsal.System
	world   *testkit.World
	client  *dynamodb.Client
	wire    *wire
	scene   *scene
	stencil *stencil
	log     *lines

	sent []ses.Message // what the scene's mails were

	mu      sync.Mutex
	secrets []string
	copied  []ses.Message // the same, as the copies have them
}

// lines are what the functions logged.
type lines struct {
	mu  sync.Mutex
	all []string
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, string(bytes.TrimSpace(p)))
	return len(p), nil
}

// newStage starts a system and makes the scene in it.
func newStage(t *testing.T, build func(*testkit.World) *scene) *stage {
	t.Helper()
	s := &stage{t: t, log: &lines{}, world: &testkit.World{T: t, Clock: &testkit.Clock{}}}
	s.world.Clock.Set(testkit.Start)
	var err error
	s.system, err = rehearsal.Start(t.Context(), rehearsal.Options{
		Assembly: os.Getenv(rehearsal.EnvAssembly), Binary: os.Getenv(rehearsal.EnvBinary), Now: s.world.Clock.Now, Seed: 1,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.system.Close(); err != nil {
			t.Error(err)
		}
		for _, p := range s.system.Problems() {
			t.Error(p)
		}
	})
	s.world.System = s.system
	s.client = local.DatabaseClient(s.system.Database())
	s.scene = build(s.world)
	s.wire = newWire(s.system)
	s.sent = s.mails()
	if s.stencil, err = newStencil(t.Context(), s.client, s.system.Tables(), s.world.Workspace); err != nil {
		t.Fatal(err)
	}
	return s
}

// attempt is one case: a fault, or none, on a row's request in a workspace of
// its own.
type attempt struct {
	row    contract.Row
	trial  trial
	tag    string
	asks   int // how often a faultless one asks; 0: a fault is tried
	ws     string
	event  string
	status []int // of each answer
	said   []string
	trace  string
}

func (a *attempt) String() string { return a.row.Base().Name + ": " + a.trial.String() }

// place copies the workspace and makes the request about it.
func (s *stage) place(a *attempt) error {
	ws, to, err := s.stencil.copy(context.Background(), s.client, s.system.Tables())
	if err != nil {
		return err
	}
	event, err := s.scene.request(a.row)
	if err != nil {
		return err
	}
	a.ws, a.tag = ws, ws
	s.mu.Lock()
	for _, m := range s.sent {
		m.Tags = map[string]string{"workspace": ws, "message": to.Replace(m.Tags["message"])}
		s.copied = append(s.copied, m)
	}
	s.mu.Unlock()
	event = to.Replace(event)
	event = strings.ReplaceAll(event, sampleInstant, s.world.Now().Format(time.RFC3339))
	// What must be unique over workspaces.
	event = strings.ReplaceAll(event, "vega-suppliers", "q-"+ws[3:])
	if _, isTask := a.row.(contract.Task); isTask {
		event = strings.ReplaceAll(event, "Vega \\u0026 Partners", "V"+ws[3:])
		event = strings.ReplaceAll(event, "Vega & Partners", "V"+ws[3:])
		event = strings.ReplaceAll(event, to.Replace(s.world.PortalName), "key-"+ws[3:])
	}
	a.event, err = keyed(event, "sweep-"+ws)
	return err
}

// keyed is an API event with an Idempotency-Key, as a client sends it who would
// ask again; other events are left alone.
func keyed(event, key string) (string, error) {
	var e m
	if err := json.Unmarshal([]byte(event), &e); err != nil {
		return "", err
	}
	headers, isAPI := e["headers"].(map[string]any)
	if !isAPI {
		return event, nil
	}
	headers["idempotency-key"] = key
	raw, err := json.Marshal(e)
	return string(raw), err
}

// ask makes the request once and takes down the answer: 500 where the function
// failed, as API Gateway would say.
func (s *stage) ask(a *attempt) {
	answer, err := s.system.Invoke(lambda.WithTag(context.Background(), a.tag), a.row.Base().Name, json.RawMessage(a.event))
	status := 200
	if err != nil {
		status = 500
	}
	var api struct {
		StatusCode int
		Body       string
	}
	if _, isAPI := a.row.(contract.Endpoint); isAPI && err == nil {
		if err := json.Unmarshal(answer, &api); err != nil {
			status = 599
		} else {
			status = api.StatusCode
		}
	}
	var founded struct{ Workspace string }
	if _, isTask := a.row.(contract.Task); isTask && err == nil && json.Unmarshal(answer, &founded) == nil && founded.Workspace != "" {
		a.ws = founded.Workspace
	}
	a.status = append(a.status, status)
	a.said = append(a.said, fmt.Sprintf("%d %.200s", status, cmp.Or(api.Body, fmt.Sprint(err))))
	s.mu.Lock()
	s.secrets = append(s.secrets, tokens.FindAllString(string(answer), -1)...)
	s.mu.Unlock()
	if err != nil && len(a.status) == 1 && a.asks > 0 {
		s.t.Errorf("%s: %v", a.row.Base().Name, err)
	}
	if a.asks > 0 && status >= 400 {
		s.t.Logf("%s: %d %s", a.row.Base().Name, status, cmp.Or(api.Body, fmt.Sprint(err)))
	}
}

// tokens finds what is issued: links, bindings and sessions, each with its
// secret at the end.
var tokens = regexp.MustCompile(`ws_[0-9a-z]{26}(?:\.[0-9a-z_]*)+\.[A-Za-z0-9_-]{43}|pk_[0-9a-z_]{140}`)

// together does something for many attempts, some at a time: most of the time they
// wait for the SDK's own pauses.
func together(all []*attempt, atOnce int, do func(*attempt)) {
	free := make(chan struct{}, atOnce)
	var wait sync.WaitGroup
	for _, a := range all {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			do(a)
		})
	}
	wait.Wait()
}

// onwards lets the world go on until every mail is out: streams, events, and
// the clock's jobs.
func (s *stage) onwards(jobs ...string) {
	s.world.Settle()
	for range 4 {
		s.world.Advance(30 * time.Minute)
		for _, job := range append(jobs, "jobs/redeliver") {
			_, _ = s.system.Tick(context.Background(), job, s.world.Now()) // what it leaves undone shows
		}
		s.world.Settle()
	}
}

// look reads what every attempt left.
func (s *stage) look(all []*attempt) {
	s.t.Helper()
	found, err := traces(context.Background(), s.client, s.system.Tables())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range all {
		a.trace = found[a.ws]
	}
}

// invariants checks them over everything in the system.
func (s *stage) invariants(o invariant.Options) {
	s.t.Helper()
	secrets := append([]string{testkit.Password}, s.secrets...)
	for _, v := range s.scene.put {
		if tokens.MatchString(v) {
			secrets = append(secrets, v)
		}
	}
	o.Secrets = secrets
	s.log.mu.Lock()
	o.Logs = s.log.all
	s.log.mu.Unlock()
	o.Mails = append(s.mails(), s.copied...)
	for _, wrong := range invariant.Check(context.Background(), s.client, s.system.Tables(), s.world.Now(), o) {
		s.t.Error(wrong)
	}
}

// mails are all that SES took.
func (s *stage) mails() []ses.Message {
	s.t.Helper()
	all, err := s.system.Mail().Messages(ses.Filter{})
	if err != nil {
		s.t.Fatal(err)
	}
	var out []ses.Message
	for _, m := range all {
		out = append(out, m.Message)
		for _, code := range codes.FindAllString(m.Text, -1) {
			s.secrets = append(s.secrets, strings.ReplaceAll(strings.ReplaceAll(code, " ", ""), "-", ""))
		}
		s.secrets = append(s.secrets, tokens.FindAllString(m.Text, -1)...)
	}
	return out
}

var codes = regexp.MustCompile(`\b\d{4}[ -]?\d{4}\b`)
