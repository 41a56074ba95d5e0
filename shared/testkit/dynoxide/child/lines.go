package child

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// tailBytes is how much of a child's last output an error carries. Chosen; one
// error line of either part fits several times.
const tailBytes = 600

// lines passes a child's output on line by line, remembers its end, and says
// when the line came that Ready waits for. exec calls Write from one goroutine;
// tail may be called from any.
type lines struct {
	log     io.Writer
	isReady func(string) bool
	ready   chan struct{}
	part    []byte

	mu   sync.Mutex
	last []byte
}

func newLines(log io.Writer, isReady func(string) bool) *lines {
	if log == nil {
		log = io.Discard
	}
	l := &lines{log: log, isReady: isReady, ready: make(chan struct{})}
	if isReady == nil {
		close(l.ready)
	}
	return l
}

// Write never fails: a log that cannot be written must not end the child.
func (l *lines) Write(b []byte) (int, error) {
	l.remember(b)
	l.part = append(l.part, b...)
	for {
		end := bytes.IndexByte(l.part, '\n')
		if end < 0 {
			return len(b), nil
		}
		line := l.part[:end+1]
		_, _ = l.log.Write(line)
		if l.isReady != nil && l.isReady(strings.TrimSpace(string(line))) {
			close(l.ready)
			l.isReady = nil
		}
		l.part = l.part[end+1:]
	}
}

func (l *lines) remember(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = append(l.last, b...)
	if over := len(l.last) - tailBytes; over > 0 {
		l.last = append([]byte(nil), l.last[over:]...)
	}
}

// tail is the end of the output on one line.
func (l *lines) tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(strings.Fields(string(l.last)), " ")
}
