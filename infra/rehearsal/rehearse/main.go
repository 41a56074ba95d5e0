package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"portero/functions"
	"portero/infra/rehearsal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "rehearse:", err)
		os.Exit(1)
	}
}

// settings are the command's flags.
type settings struct {
	assembly, binary, deployed, only, packages string
	seed                                       uint64
}

func parse(args []string, usage io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("rehearse", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&s.assembly, "assembly", "build/cdk.out", "the synthesized templates (make synth)")
	flags.StringVar(&s.binary, "binary", "build/rehearsal/bootstrap", "functions/bootstrap, built for this machine")
	flags.StringVar(&s.deployed, "deployed", "build/function/bootstrap", "the binary that would be deployed, to compare builds")
	flags.StringVar(&s.only, "run", "", "only tests that match, as go test -run has it; grants that nothing needed are not reported then")
	flags.StringVar(&s.packages, "packages", "./infra/rehearsal/sweep ./functions/...", "the packages whose scenarios are run")
	flags.Uint64Var(&s.seed, "seed", 1, "of what Lambda and the streams do at random")
	err := flags.Parse(args)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q; see -help", flags.Arg(0))
	}
	return s, err
}

func run(ctx context.Context, args []string, out, usage io.Writer) error {
	s, err := parse(args, usage)
	if err != nil {
		return err
	}
	for _, path := range []*string{&s.assembly, &s.binary} {
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	if err := sameBuild(s.binary, s.deployed); err != nil {
		return err
	}
	if err := dress(ctx, s); err != nil {
		return err
	}
	ledgers, err := os.MkdirTemp("", "portero-rehearsal-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(ledgers) }() // of no use to anybody now
	began := time.Now()
	tests := scenarios(ctx, s, ledgers, out)
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	seen, err := collect(ledgers)
	if err != nil {
		return errors.Join(tests, err)
	}
	report(out, seen, time.Since(began))
	if swept, err := os.ReadFile(filepath.Join(ledgers, rehearsal.SweepReport)); err == nil {
		fmt.Fprintf(out, "%s", swept)
	}
	if s.only != "" {
		return tests
	}
	return errors.Join(tests, unneeded(seen.Unused()), uncalled(functions.Rows(), seen.Stats()))
}

// dress starts the templates once, so that what is wrong with them is one line
// and not the failure of every test.
func dress(ctx context.Context, s settings) error {
	system, err := rehearsal.Start(ctx, rehearsal.Options{Assembly: s.assembly, Binary: s.binary})
	if err != nil {
		return err
	}
	_, err = system.Invoke(ctx, "health/get", map[string]any{"version": "2.0"})
	return errors.Join(err, system.Close())
}

// scenarios runs the suite; its output goes on as it comes.
func scenarios(ctx context.Context, s settings, ledgers string, out io.Writer) error {
	args := []string{"test", "-tags", "rehearsal", "-count=1", "-shuffle=on", "-timeout", "30m",
		"-parallel", strconv.Itoa(2 * runtime.NumCPU())} // half of the sweep's time is the SDK's pauses
	if s.only != "" {
		args = append(args, "-run", s.only)
	}
	tests := exec.CommandContext(ctx, "go", append(args, strings.Fields(s.packages)...)...)
	tests.Stdout, tests.Stderr = out, out
	tests.Env = append([]string{"SOAK=least"}, os.Environ()...) // what the sweep says of it counts
	tests.Env = append(tests.Env,
		rehearsal.EnvAssembly+"="+s.assembly, rehearsal.EnvBinary+"="+s.binary,
		rehearsal.EnvLedgers+"="+ledgers, rehearsal.EnvSeed+"="+strconv.FormatUint(s.seed, 10))
	tests.Cancel = func() error { return tests.Process.Signal(os.Interrupt) }
	tests.WaitDelay = 10 * time.Second
	if err := tests.Run(); err != nil {
		return errors.New("the scenario suite failed; its lines stand above")
	}
	return nil
}

// collect reads what every test process wrote.
func collect(dir string) (*rehearsal.Ledger, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	all := &rehearsal.Ledger{}
	for _, f := range files {
		if err := all.Read(f); err != nil {
			return nil, err
		}
	}
	return all, nil
}
