package local

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"

	"portero/infra/local/standin/ses"
)

// Demo is the workspace that `make run` seeds the first time.
type Demo struct {
	Workspace  string `json:"workspace"`
	PortalName string `json:"portal_name"`
	Portal     string `json:"portal"`
	Address    string `json:"address"`
}

// The seeded admin. The password is known to everybody who reads this line; it
// opens nothing but a system on one's own machine.
const (
	demoFirm     = "Vega & Partners"
	demoAddress  = "admin@firm.example"
	DemoPassword = "the doorman knows my face"
)

var demoLink = regexp.MustCompile(`#(ws_\S+)`)

// Seed returns the demo workspace, making it the first time: the operator's
// task, the mail it sends, and the link in it, as a real first admin would.
func (s *System) Seed(ctx context.Context) (Demo, error) {
	kept := filepath.Join(s.options.Data, "demo.json")
	if raw, err := os.ReadFile(kept); err == nil {
		var d Demo
		return d, json.Unmarshal(raw, &d)
	} else if !errors.Is(err, os.ErrNotExist) {
		return Demo{}, err
	}
	made, err := s.Invoke(ctx, "workspaces/create", map[string]string{
		"name": demoFirm, "admin": demoAddress, "language": "en", "zone": "Europe/Madrid", "country": "ES",
	})
	if err != nil {
		return Demo{}, err
	}
	d := Demo{Address: demoAddress}
	if err := json.Unmarshal(made, &d); err != nil {
		return Demo{}, err
	}
	if err := s.Settle(ctx); err != nil {
		return Demo{}, err
	}
	if err := s.acceptDemo(ctx, d.Workspace); err != nil {
		return Demo{}, err
	}
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return Demo{}, err
	}
	return d, os.WriteFile(kept, raw, 0o600)
}

// acceptDemo accepts as the admin, and signs out again: nobody finds a session
// among their own that is not theirs.
func (s *System) acceptDemo(ctx context.Context, workspace string) error {
	mails, err := s.gate.Messages(ses.Filter{To: demoAddress})
	if err != nil || len(mails) == 0 {
		return errors.Join(errors.New("the admin's invitation was not mailed"), err)
	}
	token := demoLink.FindStringSubmatch(mails[len(mails)-1].Text)
	if token == nil {
		return errors.New("no link in the admin's invitation")
	}
	body, err := json.Marshal(map[string]any{"token": token[1], "password": DemoPassword, "name": "Ana Vega"})
	if err != nil {
		return err
	}
	var signed struct {
		Token string `json:"token"`
	}
	if err := s.ask(ctx, http.MethodPost, "/v1/invitations/accept", "", body, &signed); err != nil {
		return err
	}
	return s.ask(ctx, http.MethodDelete, "/v1/workspaces/"+workspace+"/sessions/current", signed.Token, nil, nil)
}

// ask asks the gateway as whoever holds a token, "" being nobody, and decodes the
// answer unless answer is nil.
func (s *System) ask(ctx context.Context, method, path, bearer string, body []byte, answer any) error {
	req, err := http.NewRequestWithContext(ctx, method, s.URL()+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode > 299 {
		return fmt.Errorf("seed: %s %s: status %d", method, path, res.StatusCode)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(res.Body).Decode(answer)
}
