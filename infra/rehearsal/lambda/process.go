package lambda

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// outputGrace is how long the output of a process that has ended is read on, if
// something it started still holds it. Chosen; no evidence.
const outputGrace = time.Second

// process is one execution environment.
type process struct {
	host    *Host
	pool    *pool
	key     string // its access key
	cmd     *exec.Cmd
	pipe    *os.File
	output  *output
	server  *http.Server
	started time.Time

	asked chan struct{} // it has asked for its next event
	work  chan *call    // hands the event to the question that waits
	gone  chan struct{} // closed when it has ended and all it wrote is passed on
	exit  error         // what waiting for it returned; read after gone

	mu      sync.Mutex
	now     *call          // the call it works on
	initial *FunctionError // what it posted instead of asking for the first event
}

// live serves the process's runtime API and ends with the process.
func (p *process) live(listener net.Listener) {
	served, followed := make(chan struct{}), make(chan struct{})
	go func() { _ = p.server.Serve(listener); close(served) }()
	go func() { p.output.follow(); close(followed) }()
	p.exit = p.cmd.Wait()
	_ = p.pipe.SetReadDeadline(time.Now().Add(outputGrace))
	<-followed
	_, _ = p.pipe.Close(), p.server.Close()
	<-served
	p.host.mu.Lock()
	delete(p.host.live, p)
	p.host.mu.Unlock()
	close(p.gone)
}

func (p *process) ended() bool {
	select {
	case <-p.gone:
		return true
	default:
		return false
	}
}

// freeze and thaw fail only for a process that has ended, which whoever uses it
// next sees for himself.
func (p *process) freeze() { _ = stop(p.cmd.Process) }
func (p *process) thaw()   { _ = proceed(p.cmd.Process) }

// weigh measures a process that lives; one that does not has been measured
// before.
func (p *process) weigh() {
	if peak, err := peakBytes(p.cmd.Process.Pid); err == nil {
		p.pool.weigh(peak)
	}
}

// kill ends the process at once, frozen or not, and waits until it is gone.
func (p *process) kill() {
	p.weigh()
	p.signalKill()
	<-p.gone
}

func (p *process) signalKill() { _ = p.cmd.Process.Kill() }

// current is the call the process works on, or nil.
func (p *process) current() *call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *process) begin(c *call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = c
}

// outcome is how waiting for a process went.
type outcome int

const (
	asks  outcome = iota // it asks for the next event
	ends                 // it is gone
	takes                // it takes too long
)

// await waits for the process to ask for its next event.
func (p *process) await(limit <-chan time.Time) outcome {
	select {
	case <-p.asked:
		return asks
	case <-p.gone:
		return ends
	case <-limit:
		return takes
	}
}

// serve hands the call to the process and waits for the answer and then for the
// next question, within the time that is left. asks says that the process can
// be used again; otherwise it is gone.
func (p *process) serve(c *call, left time.Duration) (a answer, again bool) {
	timer := time.NewTimer(left)
	defer timer.Stop()
	p.begin(c)
	defer p.begin(nil)
	p.thaw()
	select {
	case p.work <- c:
	case <-p.gone:
		return answer{failure: exited(c.id, p.exit)}, false
	case <-timer.C:
		p.kill()
		return answer{failure: timedOut(c.id, p.pool.Timeout)}, false
	}
	select {
	case a = <-c.answer:
	case <-p.gone:
		return c.orElse(exited(c.id, p.exit)), false
	case <-timer.C:
		p.kill()
		return c.orElse(timedOut(c.id, p.pool.Timeout)), false
	}
	// The answer stands whatever comes: Lambda sends it when it is posted.
	if p.await(timer.C) == takes {
		p.kill()
	}
	return a, !p.ended()
}
