package soak

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Trials is how often something big is tried: full times with SOAK=full in the
// environment, a hundredth with SOAK=least, else a tenth; at least once. The test's log says which,
// and one line of the file that TRIALS names, if any, says at the test's end
// how long that took and whether it held.
func Trials(t testing.TB, full int) int {
	t.Helper()
	n := max(1, full/10)
	switch {
	case Full():
		n = full
	case os.Getenv("SOAK") == "least": // where a trial starts processes: the rehearsal
		n = max(3, full/100)
	}
	t.Logf("%d of %d", n, full)
	if file := os.Getenv("TRIALS"); file != "" {
		where, began := caller(), time.Now()
		t.Cleanup(func() {
			if err := note(file, line(!t.Failed(), n, full, time.Since(began), where, t.Name())); err != nil {
				t.Error(err)
			}
		})
	}
	return n
}

// Full reports whether everything is asked for, SOAK=full.
func Full() bool { return os.Getenv("SOAK") == "full" }

// line is what the file says of a test.
func line(held bool, n, full int, took time.Duration, where, test string) string {
	verdict := "ok"
	if !held {
		verdict = "FAIL"
	}
	return fmt.Sprintf("%-4s %7d of %-7d %7.1f s  %s %s\n", verdict, n, full, took.Seconds(), where, test)
}

// note appends a line. Test packages run at once: one short write keeps lines
// whole.
func note(file, line string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(line); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// caller is the package of whoever called Trials.
func caller() string {
	pc, _, _, ok := runtime.Caller(2)
	if !ok {
		return "?"
	}
	name := runtime.FuncForPC(pc).Name() // portero/functions/invitations_test.TestX.func1
	slash := strings.LastIndex(name, "/") + 1
	pkg, _, _ := strings.Cut(name[slash:], ".")
	return strings.TrimPrefix(name[:slash], "portero/") + strings.TrimSuffix(pkg, "_test")
}
