// Command pagetest drives the pages with headless Chromium against the real
// system: it starts everything in memory, and runs the browser tests of
// functions/pages/testdata with node. `make test-pages` runs it; with -run it
// runs the tests whose names match, with files only those.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	_ "time/tzdata" // zones do not depend on the machine

	"portero/functions/pages"
	"portero/infra/local"
	"portero/infra/local/standin/inbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	names := flag.String("run", "", "the names of the tests to run, as a pattern")
	flag.Parse()
	if err := run(ctx, *names, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "make test-pages:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, names string, files []string) (err error) {
	site, err := os.MkdirTemp("", "portero-site-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(site)) }()
	if _, err := pages.Build(ctx, site, filepath.Join("infra", "node_modules")); err != nil {
		return err
	}
	box, err := inbox.Start(ctx, inbox.Options{Log: io.Discard})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	s, err := local.Start(ctx, local.Options{Pages: pages.Handler(site), Inbox: box.URL, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	following, stop := context.WithCancel(ctx)
	var parts sync.WaitGroup
	parts.Go(func() { s.Run(following) })
	defer parts.Wait()
	defer stop()
	return drive(ctx, s.URL(), box.URL, names, files)
}

// drive runs browser tests against the system: all of them, unless it is told
// which.
func drive(ctx context.Context, base, inbox, names string, files []string) (err error) {
	if len(files) == 0 {
		if files, err = filepath.Glob("functions/pages/testdata/*.test.mjs"); err != nil {
			return err
		}
	}
	arguments := []string{"--test", "--test-concurrency=2"}
	if names != "" {
		arguments = append(arguments, "--test-name-pattern="+names)
	}
	node := exec.CommandContext(ctx, "node", append(arguments, files...)...)
	node.Env = append(os.Environ(), "PAGES_BASE="+base, "PAGES_INBOX="+inbox)
	node.Stdout, node.Stderr = os.Stdout, os.Stderr
	return node.Run()
}
