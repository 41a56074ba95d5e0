package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"sync"
	"time"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/shared/dynamo"
)

// timed is an HTTP client that adds up how long calls to database and mail were
// out, those at once counted once: the bare calls that a flow makes.
type timed struct {
	inner http.Client
	mu    sync.Mutex
	out   int       // calls that have no answer yet
	since time.Time // when the first of them went out
	took  time.Duration
	calls int
}

// Do makes the call.
func (c *timed) Do(r *http.Request) (*http.Response, error) {
	c.went()
	defer c.came()
	res, err := c.inner.Do(r)
	if err == nil {
		// The answer counts until its last byte.
		var body []byte
		if body, err = io.ReadAll(res.Body); err == nil {
			err = res.Body.Close()
		}
		res.Body = io.NopCloser(bytes.NewReader(body))
	}
	return res, err
}

func (c *timed) went() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out == 0 {
		c.since = time.Now()
	}
	c.out, c.calls = c.out+1, c.calls+1
}

func (c *timed) came() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out--; c.out == 0 {
		c.took += time.Since(c.since)
	}
}

func (c *timed) reset() (time.Duration, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	took, calls := c.took, c.calls
	c.took, c.calls = 0, 0
	return took, calls
}

// bench is a running system and somebody signed in.
type bench struct {
	system    *local.System
	client    *http.Client // a browser's or program's
	calls     *timed
	now       time.Time
	mu        sync.Mutex
	units     map[string]float64
	workspace string
	portal    string
	name      string
	bearer    string
	began     time.Time
}

func newBench(ctx context.Context) (*bench, error) {
	b := &bench{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), units: map[string]float64{},
		calls:  &timed{inner: http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	s, err := local.Start(ctx, local.Options{Now: func() time.Time { return b.now }, HTTP: b.calls, Meter: b.meter})
	if err != nil {
		return nil, err
	}
	b.system = s
	raw, err := s.Invoke(ctx, "workspaces/create", map[string]string{"name": "Bench", "admin": admin, "zone": "Europe/Madrid", "language": "es", "country": "ES"})
	if err != nil {
		return nil, err
	}
	var made struct {
		Workspace  string `json:"workspace"`
		Portal     string `json:"portal"`
		PortalName string `json:"portal_name"`
	}
	if err := json.Unmarshal(raw, &made); err != nil {
		return nil, err
	}
	b.workspace, b.portal, b.name = made.Workspace, made.Portal, made.PortalName
	if err := s.Settle(ctx); err != nil {
		return nil, err
	}
	token, err := b.token(admin)
	if err != nil {
		return nil, err
	}
	var signed struct {
		Token string `json:"token"`
	}
	if err := b.post(ctx, "/v1/invitations/accept", map[string]any{"token": token, "password": secret}, &signed); err != nil {
		return nil, err
	}
	b.bearer = signed.Token
	return b, b.patchCaps(ctx)
}

// admin and secret are the one who signs in here.
const (
	admin  = "admin@firm.example"
	secret = "correct horse battery staple 7"
)

// patchCaps lifts the first week's cap, which would stop a benchmark.
func (b *bench) patchCaps(ctx context.Context) error {
	return b.do(ctx, "PATCH", b.path(""), map[string]any{"settings": map[string]any{"daily_mails": 1000000, "first_week_mails": 1000000}}, nil)
}

func (b *bench) meter(c dynamo.Consumed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, units := range c.Table {
		b.units[kind(c.Call)+" table"] += units
	}
	for _, units := range c.Index {
		b.units[kind(c.Call)+" index"] += units
	}
}

func kind(call string) string {
	switch call {
	case "GetItem", "BatchGetItem", "Query":
		return "read"
	}
	return "write"
}

func (b *bench) resetUnits() map[string]float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	units := b.units
	b.units = map[string]float64{}
	return units
}

func (b *bench) path(rest string) string { return "/v1/workspaces/" + b.workspace + rest }

var link = regexp.MustCompile(`#(ws_\S+)`)

// token is the link's in the newest mail to an address.
func (b *bench) token(to string) (string, error) {
	mails, err := b.system.Mail().Messages(ses.Filter{To: to})
	if err != nil || len(mails) == 0 {
		return "", fmt.Errorf("no mail: %w", err)
	}
	found := link.FindStringSubmatch(mails[len(mails)-1].Text)
	if found == nil {
		return "", fmt.Errorf("no link in the mail")
	}
	return found[1], nil
}

func (b *bench) post(ctx context.Context, path string, body, answer any) error {
	return b.do(ctx, http.MethodPost, path, body, answer)
}

func (b *bench) do(ctx context.Context, method, path string, body, answer any) error {
	return b.as(ctx, b.bearer, method, path, body, answer)
}

// as asks as whoever holds a token; may be called concurrently.
func (b *bench) as(ctx context.Context, bearer, method, path string, body, answer any) error {
	var raw []byte
	var err error
	if body != nil {
		if raw, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, b.system.URL()+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	res, err := b.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode > 299 {
		return &refusal{what: method + " " + path, status: res.StatusCode, body: out}
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}

// refusal is an answer other than yes.
type refusal struct {
	what   string
	status int
	body   []byte
}

func (r *refusal) Error() string { return fmt.Sprintf("%s: %d %s", r.what, r.status, r.body) }
