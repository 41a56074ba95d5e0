package password

import (
	"fmt"
	"testing"

	"portero/shared/testkit/soak"
)

func TestBlocklistIsWhole(t *testing.T) {
	n := blocklistNumber(4*256, 4)
	if n < 100000 {
		t.Errorf("%d entries, want 100,000 at least", n) // product rule: reliability D26
	}
	if want := blocklistHeader + blocklistRecord*int(n); len(blocklist) != want {
		t.Fatalf("%d bytes, want %d", len(blocklist), want)
	}
	if len(blocklist) > 410_000 {
		t.Errorf("%d bytes are too many for a cold start", len(blocklist))
	}
	last := int64(-1)
	for first := range 256 {
		from, to := blocklistNumber(4*first, 4), blocklistNumber(4*(first+1), 4)
		for i := from; i < to; i++ {
			f := int64(first)<<24 | int64(blocklistNumber(blocklistHeader+blocklistRecord*int(i), blocklistRecord))
			if f <= last {
				t.Fatalf("entry %d is out of order", i)
			}
			last = f
		}
	}
}

func TestEveryFingerprintIsFound(t *testing.T) {
	// The edges of every first byte, where a search goes wrong first.
	for first := range 256 {
		from, to := int(blocklistNumber(4*first, 4)), int(blocklistNumber(4*(first+1), 4))
		for _, i := range []int{from, (from + to) / 2, to - 1} {
			f := uint32(first)<<24 | blocklistNumber(blocklistHeader+blocklistRecord*i, blocklistRecord)
			if !stands(f) {
				t.Fatalf("entry %d is not found", i)
			}
		}
	}
}

func TestFalseRefusalsAreRare(t *testing.T) {
	tries := soak.Trials(t, 200_000)
	refused := 0
	for i := range tries {
		if listed(fmt.Sprintf("not on any list %d", i)) {
			refused++
		}
	}
	// Six are expected in all; the bound is one in 10,000.
	if refused > tries/10_000 {
		t.Errorf("%d of %d refused", refused, tries)
	}
}

func TestFingerprintIgnoresCaseAndForm(t *testing.T) {
	if Fingerprint("Contrase\u00f1a") != Fingerprint("contrasen\u0303a") {
		t.Error("forms of one password have two fingerprints")
	}
	if Fingerprint("baseball1") == Fingerprint("baseball2") {
		t.Error("two passwords have one fingerprint")
	}
}
