package local

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"portero/functions"
	"portero/infra/local/standin/ses"
	"portero/shared/contract"
)

// sampleUnique is the unique part of every identifier in the event samples.
const sampleUnique = "01jd0h5m3w8q4v9x2c6k7n1t5z"

// sampleBearer stands in the samples where a signed-in person's token belongs.
const sampleBearer = "of-the-demo-admin"

// sampleLink is a mailed link's token in the samples.
var sampleLink = regexp.MustCompile(`ws_` + sampleUnique + `\.msg_` + sampleUnique + `\.A+`)

// stand says what takes the place of a sample's identifier: the first of a
// list; where there is none, that of the next row with the same prefix; where
// there is none at all, what makes one.
type stand struct{ prefix, thing, list, field, made string }

var stands = []stand{
	{"inv_", "invitation", "/invitations?state=pending", "id", ""},
	{"inv_", "invitation", "/invitations?kind=client", "id", "make invoke FN=invitations/create"},
	{"con_", "contact", "/contacts", "id", "make invoke FN=contacts/create"},
	{"acc_", "account", "/contacts", "accounts.0", ""}, // the same contact's, so that both name one grant
	{"acc_", "account", "/accounts", "id", "make invoke FN=accounts/create"},
	{"rol_", "role", "/roles", "id", "make invoke FN=roles/create"},
	{"job_", "job", "/jobs", "id", "make invoke FN=bulk/import"},
	{"jln_", "join link", "/joinlinks", "id", "make invoke FN=joinlinks/create"},
	{"key_", "API key", "/apikeys", "id", "make invoke FN=apikeys/create"},
	{"jrq_", "join request", "/joinrequests", "id", "somebody who follows a join link with approval"},
	{"idn_", "member of staff", "/staff", "id", "make invoke FN=staff/invite"},
}

// standsFor are the stands of a function: those of members are about members,
// not about staff.
func standsFor(name string) []stand {
	if !strings.HasPrefix(name, "members/") {
		return stands
	}
	all := slices.Clone(stands)
	all[len(all)-1] = stand{"idn_", "member", "/members", "id", "somebody who accepts an invitation"}
	return all
}

// fill puts the demo workspace into a function's sample: its identifiers, its
// admin's session, the newest mailed link.
func (s *System) fill(ctx context.Context, name string, event []byte) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(s.options.Data, "demo.json"))
	if errors.Is(err, os.ErrNotExist) {
		return event, nil
	}
	if err != nil {
		return nil, err
	}
	var d Demo
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, err
	}
	if strings.HasPrefix(name, "invitations/") {
		event = s.fillLink(d, event)
	}
	event = bytes.ReplaceAll(event, []byte("ws_"+sampleUnique), []byte(d.Workspace))
	event = bytes.ReplaceAll(event, []byte("por_"+sampleUnique), []byte(d.Portal))
	if f, _ := functions.Find(name); !isEndpoint(f.Row) || !bytes.Contains(event, []byte(sampleBearer)) {
		return event, nil
	}
	token, err := s.signIn(ctx, d)
	if err != nil {
		return nil, err
	}
	event = bytes.ReplaceAll(event, []byte(sampleBearer), []byte(token))
	return s.fillIDs(ctx, d, token, event, standsFor(name))
}

func isEndpoint(row contract.Row) bool { _, ok := row.(contract.Endpoint); return ok }

// fillLink puts the newest mailed link in the place of a sample's.
func (s *System) fillLink(d Demo, event []byte) []byte {
	mails, err := s.gate.Messages(ses.Filter{Tags: map[string]string{"workspace": d.Workspace, "kind": "invitation"}})
	if err != nil || len(mails) == 0 {
		return event // the answer says that the link opens nothing
	}
	token := demoLink.FindStringSubmatch(mails[len(mails)-1].Text)
	if token == nil {
		return event
	}
	return sampleLink.ReplaceAllLiteral(event, []byte(token[1]))
}

// fillIDs puts what is there in the place of what a sample names.
func (s *System) fillIDs(ctx context.Context, d Demo, token string, event []byte, stands []stand) ([]byte, error) {
	for n, st := range stands {
		sample := []byte(st.prefix + sampleUnique)
		if !bytes.Contains(event, sample) {
			continue
		}
		found, err := s.first(ctx, d, token, st)
		if err != nil {
			return nil, err
		}
		if found != "" {
			event = bytes.ReplaceAll(event, sample, []byte(found))
			continue
		}
		if n+1 < len(stands) && stands[n+1].prefix == st.prefix {
			continue
		}
		return nil, fmt.Errorf("the demo workspace has no %s for the sample to be about; %s makes one, or give an event of your own: EVENT=file", st.thing, st.made)
	}
	return event, nil
}

// first is a field of the first entry of a list; "" if there is none.
func (s *System) first(ctx context.Context, d Demo, token string, st stand) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/v1/workspaces/"+d.Workspace+st.list, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	var page struct {
		Items []struct {
			ID       string   `json:"id"`
			Accounts []string `json:"accounts"`
		} `json:"items"`
	}
	if err := ask(req, &page); err != nil {
		return "", fmt.Errorf("look for a %s: %w", st.thing, err)
	}
	switch {
	case len(page.Items) == 0:
		return "", nil
	case st.field == "id":
		return page.Items[0].ID, nil
	case len(page.Items[0].Accounts) == 0:
		return "", nil
	}
	return page.Items[0].Accounts[0], nil
}

// signIn signs the demo admin in.
func (s *System) signIn(ctx context.Context, d Demo) (string, error) {
	body, err := json.Marshal(map[string]string{"address": d.Address, "password": DemoPassword})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/v1/workspaces/"+d.Workspace+"/sessions", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	var out struct {
		Token string `json:"token"`
	}
	if err := ask(req, &out); err != nil {
		return "", fmt.Errorf("the demo admin cannot sign in: %w", err)
	}
	return out.Token, nil
}

// ask sends a request to the gateway and decodes the answer; a refusal is an
// error in the API's own words.
func ask(req *http.Request, answer any) error {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode < 300 {
		return json.Unmarshal(raw, answer)
	}
	var p struct{ Code, Detail string }
	_ = json.Unmarshal(raw, &p) // what is no problem has no words
	wait := ""
	if after := res.Header.Get("Retry-After"); after != "" {
		wait = " (in " + after + " seconds)"
	}
	if p.Code == "sign_in_failed" {
		p.Detail = "the password is not the seeded one any more; change it back, or start afresh with another DATA="
	}
	return fmt.Errorf("%d %s: %s%s", res.StatusCode, p.Code, p.Detail, wait)
}
