// Package sweep tries every fault on every call that every function makes in its
// success path, one at a time, on the synthesized templates with a process per
// function, so that a kill is a real one (statements 5, 6 and 8 of
// reliability.md, section D). After each, whoever asked asks again, the clock
// goes on, and then everything has happened exactly once and the invariants hold
// (infra/rehearsal/invariant, statements 1 to 4, 10, 11, 14, 16 and 19; the loop
// guard, 18, is the simulation's, the poison record, 12, a test of
// functions/jobs). It prints how many of the calls × faults were
// tried, which must be all.
//
// There is no list of functions here: what is on functions.All is swept. A
// function's request is its event sample with real things in the place of what
// the sample names (scene_test.go); a case is a copy of a workspace in which the
// request succeeds (stencil_test.go), so that no case meets another.
//
// It is tests only, with the build tag "rehearsal", and runs with `make sweep`; with
// SOAK=full each attempt that the SDK repeats is lost by itself too.
// Begin at sweep_test.go.
package sweep
