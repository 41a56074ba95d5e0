package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain makes the test binary the command itself when it is told so.
func TestMain(m *testing.M) {
	if os.Getenv("ACT_AS_REHEARSE") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestBadInputEndsWithOneLineAndStatusOne(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(t.TempDir(), "gone")
	broken := filepath.Join(t.TempDir(), "manifest.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no binary":              {[]string{"-binary", gone, "-deployed", self, "-assembly", gone}, "no rehearsal binary (make rehearse builds it)"},
		"nothing to deploy":      {[]string{"-binary", self, "-deployed", gone, "-assembly", gone}, "no binary to deploy (make build makes it)"},
		"another build":          {[]string{"-binary", self, "-deployed", goTool(t), "-assembly", gone}, "are built differently"},
		"no templates":           {[]string{"-binary", self, "-deployed", self, "-assembly", gone}, "make synth writes one"},
		"templates cut off":      {[]string{"-binary", self, "-deployed", self, "-assembly", filepath.Dir(broken)}, "manifest.json"},
		"an argument too many":   {[]string{"everything"}, `unexpected argument "everything"`},
		"a seed that is no seed": {[]string{"-seed", "x"}, `invalid value "x" for flag -seed`},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(self, c.args...)
			cmd.Env = append(os.Environ(), "ACT_AS_REHEARSE=1")
			var said strings.Builder
			cmd.Stderr = &said
			err := cmd.Run()
			var ended *exec.ExitError
			if !errors.As(err, &ended) || ended.ExitCode() != 1 {
				t.Errorf("it ends with %v", err)
			}
			lines := strings.Split(strings.TrimSpace(said.String()), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, "rehearse: ") || !strings.Contains(last, c.want) {
				t.Errorf("got %s, want %s", said.String(), c.want)
			}
		})
	}
}

// goTool is a Go binary of another module.
func goTool(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	return path
}
