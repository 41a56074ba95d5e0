package main

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// startRounds is how often each binary is started. One start varies by a quarter, so
// what counts is the middle of many ratios, each of two starts of one round.
const startRounds = 151

// flags are those of the Makefile.
var flags = []string{"build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid="}

// binaries are started in turn; the first is what the rest is held against, the
// second says what a ratio of 1 looks like on this machine.
var binaries = []struct{ name, pkg, handler string }{
	{"function with one client", "./infra/local/bench/client", ""},
	{"the same once more", "./infra/local/bench/client", ""},
	{"hello-world function", "./infra/local/bench/hello", ""},
	{"portero invitations/accept", "./functions/bootstrap", "invitations/accept"},
	{"portero roles/list", "./functions/bootstrap", "roles/list"},
	{"portero triggers/deliver", "./functions/bootstrap", "triggers/deliver"},
}

// measureStarts prints how long each binary takes from exec to its first
// question for an event, all in one run.
func measureStarts(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "portero-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	files := make([]string, len(binaries))
	for i, b := range binaries {
		files[i] = filepath.Join(dir, fmt.Sprint(i))
		build := exec.CommandContext(ctx, "go", append(flags, "-o", files[i], b.pkg)...)
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %s", b.pkg, out)
		}
	}
	took, used := make([][]time.Duration, len(binaries)), make([][]time.Duration, len(binaries))
	for range startRounds {
		for _, i := range rand.Perm(len(binaries)) {
			wall, cpu, err := start(ctx, files[i], binaries[i].handler)
			if err != nil {
				return fmt.Errorf("%s: %w", binaries[i].name, err)
			}
			took[i], used[i] = append(took[i], wall), append(used[i], cpu)
		}
	}
	fmt.Printf("\nStarts: from exec to the first question for an event, this machine, %d rounds; × is against the first line\n", startRounds)
	fmt.Println("                               median  fastest      × (quarters)          CPU    ×        binary")
	for i, b := range binaries {
		info, err := os.Stat(files[i])
		if err != nil {
			return err
		}
		low, middle, high := ratios(took[i], took[0])
		_, cpu, _ := ratios(used[i], used[0])
		fmt.Printf("  %-27s %6.2f ms %5.2f ms  %.2f (%.2f to %.2f) %6.2f ms %.2f  %5.1f MB\n", b.name,
			ms(median(took[i])), ms(slices.Min(took[i])), middle, low, high, ms(median(used[i])), cpu, float64(info.Size())/1e6)
	}
	return deployed()
}

// ratios returns the quartiles of the ratios round by round: what slows one
// round slows both.
func ratios(a, b []time.Duration) (low, middle, high float64) {
	all := make([]float64, len(a))
	for i := range a {
		all[i] = float64(a[i]) / float64(b[i])
	}
	slices.Sort(all)
	return all[len(all)/4], all[len(all)/2], all[len(all)*3/4]
}

// deployed prints the size of what `make build` made, as it is and zipped.
func deployed() error {
	raw, err := os.ReadFile("build/function/bootstrap")
	if err != nil {
		return err
	}
	var zipped bytes.Buffer
	w, err := flate.NewWriter(&zipped, flate.DefaultCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	fmt.Printf("  deployed (arm64): %.1f MB, zipped %.1f MB\n", float64(len(raw))/1e6, float64(zipped.Len())/1e6)
	return nil
}

// start runs a binary against a Lambda Runtime API that has no event for it,
// and ends it as soon as it asks. It returns the time that passed and the time
// on a CPU, which other work on the machine changes less.
func start(ctx context.Context, binary, handler string) (wall, cpu time.Duration, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
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
		return 0, 0, err
	}
	select {
	case at := <-asked:
		wall = at.Sub(began)
	case <-time.After(5 * time.Second):
		err = errors.New("did not ask for an event")
	}
	_, _ = run.Process.Kill(), run.Wait() // what ends by a signal says so
	return wall, run.ProcessState.UserTime() + run.ProcessState.SystemTime(), err
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
