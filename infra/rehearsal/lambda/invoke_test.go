package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAFunctionHasExactlyLambdasTheTemplatesAndTheNetworksEnvironment(t *testing.T) {
	t.Setenv("MACHINE", "must not be seen")
	f := named("environment")
	f.Environment = map[string]string{"PORTERO_STAGE": "dev", "LANG": "de_DE.UTF-8"}
	f.LogFormat = "JSON"
	h := started(t, func(o *Options) { o.Network = map[string]string{"AWS_ENDPOINT_URL_SES": "http://127.0.0.1:1"} }, f)
	var lines []string
	if err := json.Unmarshal([]byte(invoke(t, h, "environment", "")), &lines); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		got[name] = value
	}
	for name, form := range map[string]string{
		"AWS_LAMBDA_RUNTIME_API":     `^127\.0\.0\.1:\d+$`,
		"AWS_LAMBDA_LOG_STREAM_NAME": `^2101/03/04/\[\$LATEST\][0-9a-f]{32}$`,
		"_X_AMZN_TRACE_ID":           `^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$`, // set by the client
	} {
		if !regexp.MustCompile(form).MatchString(got[name]) {
			t.Errorf("%s is %q", name, got[name])
		}
		delete(got, name)
	}
	want := map[string]string{
		"_HANDLER": "environment", "AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-2",
		"AWS_LAMBDA_FUNCTION_NAME": "environment", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
		"AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand", "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/environment", "AWS_LAMBDA_LOG_FORMAT": "JSON",
		"AWS_ACCESS_KEY_ID": "AKIAenvironment", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "session",
		"LAMBDA_TASK_ROOT": h.root, "LAMBDA_RUNTIME_DIR": "/var/runtime", "TZ": ":UTC",
		"LANG": "de_DE.UTF-8", "PATH": "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
		"LD_LIBRARY_PATH": "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
		"PORTERO_STAGE":   "dev", "AWS_ENDPOINT_URL_SES": "http://127.0.0.1:1",
		"pwd " + h.root: "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFunctionReadsItsDeadlineByTheTestsClock(t *testing.T) {
	h := started(t, nil, named("context"))
	var got []string
	if err := json.Unmarshal([]byte(invoke(t, h, "context", "")), &got); err != nil {
		t.Fatal(err)
	}
	if want := noon.Add(30 * time.Second).Format(time.RFC3339Nano); got[0] != want {
		t.Errorf("the deadline is %s, not %s", got[0], want)
	}
	if got[1] != named("context").ARN {
		t.Errorf("the ARN is %s", got[1])
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(got[2]) {
		t.Errorf("the request id is %s", got[2])
	}
}

// exitAtOnce spares the second that a program built with -race waits at its end:
// go.dev/doc/articles/race_detector, atexit_sleep_ms.
func exitAtOnce(cmd *exec.Cmd) { cmd.Env = append(cmd.Env, "GORACE=atexit_sleep_ms=0") }

func TestAFailureIsToldInLambdasWords(t *testing.T) {
	var mu sync.Mutex
	var logged []string
	quick := named("hang")
	quick.Timeout = time.Second
	h := started(t, func(o *Options) {
		o.Extra = exitAtOnce
		o.Log = func(_, line string) { mu.Lock(); defer mu.Unlock(); logged = append(logged, line) }
	}, named("fail"), named("panic"), named("exit"), named("leave"), quick, named("init-exit"), named("init-error"), named("large"))
	for _, c := range []struct{ name, function, payload, kind, says string }{
		{"a returned error is its own type", "fail", "", "errorString", `^no luck$`},
		{"a panic is its value", "panic", "", "string", `^out of luck$`},
		{"an exit with a code names it", "exit", "", TypeExit, `^RequestId: \S{36} Error: Runtime exited with error: exit status 3$`},
		{"an exit with code zero has no reason", "leave", "", TypeExit, `^RequestId: \S{36} Error: Runtime exited without providing a reason$`},
		{"a timeout is its seconds", "hang", "", TypeTimeout, `^RequestId: \S{36} Error: Task timed out after 1\.00 seconds$`},
		{"an exit before the first event is an exit", "init-exit", "", TypeExit, `exit status 2$`},
		{"a posted start error is its own", "init-error", "", "Runtime.NoTable", `^no table$`},
		{"an answer over the limit is too large", "large", "6291557", TypeTooLarge, `^Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$`},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 2 { // the next invocation has a process again
				_, err := h.Invoke(t.Context(), c.function, []byte(c.payload))
				var f *FunctionError
				if !errors.As(err, &f) {
					t.Fatalf("it is %v", err)
				}
				if f.Type != c.kind || !regexp.MustCompile(c.says).MatchString(f.Message) {
					t.Errorf("it says %s", f)
				}
				if stack := len(f.StackTrace) > 0; stack != (c.function == "panic") {
					t.Errorf("its stack has %d frames", len(f.StackTrace))
				}
			}
			if s := stat(t, h, c.function); s.Failures != 2 {
				t.Errorf("%d failures are counted", s.Failures)
			}
		})
	}
	if got := stat(t, h, "fail").ColdStarts; got != 1 {
		t.Errorf("a function that returns an error is started %d times", got)
	}
	if got := stat(t, h, "panic").ColdStarts; got != 2 {
		t.Errorf("a function that panics is started %d times", got)
	}
	mu.Lock()
	defer mu.Unlock()
	if !strings.Contains(strings.Join(logged, "\n"), "last words") {
		t.Error("what a process wrote before it ended is lost")
	}
}

func TestAnAnswerAtTheLimitIsTaken(t *testing.T) {
	h := started(t, nil, named("large"))
	if got := len(invoke(t, h, "large", "6291556")); got != maxResponseBytes {
		t.Errorf("it has %d bytes", got)
	}
}

func TestAStartThatFailsOrHangsIsTriedOnceMoreWithinTheInvocation(t *testing.T) {
	once, hang := named("init-once"), named("init-hang")
	once.Environment = map[string]string{"MARK": filepath.Join(t.TempDir(), "mark")}
	hang.Timeout = time.Second
	h := started(t, nil, once, hang)
	if got := invoke(t, h, "init-once", "hello"); got != "hello" {
		t.Errorf("the second start answers %q", got)
	}
	h.startLimit = 50 * time.Millisecond
	_, err := h.Invoke(t.Context(), "init-hang", nil)
	var f *FunctionError
	if !errors.As(err, &f) || f.Type != TypeTimeout {
		t.Errorf("a start that hangs says %v", err)
	}
}

func TestWhatAProcessWroteIsPassedOnBeforeItsAnswer(t *testing.T) {
	var mu sync.Mutex
	var logged []string
	h := started(t, func(o *Options) {
		o.Log = func(_, line string) { mu.Lock(); defer mu.Unlock(); logged = append(logged, line) }
	}, named("talk"))
	for range 3 {
		invoke(t, h, "talk", "2000") // its last line has no end
		mu.Lock()
		lines := len(logged)
		if lines%2000 != 0 || logged[lines-1] != "line 1999" {
			t.Errorf("%d lines, the last %q", lines, logged[lines-1])
		}
		mu.Unlock()
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if logged[2000] != "half line 0" || logged[len(logged)-1] != "half " {
		t.Errorf("lines without an end: %q, %q", logged[2000], logged[len(logged)-1])
	}
}

// gate answers the function "ask" with what answer says.
func gate(t *testing.T, answer func(key, payload string) string) func(*Options) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, answer(r.Header.Get("Key"), string(body)))
	}))
	t.Cleanup(server.Close)
	return func(o *Options) { o.Network = map[string]string{"AWS_ENDPOINT_URL_TEST": server.URL} }
}

func TestAProcessCanBeKilledFromWithinItsCall(t *testing.T) {
	var h *Host
	kills := gate(t, func(key, how string) string {
		function, request, ok := h.Running(key)
		switch {
		case !ok || function != "ask":
			t.Errorf("the key %s runs %q", key, function)
		case how == "request" && !h.KillRequest(request):
			t.Error("the request has no process")
		case how == "function" && h.KillRunning(function) != 1:
			t.Error("the function has no process")
		}
		return "answer"
	})
	h = started(t, kills, named("ask"))
	for _, how := range []string{"request", "function"} {
		_, err := h.Invoke(t.Context(), "ask", []byte(how))
		var f *FunctionError
		if !errors.As(err, &f) || f.Type != TypeExit || !strings.HasSuffix(f.Message, "Runtime exited with error: signal: killed") {
			t.Errorf("killed by %s: %v", how, err)
		}
		if got := invoke(t, h, "ask", "leave me"); got != "answer" {
			t.Errorf("the next invocation answers %q", got)
		}
	}
	if h.KillRequest("nobody's") || h.KillRunning("ask") != 0 {
		t.Error("something is killed that does not run")
	}
	if _, _, ok := h.Running("AKIAask"); ok {
		t.Error("an idle process runs")
	}
}

func TestAFunctionRunsOnWhenNobodyWaits(t *testing.T) {
	asked, leave := make(chan struct{}), make(chan struct{})
	h := started(t, gate(t, func(string, string) string { asked <- struct{}{}; <-leave; return "" }), named("ask"))
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() { _, err := h.Invoke(ctx, "ask", nil); failed <- err }()
	<-asked
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves hears %v", err)
	}
	close(leave)
	eventually(t, "the function ends its work and asks for more", func() bool {
		p := h.pools["ask"]
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.idle) == 1
	})
	go func() { _, err := h.Invoke(t.Context(), "ask", nil); failed <- err }()
	<-asked
	if err := <-failed; err != nil {
		t.Error(err)
	}
	if got := stat(t, h, "ask").ColdStarts; got != 1 {
		t.Errorf("%d processes were started", got)
	}
}
