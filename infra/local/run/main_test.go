package main

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestAStartThatCannotBeLeavesNothingBehind(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)
	for _, c := range []struct{ name, port, says string }{
		{"a taken port", port, "port " + port + " is taken"},
		{"no port", "eighty", "PORT=eighty is not a port"},
		{"a port too high", "65536", "PORT=65536 is not a port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			t.Setenv("PORT", c.port)
			t.Setenv("DATA", data)
			if err := run(t.Context()); err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error is %v", err)
			}
			if _, err := os.Stat(data); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the data folder is there: %v", err)
			}
		})
	}
}

func TestTwoRunsNeverShareADataFolder(t *testing.T) {
	data := t.TempDir()
	release, err := hold(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hold(data); err == nil || !strings.Contains(err.Error(), "is in use by another run") {
		t.Errorf("error is %v", err)
	}
	release()
	if release, err = hold(data); err != nil {
		t.Fatal(err)
	}
	release()
}
