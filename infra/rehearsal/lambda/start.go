package lambda

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// start asks the starter for one process.
type start struct {
	process *process
	reply   chan error
}

// starter starts every process from one thread that lives as long as the host:
// PR_SET_PDEATHSIG ends a process with the thread that started it, not with the
// whole program (go.dev/issue/27505).
func (h *Host) starter() {
	runtime.LockOSThread() // never unlocked: the thread ends with this goroutine
	for {
		select {
		case s := <-h.starts:
			s.reply <- h.exec(s.process)
		case <-h.ended:
			return
		}
	}
}

// exec starts the process unless the host is closed: after Close has looked,
// no process comes to be.
func (h *Host) exec(p *process) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return ErrClosed
	}
	p.started = time.Now()
	if err := p.cmd.Start(); err != nil {
		return fmt.Errorf("start a process of function %q: %w", p.pool.Name, err)
	}
	h.live[p] = struct{}{}
	return nil
}

// start makes a process with its own runtime API and starts it. The errors are
// the host's: no port, no file, no process.
func (h *Host) start(of *pool) (*process, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for function %q: %w", of.Name, err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		_ = listener.Close()
		return nil, fmt.Errorf("pipe for function %q: %w", of.Name, err)
	}
	p := &process{
		host: h, pool: of, pipe: read,
		asked: make(chan struct{}, 1), work: make(chan *call), gone: make(chan struct{}),
	}
	p.cmd = h.command(p, listener.Addr().String(), write)
	p.server = &http.Server{Handler: p, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
	p.output, err = newOutput(read, func(line string) {
		if h.Log != nil {
			h.Log(of.Name, line)
		}
	})
	if err == nil {
		s := start{process: p, reply: make(chan error, 1)}
		select {
		case h.starts <- s:
			err = <-s.reply
		case <-h.ended:
			err = ErrClosed
		}
	}
	_ = write.Close() // the process has its own
	if err != nil {
		_, _ = listener.Close(), read.Close()
		return nil, err
	}
	go p.live(listener)
	return p, nil
}

func (h *Host) command(p *process, runtimeAPI string, write *os.File) *exec.Cmd {
	who := identity{runtimeAPI: runtimeAPI, stream: p.pool.draw(2)}
	who.accessKey, who.secret, who.session = h.Credentials(p.pool.Name)
	p.key = who.accessKey
	cmd := &exec.Cmd{
		Path: h.Binary, Args: []string{h.Binary}, Dir: h.root,
		Env:    environment(p.pool.Function, h.Options, h.root, h.Now(), who),
		Stdout: write, Stderr: write, SysProcAttr: attributes(),
	}
	if h.Extra != nil {
		h.Extra(cmd)
	}
	return cmd
}
