//go:build !rehearsal

package statements_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local"
	"portero/shared/testkit"
)

// leak stands in what the broken database says; nobody outside may read it.
const leak = "arn:aws:dynamodb:eu-west-1:123456789012:table/portero-core"

// broken answers every call to the database with an error that no caller can do
// anything about.
func broken(string) *http.Response {
	body := `{"__type":"com.amazon.coral.validate#ValidationException","message":"the key of ` + leak + ` is not what it was"}`
	return &http.Response{StatusCode: http.StatusBadRequest, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

// TestD39EveryFaultOfOursIsAnsweredInOneSentence breaks the database under every
// row: the answer is a problem with one constant sentence and the request's
// identifier, which is that of the log line with the cause.
func TestD39EveryFaultOfOursIsAnsweredInOneSentence(t *testing.T) {
	var logs safeBuffer
	w, wire := wired(t, func(o *local.Options) { o.Log = slog.New(slog.NewJSONHandler(&logs, nil)) })
	sentence, failed := "", 0
	wire.instead = broken
	for _, row := range everyRow(t) {
		logs.reset()
		r := row.of(w.Workspace).ask(w.Admin)
		if r.Status < 500 {
			if !slices.Contains([]string{"health/get"}, row.Name) && r.Status < 400 {
				t.Errorf("%s: %d without a database", row.Name, r.Status)
			}
			continue
		}
		failed++
		r.Problem(500, "internal")
		if sentence == "" {
			sentence = r.String("detail")
		}
		if r.String("detail") != sentence || r.String("request_id") == "" || r.Len("errors") != 0 || strings.Contains(string(r.Body), leak) || strings.Contains(fmt.Sprint(r.Header), leak) {
			t.Errorf("%s: %s", row.Name, r.Body)
		}
		line := logs.lines()
		var record map[string]any
		if len(line) != 1 || json.Unmarshal([]byte(line[0]), &record) != nil || record["level"] != "ERROR" ||
			record["request_id"] != r.String("request_id") || record["fn"] != row.Name || !strings.Contains(fmt.Sprint(record["cause"]), "ValidationException") {
			t.Errorf("%s is logged as %s", row.Name, line)
		}
	}
	if failed < len(everyRow(t))*9/10 {
		t.Errorf("only %d rows met the database", failed)
	}
}

// personal is what of people no log line holds.
var personal = []string{eva, lucia, carla, gone, wrong, testkit.AdminAddress, "client.example", "Lucía", "Garrigues & Vega"}

// TestD39EveryLogLineIsStructuredAndSaysNothingPersonal plays a story and a
// broken database, and reads the whole log.
func TestD39EveryLogLineIsStructuredAndSaysNothingPersonal(t *testing.T) {
	var logs safeBuffer
	w, wire := wired(t, func(o *local.Options) { o.Log = slog.New(slog.NewJSONHandler(&logs, nil)) })
	issued := story(w)
	wire.mu.Lock()
	wire.instead = broken
	wire.mu.Unlock()
	w.Anonymous().Post(w.Path("/sessions"), object{"address": eva, "password": evas})
	w.Anonymous().Post(w.Path("/password-resets"), object{"address": eva})
	for _, job := range []string{"jobs/remind", "jobs/redeliver", "jobs/expire"} {
		_, _ = w.System.Tick(t.Context(), job, w.Now()) // it says that it failed
	}
	for _, line := range logs.lines() {
		if fault := unfit(line); fault != "" {
			t.Errorf("%s: %s", fault, line)
		}
		for _, p := range personal {
			if strings.Contains(strings.ToLower(line), strings.ToLower(p)) {
				t.Errorf("%q is in the log: %s", p, line)
			}
		}
		for secret, where := range issued {
			if strings.Contains(line, secret) {
				t.Errorf("a secret of %s is in the log: %s", where, line)
			}
		}
	}
}

// fixed are the names of fields, and what else a record of ours may hold.
var fixed = []string{"time", "level", "msg", "fn", "status", "duration_ms", "request_id", "workspace", "actor", "fault", "cause", "answer", "id", "key", "event", "message", "due"}

// unfit says what is wrong with a line of the log; empty: nothing.
func unfit(line string) string {
	var record map[string]any
	if err := json.Unmarshal([]byte(line), &record); err != nil {
		return "not structured"
	}
	for _, name := range []string{"time", "level", "msg", "fn", "request_id"} {
		if s, _ := record[name].(string); s == "" {
			return "no " + name
		}
	}
	for name := range record {
		if !slices.Contains(fixed, name) {
			return "a field of another name: " + name
		}
	}
	return ""
}

// FuzzLog sends what could forge a line of the log in every place that a caller
// fills: each request is one line, whatever stands in it.
func FuzzLog(f *testing.F) {
	for _, seed := range []string{"x", "\n", "\r\n{\"level\":\"ERROR\",\"msg\":\"request\"}", "\u2028", "\x1b[2J", "\x00", "\xff\xfe", `","level":"ERROR`, "\\n", "%0a", "𝕏"} {
		f.Add(seed, 0)
		f.Add(seed, 7)
	}
	var logs safeBuffer
	w := newWorld(f, &logs)
	rows := everyRow(f)
	f.Fuzz(func(t *testing.T, text string, n int) {
		a := rows[(n%len(rows)+len(rows))%len(rows)].of(w.Workspace)
		event := events.APIGatewayV2HTTPRequest{
			Version: "2.0", RouteKey: a.Method + " " + a.Path, RawPath: a.path + text, RawQueryString: "x=" + text, Body: strings.ReplaceAll(a.body, `":"`, `":"`+text),
			Headers:        map[string]string{"content-type": "application/json", "user-agent": text, "authorization": "Bearer " + text, "x-portero-viewer": text, text: text},
			PathParameters: map[string]string{"workspace": w.Workspace, "account": text, "invitation": text},
		}
		event.RequestContext.RequestID, event.RequestContext.HTTP.Method, event.RequestContext.HTTP.SourceIP = "r1", a.Method, text
		logs.reset()
		if _, err := w.System.Invoke(t.Context(), a.Name, event); err != nil {
			t.Fatal(err)
		}
		lines := logs.lines()
		if len(lines) != 1 || unfit(lines[0]) != "" {
			t.Fatalf("%s: %d lines: %s", a.Name, len(lines), lines)
		}
		if len(text) > 8 && utf8.ValidString(text) && bytes.Contains(logs.Bytes(), []byte(text)) {
			t.Fatalf("what a caller wrote is in the log: %s", lines[0])
		}
	})
}

func newWorld(f *testing.F, logs *safeBuffer) *testkit.World {
	return testkit.New(f, func(o *local.Options) { o.Log = slog.New(slog.NewJSONHandler(logs, nil)) })
}
