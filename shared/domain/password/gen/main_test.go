package main

import (
	"os"
	"path/filepath"
	"testing"

	"portero/shared/domain/password"
)

func TestPackWritesCountsAndSortedRests(t *testing.T) {
	packed := pack(map[uint32]bool{0x00000000: true, 0x01020304: true, 0x01020303: true, 0xffffffff: true})
	if len(packed) != 257*4+4*3 {
		t.Fatalf("%d bytes", len(packed))
	}
	count := func(i int) byte { return packed[4*i+3] }
	if count(0) != 0 || count(1) != 1 || count(2) != 3 || count(255) != 3 || count(256) != 4 {
		t.Errorf("counts %d %d %d %d %d", count(0), count(1), count(2), count(255), count(256))
	}
	if got := string(packed[257*4:]); got != "\x00\x00\x00\x02\x03\x03\x02\x03\x04\xff\xff\xff" {
		t.Errorf("records %x", got)
	}
}

func TestRunKeepsWhatOnlyAListCanRefuse(t *testing.T) {
	dir := t.TempDir()
	list, out := filepath.Join(dir, "list"), filepath.Join(dir, "out")
	words := "umbrella7\r\nUmbrella7\nshort\n12345678\nportero2026\ngranite umbrella\nover the limit\n"
	if err := os.WriteFile(list, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{list}, 3, out); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want := pack(map[uint32]bool{
		password.Fingerprint("umbrella7"): true, password.Fingerprint("portero2026"): true, password.Fingerprint("granite umbrella"): true,
	})
	if string(got) != string(want) {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
	if run(nil, 3, out) == nil || run([]string{filepath.Join(dir, "missing")}, 3, out) == nil {
		t.Error("no error without a list")
	}
}
