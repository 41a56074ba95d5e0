package testkit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Client asks the API as somebody.
type Client struct {
	t       testing.TB
	base    string
	bearer  string
	headers map[string]string
	cookies []*http.Cookie
}

// Anonymous is nobody.
func (w *World) Anonymous() *Client { return &Client{t: w.T, base: w.System.URL()} }

// Bearer is whoever holds a token.
func (w *World) Bearer(token string) *Client {
	return &Client{t: w.T, base: w.System.URL(), bearer: token}
}

// Browser is a same-origin page that keeps cookies.
func (w *World) Browser() *Client {
	return w.Anonymous().With("Sec-Fetch-Site", "same-origin").With("Origin", w.System.URL())
}

// HTTP asks the system without being anybody's client: for robots that read
// mail.
func (w *World) HTTP() *http.Client { return asker() }

// Header is what With set; "" if nothing.
func (c *Client) Header(name string) string { return c.headers[name] }

// With returns a client that also sends a header.
func (c *Client) With(name, value string) *Client {
	copied := *c
	copied.headers = map[string]string{name: value}
	for n, v := range c.headers {
		if n != name {
			copied.headers[n] = v
		}
	}
	return &copied
}

// Token is the bearer token, for tests about tokens.
func (c *Client) Token() string { return c.bearer }

// Get, Post, Patch and Delete ask.
func (c *Client) Get(path string) Response             { return c.Do("GET", path, nil) }
func (c *Client) Post(path string, body any) Response  { return c.Do("POST", path, body) }
func (c *Client) Put(path string, body any) Response   { return c.Do("PUT", path, body) }
func (c *Client) Patch(path string, body any) Response { return c.Do("PATCH", path, body) }
func (c *Client) Delete(path string) Response          { return c.Do("DELETE", path, nil) }

// Do sends a request; a body that is a string goes as it is, anything else as
// JSON. Cookies that the answer sets are kept.
func (c *Client) Do(method, path string, body any) Response {
	c.t.Helper()
	r, err := c.Try(method, path, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

// Try is Do for goroutines: it returns errors instead of failing the test.
func (c *Client) Try(method, path string, body any) (Response, error) {
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			return Response{}, err
		}
		reader = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, c.base+path, reader)
	if err != nil {
		return Response{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	if key := freshKey(); key != "" && method == http.MethodPost {
		req.Header.Set("Idempotency-Key", key)
	}
	for n, v := range c.headers {
		req.Header.Set(n, v)
	}
	for _, k := range c.cookies {
		req.AddCookie(k)
	}
	res, err := asker().Do(req)
	if err != nil {
		return Response{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return Response{}, err
	}
	c.keep(res.Cookies())
	return Response{t: c.t, What: method + " " + path, Status: res.StatusCode, Header: res.Header, Body: raw}, nil
}

func (c *Client) keep(set []*http.Cookie) {
	for _, k := range set {
		kept := c.cookies[:0:0]
		for _, old := range c.cookies {
			if old.Name != k.Name {
				kept = append(kept, old)
			}
		}
		if k.MaxAge >= 0 {
			kept = append(kept, k)
		}
		c.cookies = kept
	}
}

// Response is an answer.
type Response struct {
	t      testing.TB
	What   string
	Status int
	Header http.Header
	Body   []byte
}

// OK fails the test unless the status is 2xx.
func (r Response) OK() Response {
	r.t.Helper()
	if r.Status < 200 || r.Status > 299 {
		r.t.Fatalf("%s: status %d: %s", r.What, r.Status, r.Body)
	}
	return r
}

// Problem fails the test unless the answer is a problem with this status and
// code.
func (r Response) Problem(status int, code string) Response {
	r.t.Helper()
	if r.Status != status || r.String("code") != code {
		r.t.Fatalf("%s: want %d %s, got %d: %s", r.What, status, code, r.Status, r.Body)
	}
	if kind := r.Header.Get("Content-Type"); kind != "application/problem+json" {
		r.t.Fatalf("%s: a problem of type %q", r.What, kind)
	}
	if status == http.StatusTooManyRequests && !limits.MatchString(r.Header.Get("RateLimit-Policy")+" "+r.Header.Get("RateLimit")) {
		r.t.Fatalf("%s: limits %q, %q", r.What, r.Header.Get("RateLimit-Policy"), r.Header.Get("RateLimit"))
	}
	return r
}

// limits is what every answer 429 says of the limit it met, whatever met it.
var limits = regexp.MustCompile(`^("[a-z-]+");q=\d+(;w=\d+ "[a-z-]+";r=0;t=\d+| "[a-z-]+";r=0)$`)

// At returns what stands at a path such as "lines.0.verdict"; nil if nothing.
func (r Response) At(path string) any {
	var v any
	if json.Unmarshal(r.Body, &v) != nil {
		return nil
	}
	return At(v, path)
}

// At returns what stands in decoded JSON at a path such as "lines.0.verdict";
// nil if nothing.
func At(v any, path string) any {
	for _, part := range strings.Split(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

// String is At as text; "" if nothing is there.
func (r Response) String(path string) string {
	switch v := r.At(path).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

// Len is how many elements the list at a path has.
func (r Response) Len(path string) int {
	l, _ := r.At(path).([]any)
	return len(l)
}
