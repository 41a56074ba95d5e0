package apigateway_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"portero/infra/local/standin/apigateway"
)

func TestABodyIsRefusedWhereAPIGatewayOrLambdaWouldRefuseIt(t *testing.T) {
	for says, c := range map[string]struct {
		body   string
		status int
	}{
		"5 MB of text":                      {strings.Repeat("x", 5_000_000), 0},
		"5 MB of short lines":               {strings.Repeat("marta@client.example\n", 5_000_000/21), 0},
		"5 MB of quotes are 10 MB of event": {strings.Repeat(`"`, 5_000_000), 413},
		"5 MB that are no text, in Base64":  {strings.Repeat("\xff", 5_000_000), 413},
		"4 MB that are no text, in Base64":  {strings.Repeat("\xff", 4_000_000), 0},
		"10 MB and a byte":                  {strings.Repeat("x", apigateway.MaxBytes+1), 413},
	} {
		t.Run(says, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/v1/imports", strings.NewReader(c.body))
			if _, got := apigateway.Event(r, "POST /v1/imports", time.Unix(0, 0)); got != c.status {
				t.Errorf("%d, want %d", got, c.status)
			}
		})
	}
}

func TestARefusalOfTheGatewaysIsBare(t *testing.T) {
	w := httptest.NewRecorder()
	apigateway.Refuse(w, http.StatusRequestEntityTooLarge)
	if w.Code != 413 || strings.TrimSpace(w.Body.String()) != `{"message":"Request Entity Too Large"}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
