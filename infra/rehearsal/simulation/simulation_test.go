package simulation_test

import (
	"bytes"
	"testing"

	"portero/infra/rehearsal/simulation"
)

func TestOne(t *testing.T) {
	for n := range uint64(12) {
		a := simulation.Run(t, n, 200)
		t.Logf("%d: steps %d runs %d calls %d %s", n, a.Step, a.Runs, a.Calls, a.Weather)
		t.Log(a.Flows, a.Statuses, a.Faults)
		for _, b := range a.Broken {
			t.Errorf("%s\n%s", b, a.Tail)
		}
		b := simulation.Run(t, n, 200)
		if !bytes.Equal(a.Trace, b.Trace) {
			la, lb := bytes.Split(a.Trace, []byte("\n")), bytes.Split(b.Trace, []byte("\n"))
			for i := range la {
				if i >= len(lb) || !bytes.Equal(la[i], lb[i]) {
					t.Fatalf("line %d\n%s\n%s\n%s", i, la[max(0, i-1)], la[i], lb[min(i, len(lb)-1)])
				}
			}
		}
	}
}
