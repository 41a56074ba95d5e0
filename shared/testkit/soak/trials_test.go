package soak

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATenthUnlessTheSoakAsksForAll(t *testing.T) {
	for _, c := range []struct {
		name, env  string
		full, want int
	}{
		{"a tenth", "", 1000, 100},
		{"all of it", "full", 1000, 1000},
		{"at least one", "", 5, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("SOAK", c.env)
			t.Setenv("TRIALS", "")
			if got := Trials(t, c.full); got != c.want {
				t.Errorf("%d of %d, want %d", got, c.full, c.want)
			}
		})
	}
}

func TestTheFileSaysWhatWasTried(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trials")
	t.Setenv("SOAK", "")
	t.Setenv("TRIALS", file)
	for range 2 {
		t.Run("inner", func(t *testing.T) { Trials(t, 50) })
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for _, l := range lines {
		if !strings.HasPrefix(l, "ok         5 of 50 ") || !strings.Contains(l, "shared/testkit/soak TestTheFileSaysWhatWasTried/inner") {
			t.Errorf("%q", l)
		}
	}
	if len(lines) != 2 {
		t.Errorf("%d lines", len(lines))
	}
	if got := line(false, 1, 10, 0, "a", "b"); !strings.HasPrefix(got, "FAIL ") {
		t.Errorf("%q", got)
	}
}
