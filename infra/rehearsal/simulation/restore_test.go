package simulation_test

import (
	"testing"

	"portero/infra/rehearsal/simulation"
)

// drills is how many restore drills are done; DRILLS says otherwise. As long as
// nothing happened in them that could go wrong, more are, mostDrills times as many at most.
const (
	drills     = 2
	mostDrills = 5
)

// TestD40RestoreDrill restores tables to an instant after which mails were sent.
// Half of the drills send what waited, half give it up.
func TestD40RestoreDrill(t *testing.T) {
	var window, parked, released int
	n := setting(t, "DRILLS", drills)
	little := func() bool { return window == 0 || parked == 0 || released == 0 }
	for number := uint64(0); number < n || little() && number < mostDrills*n; number++ {
		got := simulation.Restore(t, simulation.Options{Seed: 1000 + number, Steps: simulation.Steps}, true)
		if len(got.Broken) > 0 {
			t.Errorf("drill %d, step %d: %v\n%s", 1000+number, got.Step, got.Broken, got.Tail)
		}
		t.Logf("drill %d: %d mails sent in what was lost, %d waited, %d went out from their release on", 1000+number, got.Window, got.Parked, got.Released)
		window, parked, released = window+got.Window, parked+got.Parked, released+got.Released
	}
	if little() {
		t.Errorf("%d mails sent in what was lost, %d waited, %d went out: too little happened for this to say anything", window, parked, released)
	}
}

// TestWithoutItsGuardARestoreMailsAgain says what the guard is for.
func TestWithoutItsGuardARestoreMailsAgain(t *testing.T) {
	for number := range uint64(5) {
		if got := simulation.Restore(t, simulation.Options{Seed: 1000 + number, Steps: simulation.Steps}, false); got.Released > 0 {
			t.Logf("drill %d: %d mails were sent again", 1000+number, got.Released)
			return
		}
	}
	t.Error("nothing was sent again: the drill is too tame")
}
