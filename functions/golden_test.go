package functions_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// golden compares with a file, or rewrites it under `make golden`.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if os.Getenv("GOLDEN") == "update" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run `make golden`", err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs from what the rows say: run `make golden` and review the diff", file)
	}
}
