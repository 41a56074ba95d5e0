package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// starts is how often each binary is started; the middle one counts.
const starts = 41

// binaries are built with the flags of `make build`, for this machine.
var binaries = []struct{ name, pkg, handler string }{
	{"hello-world function", "./infra/local/bench/hello", ""},
	{"function with one client", "./infra/local/bench/client", ""},
	{"portero invitations/accept", "./functions/bootstrap", "invitations/accept"},
	{"portero triggers/deliver", "./functions/bootstrap", "triggers/deliver"},
}

// measureStarts prints how long each binary takes from exec to its first
// question for an event, all in one run, round robin.
func measureStarts(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "portero-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for i, b := range binaries {
		build := exec.CommandContext(ctx, "go", "build", "-tags", "lambda.norpc,gomailnotpl", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=",
			"-o", filepath.Join(dir, fmt.Sprint(i)), b.pkg)
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %s", b.pkg, out)
		}
	}
	took := make([][]time.Duration, len(binaries))
	for range starts {
		for i, b := range binaries {
			d, err := start(ctx, filepath.Join(dir, fmt.Sprint(i)), b.handler)
			if err != nil {
				return fmt.Errorf("%s: %w", b.name, err)
			}
			took[i] = append(took[i], d)
		}
	}
	fmt.Println("\nStarts: from exec to the first question for an event, this machine, median of", starts)
	one := median(took[1])
	for i, b := range binaries {
		info, err := os.Stat(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			return err
		}
		m := median(took[i])
		fmt.Printf("  %-28s %7.2f ms   %5.2f × one client   %5.1f MB\n", b.name, ms(m), float64(m)/float64(one), float64(info.Size())/1e6)
	}
	return nil
}

// start runs a binary against a Lambda Runtime API that has no event for it,
// and ends it as soon as it asks.
func start(ctx context.Context, binary, handler string) (time.Duration, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	asked := make(chan time.Time, 1)
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- time.Now()
		<-r.Context().Done()
	})}
	go func() { _ = server.Serve(l) }()
	defer func() { _ = server.Close() }()
	run := exec.CommandContext(ctx, binary)
	run.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + l.Addr().String(), "_HANDLER=" + handler, "AWS_REGION=eu-west-1",
		"AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x", "PORTERO_CORE_TABLE=core", "PORTERO_AUDIT_TABLE=audit", "PORTERO_EPHEMERA_TABLE=ephemera"}
	began := time.Now()
	if err := run.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = run.Process.Kill(); _ = run.Wait() }()
	select {
	case at := <-asked:
		return at.Sub(began), nil
	case <-time.After(5 * time.Second):
		return 0, fmt.Errorf("did not ask for an event")
	}
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
