package dynoxide

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"strings"

	"portero/shared/testkit/dynoxide/child"
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
		if binary, isThere := child.Installed("@dynoxide/linux-x64/dynoxide"); isThere {
			return binary, nil
		}
	}
	if binary, err := exec.LookPath("dynoxide"); err == nil {
		return binary, nil
	}
	return "", errMissing
}

// isPinned asks the binary for its release, which takes about 2 ms.
func isPinned(ctx context.Context, binary string) bool {
	out, err := exec.CommandContext(ctx, binary, "--version").Output()
	return err == nil && strings.TrimSpace(string(out)) == pinned
}
