//go:build !race

package simulation

// Replays says that a seed does the same each time it is run.
const Replays = true
