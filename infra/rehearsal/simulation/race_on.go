//go:build race

package simulation

// Replays is false under the race detector. It does not hear that a goroutine
// which a timer wakes comes after what the scheduler did before it slept, so the
// randomness is not begun anew then: such a build finds races, and need not
// replay.
const Replays = false
