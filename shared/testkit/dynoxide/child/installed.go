package child

import (
	"os"
	"path/filepath"
)

// Installed returns the full path of a file that `npm ci --prefix infra`
// installs, named as below node_modules with slashes, and whether it is there. It
// looks in the module that the working directory lies in.
func Installed(name string) (path string, isThere bool) {
	root, isModule := moduleRoot()
	if !isModule {
		return "", false
	}
	path = filepath.Join(root, "infra", "node_modules", filepath.FromSlash(name))
	_, err := os.Stat(path)
	return path, err == nil
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
