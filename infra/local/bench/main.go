// Command bench prints the figures of design.md §9 in one run: starts, flows
// against the bare database calls they make, units, lists and jobs over many
// pending invitations. `make bench` runs it. Figures are this machine's; ratios
// within one run are what to read.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	_ "time/tzdata" // zones do not depend on the machine
)

func main() {
	fmt.Printf("Portero, %s/%s, %d CPUs, %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	ctx := context.Background()
	for _, part := range []func(context.Context) error{measureStarts, measureFlows, measureRates, measureMany} {
		if err := part(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
	}
}
