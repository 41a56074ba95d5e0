package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"strconv"
	"strings"

	"portero/shared/testkit/dynoxide/child"
)

// Each is one line, because it is what a newcomer reads first.
var (
	errNoNode    = errors.New("node is not on PATH: install Node.js 20.19 or newer")
	errNoPackage = errors.New("aws-ses-v2-local is not installed: run `npm ci --prefix infra`")
)

// Options says where the inbox listens.
type Options struct {
	// Port on 127.0.0.1; 0 means any free one.
	Port int
	// Log receives what it prints. Nil discards it.
	Log io.Writer
}

// Inbox is a running browser inbox. Its methods may be called concurrently.
type Inbox struct {
	// URL is what to open in a browser, and what the gate forwards to.
	URL string

	process *child.Process
}

// Start returns an inbox that answers. ctx bounds the start only. Whoever calls
// it must Close it; on Linux it ends with this process in any case.
func Start(ctx context.Context, o Options) (*Inbox, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, errNoNode
	}
	script, isThere := child.Installed("aws-ses-v2-local/dist/cli.js")
	if !isThere {
		return nil, errNoPackage
	}
	command := func(port int) child.Command {
		return child.Command{
			Path:  node,
			Args:  []string{script, "--host", "127.0.0.1", "--port", strconv.Itoa(port)},
			Log:   o.Log,
			Ready: func(line string) bool { return strings.Contains(line, "server running at") },
		}
	}
	port := o.Port
	var process *child.Process
	if port == 0 {
		process, port, err = child.StartListening(ctx, command)
	} else if err = isFree(port); err == nil {
		process, err = child.Start(ctx, command(port))
	}
	if err != nil {
		return nil, fmt.Errorf("start the mail inbox: %w", err)
	}
	return &Inbox{URL: fmt.Sprintf("http://127.0.0.1:%d", port), process: process}, nil
}

// Close ends the inbox and waits until it is gone; its mail goes with it. It
// returns an error when the inbox had ended by itself. A second call does nothing.
func (i *Inbox) Close() error { return i.process.Kill() }

// isFree tells a taken port before node does, which prints a stack trace for it.
func isFree(port int) error {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("port %d of 127.0.0.1 is not free: %w", port, err)
	}
	return l.Close()
}
