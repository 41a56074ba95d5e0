//go:build unix

package lambda

import (
	"os"
	"syscall"
)

const canFreeze = true

// stop and proceed freeze and thaw a process: man7.org/linux/man-pages/man7/signal.7.html.
// No handler of the process can refuse SIGSTOP.
func stop(p *os.Process) error    { return p.Signal(syscall.SIGSTOP) }
func proceed(p *os.Process) error { return p.Signal(syscall.SIGCONT) }

// readNow reads what a non-blocking descriptor has. again says that there is
// nothing now; n of 0 without it is the end.
func readNow(fd uintptr, into []byte) (n int, again bool) {
	for {
		n, err := syscall.Read(int(fd), into)
		switch err {
		case nil:
			return n, false
		case syscall.EINTR:
		case syscall.EAGAIN:
			return 0, true
		default:
			return 0, false
		}
	}
}
