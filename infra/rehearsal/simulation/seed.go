package simulation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"

	"portero/functions"
	"portero/infra/local"
	"portero/infra/local/standin/apigateway"
	"portero/infra/local/standin/ses"
	"portero/infra/local/standin/stream"
	"portero/infra/rehearsal"
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// Steps is how many steps a seed has at least (reliability D7).
const Steps = 200

// Outcome is what a seed came to.
type Outcome struct {
	Seed     uint64
	Step     int // at which it ended
	Weather  string
	Broken   []string // what did not hold; none: everything did
	Trace    []byte
	Tail     string
	Calls    int
	Faults   map[rehearsal.Fault]int
	Flows    map[string]int  // that were answered with success
	Asked    map[string]int  // flows that were answered at all
	Jobs     map[string]Work // by their kind
	Runs     int
	Statuses map[int]int
}

// seed is one simulated world.
type seed struct {
	scheduler
	number  uint64
	outside *outside
	gate    *ses.Gate
	offset  time.Duration // of the world's time from the bubble's
	weather weather
	spoil   func(operation string, body []byte) []byte
	skewed  bool // clocks were off at some time
	mux     *http.ServeMux
	queues  []*queue // of the core table's stream
	events  [][]byte // of SES, that triggers/feedback was not
	streams []*stream.Poller
	fed     int // records that came by
	step    int
	since   time.Time // since when the tables are a restored copy; zero: they are not
	outcome Outcome
	asked   *run // what the mux just started
	logs    lines
	world
}

// Options say what is run. Spoil makes a mistake in what functions send to the
// database: tests of the simulation itself see whether it is found.
type Options struct {
	Seed  uint64
	Steps int
	Spoil func(operation string, body []byte) []byte
}

// Run runs a seed. It must not be called in parallel: the randomness that it
// seeds is the whole process's.
func Run(t *testing.T, o Options) Outcome {
	t.Helper()
	return o.run(t, func(s *seed) {
		s.weather = draw(s.choose)
		s.outcome.Weather, s.skewed = s.weather.String(), s.weather.skew
		clear(s.idle) // whose clocks were right
		s.trace.add("weather %s", s.weather)
		s.steps(o.Steps)
		if len(s.outcome.Broken) == 0 {
			s.calm()
		}
	})
}

// run makes the world of a seed and has it live.
func (o Options) run(t *testing.T, live func(s *seed)) (outcome Outcome) {
	t.Helper()
	out, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := out.close(); err != nil {
			t.Error(err)
		}
	}()
	draws := func(n uint64) { cryptotest.SetGlobalRandom(t, o.Seed<<32+n) }
	draws(0)
	synctest.Test(t, func(*testing.T) {
		s := &seed{number: o.Seed, outside: out, spoil: o.Spoil}
		s.draws = draws
		s.begins()
		if s.founded() {
			s.outside.spoil = s.spoil
			live(s)
		}
		outcome = s.ends()
	})
	return outcome
}

// begins sets up what a world is made of.
func (s *seed) begins() {
	s.choose = rand.New(rand.NewPCG(s.number, 0))
	s.offset = time.Until(testkit.Start)
	s.trace = &trace{began: time.Now()}
	s.scheduler.serve, s.scheduler.config, s.idle = s.carry, s.configOf, map[string][]*instance{}
	s.outcome = Outcome{Seed: s.number, Faults: map[rehearsal.Fault]int{}, Flows: map[string]int{}, Asked: map[string]int{}, Jobs: map[string]Work{}, Statuses: map[int]int{}}
}

// founded makes the firm; false if that fails.
func (s *seed) founded() bool {
	if err := s.build(); err != nil {
		s.broken("build: %v", err)
		return false
	}
	s.found()
	return len(s.outcome.Broken) == 0
}

// ends closes what is open and says what it came to.
func (s *seed) ends() Outcome {
	if s.gate != nil {
		_ = s.gate.Close()
	}
	s.outcome.Step, s.outcome.Runs = s.step, s.started
	s.outcome.Trace, s.outcome.Tail = s.trace.bytes(), s.trace.tail(80)
	return s.outcome
}

// broken notes what did not hold.
func (s *seed) broken(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	s.trace.add("BROKEN %s", what)
	s.outcome.Broken = append(s.outcome.Broken, what)
}

// now is the world's time.
func (s *seed) now() time.Time { return time.Now().Add(s.offset).UTC() }

// build makes what is not there yet: SES, the streams, the door.
func (s *seed) build() (err error) {
	s.gate, err = ses.Open(ses.Options{Now: s.now, OnEvent: func(event []byte) { s.events = append(s.events, event) }})
	if err != nil {
		return err
	}
	s.outside.do(func() {
		core, wrong := s.outside.follower(context.Background(), schema.Core, s.queued)
		audit, wrongToo := s.outside.follower(context.Background(), schema.Audit, s.tampered)
		s.streams, err = []*stream.Poller{core, audit}, errors.Join(wrong, wrongToo)
	})
	s.queues, s.mux = newQueues(), http.NewServeMux()
	for _, row := range functions.Rows() {
		if e, ok := row.(contract.Endpoint); ok {
			s.mux.HandleFunc(e.Method+" "+e.Path, s.door(e))
		}
	}
	return err
}

// door starts an endpoint's function with a request.
func (s *seed) door(row contract.Endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		event, refused := apigateway.Event(r, row.Method+" "+row.Path, s.now())
		if refused != 0 {
			s.broken("%s %s: the gateway refuses it: %d", r.Method, r.URL.Path, refused)
			return
		}
		event.RequestContext.RequestID = fmt.Sprintf("request-%d", s.started+1)
		payload, err := json.Marshal(event)
		if err != nil {
			s.broken("%s: %v", row.Name, err)
			return
		}
		s.asked = s.start(row.Name, r.RemoteAddr, payload)
	}
}

// knock sends a request; nil if no route takes it.
func (s *seed) knock(r *http.Request) *run {
	s.asked = nil
	s.mux.ServeHTTP(httptest.NewRecorder(), r)
	return s.asked
}

// configOf are a function's settings. Its clock is the world's, or off by up to
// ten minutes, for good.
func (s *seed) configOf(function string) app.Config {
	var skew time.Duration
	if s.weather.skew {
		h := fnv.New64a()
		_, _ = h.Write([]byte(function))
		skew = time.Duration(rand.New(rand.NewPCG(s.number, h.Sum64())).Int64N(int64(2*skewed))) - skewed
	}
	return app.Config{
		Region: "eu-west-1", Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
		}),
		Stage: "local", Tables: s.outside.tables, BaseURL: "https://portal.firm.example", Sender: "portal@firm.example",
		Configuration: "portero", DynamoDB: "http://database.invalid", SES: "http://mail.invalid", HTTP: &s.scheduler,
		Now: func() time.Time { return s.now().Add(skew) }, Cost: testkit.CheapCost, Log: s.logs.logger(), Workers: 1, Restored: s.since,
	}
}

// record is a stream record on its way.
type record struct {
	events.DynamoDBEventRecord
	tries int
}

// queue is what one of the stream's readers was not handed yet.
type queue struct {
	function string
	source   contract.Source
	records  []record
	seen     map[string]bool // what it was offered, by identifier
}

// newQueues are those of the functions that the core table's stream feeds.
func newQueues() (all []*queue) {
	for _, row := range functions.Rows() {
		if source := contract.SourceOf(row); source == contract.Outbox || source == contract.Bulk {
			all = append(all, &queue{function: row.Base().Name, source: source, seen: map[string]bool{}})
		}
	}
	return all
}

// queued takes what the core table's stream says.
func (s *seed) queued(event []byte) {
	for _, r := range s.recordsOf(event) {
		s.worked(r)
		for _, q := range s.queues {
			if local.Passes(q.source, r) {
				s.streamed(q, r)
				q.records = append(q.records, record{r, 0})
			}
		}
	}
}

// streamed holds that the outbox's stream offers each message once: delivery must
// not feed itself (statement 18 of reliability.md, section D).
func (s *seed) streamed(q *queue, r events.DynamoDBEventRecord) {
	message := app.Word(r.Change.NewImage, "id")
	if q.source == contract.Outbox && q.seen[message] {
		s.outcome.Broken = append(s.outcome.Broken, message+" is offered for delivery a second time")
	}
	q.seen[message] = true
}

// waiting are the queues that hold something.
func (s *seed) waiting() (all []*queue) {
	for _, q := range s.queues {
		if len(q.records) > 0 {
			all = append(all, q)
		}
	}
	return all
}

// tampered takes what the audit table's stream says: nothing there is ever
// changed or removed.
func (s *seed) tampered(event []byte) {
	for _, r := range s.recordsOf(event) {
		if local.Passes(contract.AuditChanges, r) {
			s.outcome.Broken = append(s.outcome.Broken, fmt.Sprintf("an audit entry was changed: %s", r.EventName))
		}
	}
}

// recordsOf reads records and takes out what goes by the machine's clock.
func (s *seed) recordsOf(event []byte) []events.DynamoDBEventRecord {
	var all events.DynamoDBEvent
	if err := json.Unmarshal(event, &all); err != nil {
		s.outcome.Broken = append(s.outcome.Broken, fmt.Sprintf("a stream's event: %v", err))
	}
	for i := range all.Records {
		s.fed++
		r := &all.Records[i]
		r.EventID, r.EventSourceArn = fmt.Sprint(s.fed), "arn:aws:dynamodb:eu-west-1:000000000000:table/core/stream/1"
		r.Change.SequenceNumber, r.Change.ApproximateCreationDateTime = fmt.Sprintf("%021d", s.fed), events.SecondsEpochTime{Time: testkit.Start}
	}
	return all.Records
}

// look reads the streams.
func (s *seed) look() {
	var err error
	s.outside.do(func() { err = stream.Drain(context.Background(), s.streams...) })
	if err != nil {
		s.broken("read the streams: %v", err)
	}
}
