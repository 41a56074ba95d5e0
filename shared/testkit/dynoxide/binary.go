package dynoxide

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	// endpointVariable names a database to use instead of starting one.
	endpointVariable = "DYNAMODB_ENDPOINT"
	// pinned is the release in infra/package.json, whose schema file.go knows.
	pinned = "dynoxide 1.2.1"
)

// errMissing is one line, because it is what a newcomer reads first.
var errMissing = errors.New("dynoxide is not installed: run `npm ci --prefix infra`" +
	" (Linux on x64; elsewhere put a dynoxide on PATH or set " + endpointVariable + ")")

// find returns the database's binary: the one from the lock file, else one on
// PATH.
func find() (string, error) {
	if runtime.GOOS == "linux" && runtime.GOARCH == "amd64" {
		if root, ok := moduleRoot(); ok {
			binary := filepath.Join(root, "infra", "node_modules", "@dynoxide", "linux-x64", "dynoxide")
			if _, err := os.Stat(binary); err == nil {
				return binary, nil
			}
		}
	}
	if binary, err := exec.LookPath("dynoxide"); err == nil {
		return binary, nil
	}
	return "", errMissing
}

// moduleRoot walks up from the working directory to the one with go.mod.
func moduleRoot() (string, bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// isPinned asks the binary for its release, which takes about 2 ms.
func isPinned(ctx context.Context, binary string) bool {
	out, err := exec.CommandContext(ctx, binary, "--version").Output()
	return err == nil && strings.TrimSpace(string(out)) == pinned
}
