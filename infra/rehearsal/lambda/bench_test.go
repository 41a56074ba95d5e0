package lambda

import (
	"os"
	"testing"
)

func benchHost(b *testing.B, retireEvery int) *Host {
	o := options(os.Args[0])
	o.RetireEvery = retireEvery
	h, err := New(o, []Function{named("echo")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = h.Close() })
	return h
}

func BenchmarkWarmInvocation(b *testing.B) {
	h := benchHost(b, 0)
	for b.Loop() {
		if _, err := h.Invoke(b.Context(), "echo", []byte("{}")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkColdInvocation(b *testing.B) {
	h := benchHost(b, 1)
	for b.Loop() {
		if _, err := h.Invoke(b.Context(), "echo", []byte("{}")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFreezeAndThaw(b *testing.B) {
	h := benchHost(b, 0)
	if _, err := h.Invoke(b.Context(), "echo", []byte("{}")); err != nil {
		b.Fatal(err)
	}
	one := h.pools["echo"].idle[0]
	for b.Loop() {
		one.thaw()
		one.freeze()
	}
}

func BenchmarkPeakMemory(b *testing.B) {
	for b.Loop() {
		if _, err := peakBytes(os.Getpid()); err != nil {
			b.Fatal(err)
		}
	}
}
