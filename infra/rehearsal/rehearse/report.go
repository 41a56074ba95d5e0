package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"portero/infra/rehearsal"
	"portero/infra/rehearsal/lambda"
	"portero/shared/contract"
)

// report prints what each function took, over all its processes.
func report(out io.Writer, seen *rehearsal.Ledger, took time.Duration) {
	all := byFunction(seen.Stats())
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "function\tcalls\tcold\tcold p50\tp99\twarm p50\tp99\tpeak\t")
	calls, starts := 0, 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		m := all[name]
		calls, starts = calls+len(m.Durations), starts+len(m.Starts)
		if len(m.Durations) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%.1f ms\t%.1f ms\t%.1f ms\t%.1f ms\t%.1f MiB\t\n", name, len(m.Durations), len(m.Starts),
			lambda.Quantile(m.Starts, 50), lambda.Quantile(m.Starts, 99), lambda.Quantile(m.Durations, 50), lambda.Quantile(m.Durations, 99), float64(m.PeakBytes)/(1<<20))
	}
	_ = w.Flush() // to the terminal
	fmt.Fprintf(out, "rehearsed: %d functions, %d calls, %d cold starts, %d grants, all of it in %s\n", len(all), calls, starts, seen.Grants(), took.Round(time.Second))
}

func byFunction(stats []rehearsal.Measured) map[string]rehearsal.Measured {
	all := map[string]rehearsal.Measured{}
	for _, s := range stats {
		m := all[s.Row]
		m.Row = s.Row
		m.Durations, m.Starts = append(m.Durations, s.Durations...), append(m.Starts, s.Starts...)
		m.PeakBytes = max(m.PeakBytes, s.PeakBytes)
		all[s.Row] = m
	}
	return all
}

// unneeded fails on grants that no scenario needed, unless they are expected.
func unneeded(unused []rehearsal.Granted) error {
	var lines []string
	met := map[int]bool{}
	for _, g := range unused {
		if i := expectedUnused(g); i >= 0 {
			met[i] = true
			continue
		}
		lines = append(lines, "  "+g.Row+" "+g.Grant.String())
	}
	for i, e := range expected {
		if !met[i] {
			lines = append(lines, fmt.Sprintf("  %s %s is listed as never needed, but it is: strike it off the list", e.row, e.grant))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return errors.New("grants that nothing needed (take them from the row, or list them with a reason in infra/rehearsal/rehearse/expected.go):\n" + strings.Join(lines, "\n"))
}

// uncalled fails on functions that no scenario called.
func uncalled(rows []contract.Row, stats []rehearsal.Measured) error {
	all := byFunction(stats)
	var names []string
	for _, r := range rows {
		if name := r.Base().Name; len(all[name].Durations) == 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("functions that no scenario called: %s", strings.Join(names, ", "))
}
