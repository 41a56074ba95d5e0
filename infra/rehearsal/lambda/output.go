package lambda

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"syscall"
)

const (
	// maxLineBytes cuts longer lines: one event of CloudWatch Logs at most,
	// docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html.
	maxLineBytes = 1 << 20
	// drainReads bounds what drain takes from a process that never stops
	// writing. Chosen; a pipe holds two reads.
	drainReads = 64
	readBytes  = 32 << 10
)

// output is what a process writes, passed on line by line in order.
type output struct {
	pipe *os.File
	raw  syscall.RawConn
	emit func(line string)

	mu   sync.Mutex
	rest []byte // a line without its end yet
	buf  []byte
}

func newOutput(pipe *os.File, emit func(line string)) (*output, error) {
	raw, err := pipe.SyscallConn()
	if err != nil {
		return nil, err
	}
	return &output{pipe: pipe, raw: raw, emit: emit, buf: make([]byte, readBytes)}, nil
}

// follow passes lines on until every writer of the pipe is gone or its read
// deadline passes, then the last line though it has no end.
func (o *output) follow() {
	_ = o.raw.Read(func(fd uintptr) bool { return o.read(fd, 1<<30) })
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.rest) > 0 {
		o.line(o.rest)
		o.rest = nil
	}
}

// drain passes on what has been written so far, before it returns.
func (o *output) drain() {
	_ = o.raw.Control(func(fd uintptr) { o.read(fd, drainReads) })
}

// read passes on what the pipe has now; it says whether that was its end.
func (o *output) read(fd uintptr, times int) (end bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for range times {
		n, again := readNow(fd, o.buf)
		if again {
			return false
		}
		if n <= 0 {
			return true
		}
		o.feed(o.buf[:n])
	}
	return false
}

func (o *output) feed(b []byte) {
	for {
		line, after, whole := bytes.Cut(b, []byte("\n"))
		o.rest = append(o.rest, line...)
		if !whole && len(o.rest) < maxLineBytes {
			return
		}
		o.line(o.rest)
		o.rest = o.rest[:0]
		if !whole {
			return
		}
		b = after
	}
}

func (o *output) line(b []byte) { o.emit(strings.TrimSuffix(string(b), "\r")) }
