package main

import (
	"debug/buildinfo"
	"fmt"
	"runtime/debug"
	"strings"
)

// sameBuild compares how two binaries were built: the rehearsed one and the one
// that would be deployed may differ in the machine they are for and in nothing
// else.
func sameBuild(rehearsed, deployed string) error {
	a, err := buildinfo.ReadFile(rehearsed)
	if err != nil {
		return fmt.Errorf("no rehearsal binary (make rehearse builds it): %w", err)
	}
	b, err := buildinfo.ReadFile(deployed)
	if err != nil {
		return fmt.Errorf("no binary to deploy (make build makes it): %w", err)
	}
	return compare(a, b)
}

// machine are the settings that name the machine a binary is for.
func machine(key string) bool {
	return key == "GOOS" || strings.HasPrefix(key, "GOARCH") || key == "GOARM64" || key == "GOAMD64"
}

// machineModule is linked where x/crypto asks the processor what it can do, on
// amd64 only.
const machineModule = "golang.org/x/sys"

func compare(a, b *debug.BuildInfo) error {
	of := func(i *debug.BuildInfo) string {
		copied := *i
		copied.Settings, copied.Deps = nil, nil
		for _, s := range i.Settings {
			if !machine(s.Key) {
				copied.Settings = append(copied.Settings, s)
			}
		}
		for _, d := range i.Deps {
			if d.Path != machineModule {
				copied.Deps = append(copied.Deps, d)
			}
		}
		return copied.String()
	}
	left, right := strings.Split(of(a), "\n"), strings.Split(of(b), "\n")
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		if l != r {
			return fmt.Errorf("the rehearsed binary and the deployed one are built differently: %q and %q", l, r)
		}
	}
	return nil
}
