// Command pagetest drives the pages with headless Chromium against the real
// system: it starts everything in memory, and runs the browser tests of
// functions/pages/testdata with node. `make test-pages` runs it.
package main

import (
	"context"
	"errors"
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
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "make test-pages:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
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
	return drive(ctx, s.URL(), box.URL)
}

// drive runs every browser test against the system.
func drive(ctx context.Context, base, inbox string) error {
	files, err := filepath.Glob("functions/pages/testdata/*.test.mjs")
	if err != nil {
		return err
	}
	node := exec.CommandContext(ctx, "node", append([]string{"--test", "--test-concurrency=1"}, files...)...)
	node.Env = append(os.Environ(), "PAGES_BASE="+base, "PAGES_INBOX="+inbox)
	node.Stdout, node.Stderr = os.Stdout, os.Stderr
	return node.Run()
}
