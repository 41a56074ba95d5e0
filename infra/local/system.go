package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/oklog/ulid/v2"

	"portero/functions"
	"portero/infra/local/standin/apigateway"
	"portero/infra/local/standin/ses"
	"portero/infra/local/standin/stream"
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/password"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/dynoxide"
)

// Options say how the system runs. The zero value runs in memory, on free
// ports, with the real clock and nothing that ticks by itself.
type Options struct {
	Data string // where data lies between runs; empty: in memory
	Port int    // of the gateway; 0: a free one
	// Database is a running stand-in to use instead of starting one; its tables
	// get Prefix, so that many systems can share it.
	Database string
	Prefix   string
	Now      func() time.Time
	Cost     password.Cost // of hashing; zero: the real one
	Log      *slog.Logger
	Pages    http.Handler // nil: none
	Inbox    string       // base URL of a browser inbox that gets a copy of each mail
	// HTTP replaces the SDK's client, for tests that lose answers on the way to
	// the database.
	HTTP aws.HTTPClient
	// Polls replaces the client that the streams are read with, which in AWS is
	// Lambda's own.
	Polls aws.HTTPClient
	// Meter is told what each database call consumed.
	Meter func(dynamo.Consumed)
}

// System is a running system. Its methods may be called concurrently.
type System struct {
	options  Options
	config   app.Config
	database *dynoxide.Server
	gate     *ses.Gate
	mail     *httptest.Server
	server   *http.Server
	unused   unused
	listener net.Listener
	pollers  []*stream.Poller
	events   atomic.Int64 // of SES, so that Settle knows when it is quiet

	mu      sync.Mutex
	started map[string]app.Invoke
}

// Start starts every part. It must be closed.
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
	s = &System{options: o, started: map[string]app.Invoke{}}
	begun := s // what is returned is nil where something fails
	defer func() {
		if err != nil {
			err = errors.Join(err, begun.Close())
		}
	}()
	if s.listener, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", o.Port)); err != nil {
		return nil, fmt.Errorf("port %d is taken or not allowed; choose another with PORT=: %w", o.Port, err)
	}
	if err := s.startParts(ctx); err != nil {
		return nil, err
	}
	mux := newGateway(functions.Rows(), s.serve, o.Pages)
	mux.HandleFunc("POST "+InvokePath, s.serveInvoke)
	s.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ConnState: s.unused.note}
	go func() { _ = s.server.Serve(s.listener) }() // ends with Close
	return s, nil
}

func (s *System) startParts(ctx context.Context) (err error) {
	endpoint := s.options.Database
	if endpoint == "" {
		if s.database, err = dynoxide.Start(ctx, dynoxide.Options{DataDir: s.dir("database"), Log: io.Discard}); err != nil {
			return err
		}
		endpoint = s.database.Endpoint
	}
	client := DatabaseClient(endpoint)
	tables, err := CreateTables(ctx, client, s.options.Prefix)
	if err != nil {
		return err
	}
	if s.gate, err = ses.Open(ses.Options{Dir: s.dir("mail"), Now: s.options.Now, OnEvent: s.mailEvent, Inbox: s.options.Inbox}); err != nil {
		return err
	}
	s.mail = httptest.NewServer(s.gate)
	s.config = app.Config{
		Region: region, Credentials: nobody(), Stage: "local", Tables: tables, BaseURL: s.URL(), Sender: "portal@firm.example",
		Configuration: "portero-local", PlainCookies: true, DynamoDB: endpoint, SES: s.mail.URL, HTTP: s.options.HTTP,
		Now: s.options.Now, Cost: s.options.Cost, Log: s.options.Log, Meter: s.options.Meter,
	}
	return s.follow(ctx, client, endpoint, tables)
}

func (s *System) dir(part string) string {
	if s.options.Data == "" {
		return ""
	}
	return filepath.Join(s.options.Data, part)
}

// DatabaseClient is a client of a stand-in database.
func DatabaseClient(endpoint string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{Region: region, Credentials: nobody(), BaseEndpoint: aws.String(endpoint)})
}

// StreamsClient is a client of a stand-in database's streams; http nil: with the
// SDK's own HTTP client.
func StreamsClient(endpoint string, http aws.HTTPClient) *dynamodbstreams.Client {
	return dynamodbstreams.New(dynamodbstreams.Options{Region: region, Credentials: nobody(), BaseEndpoint: aws.String(endpoint), HTTPClient: http})
}

// URL is the one origin of pages and API. Its host is "localhost", not an
// address: browsers treat it as trustworthy, and cookies belong to it.
func (s *System) URL() string {
	return fmt.Sprintf("http://localhost:%d", s.listener.Addr().(*net.TCPAddr).Port)
}

// Mail is the SES gate, with every message that was sent.
func (s *System) Mail() *ses.Gate { return s.gate }

// Config is what functions are started with.
func (s *System) Config() app.Config { return s.config }

// Database is the endpoint of the stand-in, for looking at what was stored.
func (s *System) Database() string { return s.config.DynamoDB }

// Tables are the names of the tables.
func (s *System) Tables() map[schema.Name]string { return s.config.Tables }

// invoke calls a function by name, as Lambda would, in this process. A function
// is built when it is first called.
func (s *System) invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	f, known := functions.Find(name)
	if !known {
		return nil, fmt.Errorf("no function is called %s", name)
	}
	s.mu.Lock()
	run, ok := s.started[name]
	if !ok {
		run = f.Start(app.New(s.config, f.Row.Base().Uses))
		s.started[name] = run
	}
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, f.Row.Base().TimeLimit())
	defer cancel()
	return run(lambdacontext.NewContext(ctx, &lambdacontext.LambdaContext{AwsRequestID: ulid.Make().String()}), payload)
}

// Invoke calls a function with an event, as the operator would.
func (s *System) Invoke(ctx context.Context, name string, event any) (json.RawMessage, error) {
	payload, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	return s.invoke(ctx, name, payload)
}

// Tick calls a job with an instant, as the clock would.
func (s *System) Tick(ctx context.Context, job string, now time.Time) (json.RawMessage, error) {
	return s.Invoke(ctx, job, app.Tick{Time: now})
}

// serve answers a route with its function.
func (s *System) serve(name string) http.HandlerFunc {
	f, _ := functions.Find(name)
	row := f.Row.(contract.Endpoint)
	return func(w http.ResponseWriter, r *http.Request) {
		event, refused := apigateway.Event(r, row.Method+" "+row.Path, s.options.Now())
		if refused != 0 {
			apigateway.Refuse(w, refused)
			return
		}
		answer, err := s.Invoke(r.Context(), name, event)
		if err != nil {
			s.options.Log.Error("function failed", "fn", name, "cause", err.Error())
			apigateway.Refuse(w, http.StatusInternalServerError)
			return
		}
		apigateway.Answer(w, answer)
	}
}

// closeTimeout is what requests that are being answered get to finish.
const closeTimeout = 5 * time.Second

// unused are the connections that have asked nothing yet: browsers and Go's own
// client open some ahead. Shutdown would wait five seconds for a request on
// each.
type unused struct {
	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	closed bool
}

func (u *unused) note(c net.Conn, state http.ConnState) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if state != http.StateNew {
		delete(u.conns, c)
		return
	}
	if u.closed {
		_ = c.Close() // see close
		return
	}
	if u.conns == nil {
		u.conns = map[net.Conn]struct{}{}
	}
	u.conns[c] = struct{}{}
}

func (u *unused) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.closed = true
	for c := range u.conns {
		_ = c.Close() // nobody waits for an answer on it
	}
}

// Close ends every part; data in Options.Data stays.
func (s *System) Close() error {
	var errs []error
	if s.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		s.server.RegisterOnShutdown(s.unused.close)
		errs = append(errs, s.server.Shutdown(ctx))
	} else if s.listener != nil {
		errs = append(errs, s.listener.Close())
	}
	if s.gate != nil {
		errs = append(errs, s.gate.Close())
	}
	if s.mail != nil {
		s.mail.Close()
	}
	if s.database != nil {
		errs = append(errs, s.database.Close())
	}
	return errors.Join(errs...)
}
