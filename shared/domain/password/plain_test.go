package password_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"portero/shared/domain/password"
)

func TestSecretsAreNeverWrittenOut(t *testing.T) {
	const secret = "hunter2-hunter2"
	p, h := password.Plain(secret), password.Hash(secret)
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "p", p, "h", h, "in", slog.AnyValue(struct {
		P password.Plain
		H password.Hash
	}{p, h}))
	encoded, err := json.Marshal(map[string]any{"p": p, "h": h, "pp": &p, "list": []password.Plain{p}})
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{
		"log": log.String(), "json": string(encoded),
		"v": fmt.Sprintf("%v %v", p, h), "plus v": fmt.Sprintf("%+v %+v", p, h), "go syntax": fmt.Sprintf("%#v %#v", p, h),
		"s": fmt.Sprintf("%s %s", p, h), "q": fmt.Sprintf("%q %q", p, h), "x": fmt.Sprintf("%x %X", p, h), "d": fmt.Sprintf("%d %d", p, h),
		"pointer": fmt.Sprintf("%v %v", &p, &h), "inside a struct": fmt.Sprintf("%+v", struct{ P password.Plain }{p}),
		"String": p.String() + h.String(),
	} {
		if strings.Contains(out, "hunter") || strings.Contains(out, fmt.Sprintf("%x", "hunter")) || !strings.Contains(out, "[redacted]") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

func TestPlainDecodesFromJSON(t *testing.T) {
	var body struct {
		Password password.Plain `json:"password"`
	}
	if err := json.Unmarshal([]byte(`{"password":" spaces \u00f1 stay "}`), &body); err != nil || string(body.Password) != " spaces ñ stay " {
		t.Errorf("got %q, %v", string(body.Password), err)
	}
}
