package firm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"portero/infra/local/standin/ses"
)

// System is what a firm stands in.
type System interface {
	URL() string
	Mail() *ses.Gate
	Settle(ctx context.Context) error
	Invoke(ctx context.Context, row string, event any) (json.RawMessage, error)
}

// Firm is a firm with somebody signed in. It may be asked concurrently.
type Firm struct {
	System     System
	HTTP       *http.Client
	Workspace  string
	Portal     string
	PortalName string
	Bearer     string // of who is signed in; empty: nobody
}

// Admin is the one who signs in first, Password is everybody's.
const (
	Admin    = "admin@firm.example"
	Password = "correct horse battery staple 7"
)

// Open makes a firm whose admin is signed in and whose caps stop no benchmark.
func Open(ctx context.Context, s System, asks *http.Client) (*Firm, error) {
	f := &Firm{System: s, HTTP: asks}
	raw, err := s.Invoke(ctx, "workspaces/create", map[string]string{"name": "Bench", "admin": Admin, "zone": "Europe/Madrid", "language": "es", "country": "ES"})
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
	f.Workspace, f.Portal, f.PortalName = made.Workspace, made.Portal, made.PortalName
	if err := s.Settle(ctx); err != nil {
		return nil, err
	}
	if f.Bearer, err = f.Accept(ctx, Admin); err != nil {
		return nil, err
	}
	return f, f.Do(ctx, http.MethodPatch, f.Path(""), map[string]any{"settings": map[string]any{"daily_mails": 1_000_000, "first_week_mails": 1_000_000}}, nil)
}

// As is the firm asked as whoever holds a token; "" is nobody.
func (f *Firm) As(bearer string) *Firm {
	other := *f
	other.Bearer = bearer
	return &other
}

// Refusal is an answer with a status above 299.
type Refusal struct {
	What   string // method and path
	Status int
	Body   []byte
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %d %s", r.What, r.Status, r.Body) }

// Path is a path within the firm's workspace.
func (f *Firm) Path(rest string) string { return "/v1/workspaces/" + f.Workspace + rest }

var link = regexp.MustCompile(`#(ws_\S+)`)

// Token is the link's in the newest mail to an address.
func (f *Firm) Token(to string) (string, error) {
	mails, err := f.System.Mail().Messages(ses.Filter{To: to})
	if err != nil || len(mails) == 0 {
		return "", errors.Join(errors.New("no mail to that address"), err)
	}
	found := link.FindStringSubmatch(mails[len(mails)-1].Text)
	if found == nil {
		return "", errors.New("no link in the mail")
	}
	return found[1], nil
}

// Accept accepts the newest invitation mailed to an address, and returns the
// bearer token of who accepted.
func (f *Firm) Accept(ctx context.Context, address string) (string, error) {
	token, err := f.Token(address)
	if err != nil {
		return "", err
	}
	var signed struct {
		Token string `json:"token"`
	}
	err = f.As("").Post(ctx, "/v1/invitations/accept", map[string]any{"token": token, "password": Password}, &signed)
	return signed.Token, err
}

// SignIn signs a member in.
func (f *Firm) SignIn(ctx context.Context, address string) error {
	return f.As("").Post(ctx, f.Path("/sessions"), map[string]any{"address": address, "password": Password, "portal": f.PortalName}, nil)
}

// Invite invites addresses to the firm's portal.
func (f *Firm) Invite(ctx context.Context, addresses ...string) error {
	lines := make([]any, len(addresses))
	for i, a := range addresses {
		lines[i] = map[string]any{"address": a}
	}
	return f.Post(ctx, f.Path("/invitations"), map[string]any{"portal": f.Portal, "lines": lines}, nil)
}

// Post asks with a body and decodes the answer, unless answer is nil.
func (f *Firm) Post(ctx context.Context, path string, body, answer any) error {
	return f.Do(ctx, http.MethodPost, path, body, answer)
}

// Do asks. A status above 299 is a *Refusal.
func (f *Firm) Do(ctx context.Context, method, path string, body, answer any) error {
	var raw []byte
	var err error
	if body != nil {
		if raw, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, f.System.URL()+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if f.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+f.Bearer)
	}
	res, err := f.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	out, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode > 299 {
		return &Refusal{What: method + " " + path, Status: res.StatusCode, Body: out}
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}
