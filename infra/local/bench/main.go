// Command bench prints the figures of design.md §9 in one run: starts, flows
// against the bare database calls they make, units, replies at 1 and at 16,
// lists and jobs over many pending invitations, bulk work. `make bench` runs it, and
// `go run ./infra/local/bench rates` one part. Figures are this machine's;
// ratios within one run are what to read.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	_ "time/tzdata" // zones do not depend on the machine

	"portero/shared/app"
)

var parts = []struct {
	name string
	run  func(context.Context) error
}{{"starts", measureStarts}, {"flows", measureFlows}, {"rates", measureRates}, {"many", measureMany}, {"bulk", measureBulk}, {"alike", measureAlike}}

func main() {
	app.CollectLess() // as make run and the deployed functions do
	fmt.Printf("Portero, %s/%s, %d CPUs, %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	for _, part := range parts {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], part.name) {
			continue
		}
		if err := part.run(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
	}
}
