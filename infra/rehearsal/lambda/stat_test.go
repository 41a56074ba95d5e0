package lambda

import (
	"testing"
	"time"
)

func TestQuantilesAreMeasuredValues(t *testing.T) {
	all := []time.Duration{4 * time.Millisecond, time.Millisecond, 3 * time.Millisecond, 2 * time.Millisecond}
	for percent, want := range map[int]float64{1: 1, 50: 2, 51: 3, 99: 4, 100: 4} {
		if got := Quantile(all, percent); got != want {
			t.Errorf("%d %%: %g, want %g", percent, got, want)
		}
	}
	if Quantile(nil, 50) != 0 {
		t.Error("of nothing")
	}
}
