package child

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// grace is how long Stop waits between asking and killing. Chosen; both local
// parts end within 20 ms of SIGTERM (measured), so it is only ever reached by a
// child that hangs.
const grace = 5 * time.Second

// Command says what to start.
type Command struct {
	// Path is the program file.
	Path string
	Args []string
	// Env is the child's whole environment; nothing is inherited.
	Env []string
	// Log receives the child's output, both streams, line by line. Nil discards it.
	Log io.Writer
	// Ready reports whether a line of output says that the program answers.
	// Nil means that it is ready as soon as it runs.
	Ready func(line string) bool
}

// Process is a running child. Its methods may be called concurrently.
type Process struct {
	name string
	cmd  *exec.Cmd
	out  *lines
	done chan struct{}
	stop sync.Once
	// ended is set when the child ended before anyone asked it to.
	ended bool
}

// EndedError says that a child ended before it was ready, or before it was
// asked to end.
type EndedError struct {
	Name string
	// Output is the last part of what it printed, on one line.
	Output string
}

func (e *EndedError) Error() string {
	if e.Output == "" {
		return e.Name + " ended by itself and printed nothing"
	}
	return e.Name + " ended by itself: " + e.Output
}

// Start starts the command and waits until it is ready. ctx bounds the start
// only, not the child's life. It returns *EndedError when the child ended
// before it was ready, and ctx's error when that came first; nothing is left
// running then.
func Start(ctx context.Context, c Command) (*Process, error) {
	p := &Process{
		name: filepath.Base(c.Path),
		cmd:  exec.Command(c.Path, c.Args...),
		out:  newLines(c.Log, c.Ready),
		done: make(chan struct{}),
	}
	p.cmd.Env = append([]string{}, c.Env...) // nil would inherit ours
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	p.cmd.WaitDelay = grace
	p.cmd.SysProcAttr = attributes()

	started := make(chan error)
	go p.run(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", p.name, err)
	}
	select {
	case <-p.out.ready:
		return p, nil
	case <-p.done:
		return nil, &EndedError{Name: p.name, Output: p.out.tail()}
	case <-ctx.Done():
		_ = p.Kill()
		return nil, fmt.Errorf("wait for %s: %w", p.name, ctx.Err())
	}
}

// run owns the child from start to end. It keeps its thread: Linux sends the
// parent-death signal when the thread that forked ends, not the process
// (prctl(2), PR_SET_PDEATHSIG).
func (p *Process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	_ = p.cmd.Wait() // how it ended is told by who asked for it, not by its code
	close(p.done)
}

// PID is the child's process id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Done is closed when the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Stop asks the child to end, waits, and kills it when it has not ended after
// five seconds. It returns *EndedError when the child had ended by itself
// before; a second call does nothing and returns the same.
func (p *Process) Stop() error {
	return p.end(func() {
		if p.cmd.Process.Signal(os.Interrupt) != nil { // not to be had on Windows
			_ = p.cmd.Process.Kill()
			return
		}
		timer := time.AfterFunc(grace, func() { _ = p.cmd.Process.Kill() })
		<-p.done
		timer.Stop()
	})
}

// Kill ends the child at once and waits until it is gone. It returns what Stop
// returns.
func (p *Process) Kill() error {
	return p.end(func() { _ = p.cmd.Process.Kill() })
}

func (p *Process) end(how func()) error {
	p.stop.Do(func() {
		select {
		case <-p.done:
			p.ended = true
		default:
			how()
		}
	})
	<-p.done
	if p.ended {
		return &EndedError{Name: p.name, Output: p.out.tail()}
	}
	return nil
}
