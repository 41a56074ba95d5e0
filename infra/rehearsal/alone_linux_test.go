package rehearsal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// alone fails the test while a process that it started is there.
func alone(t *testing.T) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(all) == 0 {
		t.Fatalf("who runs cannot be seen: %v", err)
	}
	for _, file := range all {
		raw, err := os.ReadFile(file)
		if err != nil {
			continue // ended meanwhile
		}
		// After the name, in parentheses: state, parent
		// (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
		_, rest, _ := bytes.Cut(raw[bytes.LastIndexByte(raw, ')')+1:], []byte(" "))
		if fields := strings.Fields(string(rest)); len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			t.Errorf("%s is left running: %s", file, bytes.TrimSpace(raw))
		}
	}
}
