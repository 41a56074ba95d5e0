// Command run starts the whole system on this machine and keeps it until
// Ctrl-C: `make run`. PORT= and DATA= in the environment move it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	_ "time/tzdata" // zones do not depend on the machine

	"portero/functions/pages"
	"portero/infra/local"
	"portero/infra/local/standin/inbox"
	"portero/shared/app"
)

func main() {
	app.CollectLess()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx)
	if err != nil && ctx.Err() != nil {
		fmt.Fprintln(os.Stderr, "\nStopped before everything was up; nothing is left running.")
		os.Exit(interrupted)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "make run:", err)
		os.Exit(1)
	}
}

// interrupted is the exit status that shells give to a command that Ctrl-C
// ended: 128 and SIGINT's number.
const interrupted = 130

// defaultPort is the gateway's unless PORT says otherwise.
const defaultPort = 8080

func run(ctx context.Context) (err error) {
	port, data, err := settings()
	if err != nil {
		return err
	}
	if err := free(port); err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o700); err != nil { // not before: a start that cannot be leaves nothing behind
		return err
	}
	release, err := hold(data)
	if err != nil {
		return err
	}
	defer release()
	logs, err := os.OpenFile(filepath.Join(data, "portero.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, logs.Close()) }()
	site := filepath.Join(data, "site")
	if _, err := pages.Build(ctx, site, filepath.Join("infra", "node_modules")); err != nil {
		return err
	}
	box, err := inbox.Start(ctx, inbox.Options{Log: logs})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	s, err := local.Start(ctx, local.Options{
		Data: data, Port: port, Pages: pages.Handler(site), Inbox: box.URL, Log: slog.New(slog.NewJSONHandler(logs, nil)),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	demo, err := s.Seed(context.WithoutCancel(ctx)) // whole or not at all, or the next start finds half a firm
	if err != nil {
		return fmt.Errorf("seed the demo workspace: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	announce(s, demo, box.URL, data)
	var parts sync.WaitGroup
	parts.Go(func() { s.Run(ctx) })
	parts.Go(func() { s.Clock(ctx) })
	<-ctx.Done()
	parts.Wait()
	fmt.Println("\nStopped. The data stays in", data)
	return nil
}

// settings reads PORT and DATA.
func settings() (port int, data string, err error) {
	port = defaultPort
	if given := os.Getenv("PORT"); given != "" {
		if port, err = strconv.Atoi(given); err != nil || port < 0 || port > 65535 {
			return 0, "", fmt.Errorf("PORT=%s is not a port: use 0 to 65535", given)
		}
	}
	if data = os.Getenv("DATA"); data == "" {
		data = ".data"
	}
	if data, err = filepath.Abs(data); err != nil {
		return 0, "", err
	}
	return port, data, nil
}

// free says in one line that a port is taken, before anything is started.
func free(port int) error {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("port %d is taken; choose another: make run PORT=8081", port)
	}
	return l.Close()
}

func announce(s *local.System, d local.Demo, box, data string) {
	fmt.Printf(`
Portero is running.

  Staff console   %s/console/%s
    sign in as    %s
    password      %s
  Client portal   %s/p/%s
  Mail inbox      %s (the newest 200 mails)
  API document    %s/v1/openapi.json
  Data and log    %s

Ctrl-C stops it.
`, s.URL(), d.Workspace, d.Address, local.DemoPassword, s.URL(), d.PortalName, box, s.URL(), data)
}
