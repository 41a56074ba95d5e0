package local_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"portero/infra/local"
	"portero/shared/testkit"
)

// invoked sends a function's sample as `make invoke` does, and returns the
// status that the function answered with and the text.
func invoked(t *testing.T, s *local.System, fn string) (int, string) {
	t.Helper()
	sample, err := os.Open("../../events/" + fn + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sample.Close() }()
	req, err := http.NewRequest(http.MethodPost, s.URL()+local.InvokePath+fn, sample)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(local.InvokeHeader, "1")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ StatusCode int }
	_ = json.Unmarshal(raw, &answer) // what is no answer of a function is a sentence
	return answer.StatusCode, string(raw)
}

func TestASampleIsAboutWhatTheDemoHas(t *testing.T) {
	s, err := local.Start(t.Context(), local.Options{Database: testkit.Database(t), Prefix: "sample-", Data: t.TempDir(), Cost: testkit.CheapCost})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		fn     string
		status int
		says   string
	}{
		{"invitations/get", 0, "has no invitation for the sample to be about; make invoke FN=invitations/create makes one"},
		{"joinrequests/approve", 0, "has no join request for the sample to be about; somebody who follows"},
		{"invitations/create", 200, "invited"},
		{"invitations/get", 200, "pending"},
		{"invitations/resend", 200, "pending"},
		{"contacts/get", 200, "marta@client.example"},
		{"grants/get", 200, "role"},
		{"roles/get", 200, "Client"},
		{"invitations/open", 200, "pending"},
		{"invitations/accept", 200, "accepted"},
		{"invitations/get", 200, "accepted"},
		{"members/deactivate", 200, `\"deactivated\":true`},
		{"members/batch", 200, "changed"},
		{"members/reactivate", 200, `\"deactivated\":false`},
		{"grants/batch", 200, `"counts\":{\"unchanged\":1}`},
		{"joinlinks/create", 201, "url"},
		{"joinlinks/get", 200, "Spring"},
		{"staff/change", 409, "last_admin"},
		{"members/promote", 200, `\"level\":\"member\"`},
		{"jobs/remind", 0, "due"},
	} {
		if err := s.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		if status, text := invoked(t, s, c.fn); status != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%s: %d %s", c.fn, status, text)
		}
	}
	for range 12 {
		r := strings.NewReader(`{"address":"admin@firm.example","password":"not the demo's password"}`)
		if res, err := http.Post(s.URL()+"/v1/workspaces/"+workspaceOf(t, s)+"/sessions", "application/json", r); err == nil {
			_ = res.Body.Close()
		}
	}
	if _, text := invoked(t, s, "staff/list"); !strings.Contains(text, "429 too_many_requests") || !strings.Contains(text, "seconds") {
		t.Errorf("a lockout is called by its name: %s", text)
	}
}

func workspaceOf(t *testing.T, s *local.System) string {
	t.Helper()
	d, err := s.Seed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d.Workspace
}

func TestTheSeedLeavesNoSessionThatIsNobodys(t *testing.T) {
	s, err := local.Start(t.Context(), local.Options{Database: testkit.Database(t), Prefix: "seed-", Data: t.TempDir(), Cost: testkit.CheapCost})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	sessions := s.URL() + "/v1/workspaces/" + workspaceOf(t, s) + "/sessions"
	ask := func(method, path, bearer, body string, answer any) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		if bearer != "" {
			req.Header.Set("Authorization", "Bearer "+bearer)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		if err := json.NewDecoder(res.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
	}
	var signed struct{ Token string }
	ask("POST", sessions, "", `{"address":"admin@firm.example","password":"`+local.DemoPassword+`"}`, &signed)
	var found struct{ Items []any }
	ask("GET", sessions, signed.Token, "", &found)
	if len(found.Items) != 1 {
		t.Errorf("%d sessions, not the one that asks: %v", len(found.Items), found.Items)
	}
}

func TestAStartThatIsCutOffIsAnErrorAndNothingMore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := local.Start(ctx, local.Options{Database: testkit.Database(t), Prefix: "cut-"}); err == nil || s != nil {
		t.Errorf("%v, %v", s, err)
	}
}
