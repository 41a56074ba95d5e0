package scanner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// Link is what a mail gives away.
type Link struct {
	URL  string // as it was mailed: https://…/accept#<token>
	Stop string // the address of List-Unsubscribe; empty: the mail had none
}

// Token is what stands behind the "#".
func (l Link) Token() string {
	_, token, _ := strings.Cut(l.URL, "#")
	return token
}

// Scanner is one robot with one link. It is safe for concurrent use, but for
// Random.
type Scanner struct {
	HTTP   *http.Client
	Base   string // the one origin of the system, no slash at the end
	Link   Link
	Random *rand.Rand // makes up what is filled in

	mu    sync.Mutex
	asked int
	found []string
}

// Run plays a profile. It returns an error only where the system did not answer;
// what an answer gave away stands in Found.
func (s *Scanner) Run(ctx context.Context, p Profile) error {
	if s.Link.Token() == "" {
		return fmt.Errorf("%s: the link has nothing behind a #", p.Name)
	}
	if err := p.scan(ctx, s); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return nil
}

// Found lists what no scanner may get: a cookie, a session, an error of ours.
func (s *Scanner) Found() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.found...)
}

// Asked counts the requests.
func (s *Scanner) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// request is one request; a body makes it a POST.
type request struct {
	method, url string
	header      map[string]string
	body        string
	kind        string // of the body; empty: application/json
}

// session is what an answer looks like that lets somebody in.
var session = regexp.MustCompile(`"session"\s*:\s*"ses_|"token"\s*:\s*"ws_`)

// maxAnswer bounds what is read of an answer.
const maxAnswer = 1 << 20

// ask sends a request and looks at its answer.
func (s *Scanner) ask(ctx context.Context, r request) (body string, err error) {
	var send io.Reader
	if r.body != "" {
		send = strings.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.url, send)
	if err != nil {
		return "", errors.New("a request that cannot be made: " + r.method)
	}
	if r.body != "" {
		kind := r.kind
		if kind == "" {
			kind = "application/json"
		}
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	res, err := s.HTTP.Do(req)
	if err != nil {
		return "", withoutURL(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	s.look(r, res, raw)
	return string(raw), err
}

// withoutURL keeps links out of what is printed: url.Error quotes them.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// look notes what an answer gives away.
func (s *Scanner) look(r request, res *http.Response, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	what := r.method + " " + res.Request.URL.Path
	if len(res.Header.Values("Set-Cookie")) > 0 {
		s.found = append(s.found, what+": a cookie")
	}
	if session.Match(body) {
		s.found = append(s.found, what+": a session")
	}
	if res.StatusCode >= 500 {
		s.found = append(s.found, fmt.Sprintf("%s: status %d", what, res.StatusCode))
	}
}
