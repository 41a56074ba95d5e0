// Package simulation runs the functions, their stores and a scheduler in one
// process, over a fresh database per seed: random people do random things while
// calls fail, functions are cut off, stream batches come twice and out of
// order, ticks come double, and clocks are ten minutes apart. Whatever a seed
// does, it does again: the same calls, faults and answers, byte for byte.
//
// How that is held, as FoundationDB's simulation holds it
// (https://apple.github.io/foundationdb/testing.html):
//   - one bubble of testing/synctest per seed: time is the bubble's, so waits
//     cost nothing and a timeout is an instant like any other;
//   - a function stops at each call to the database or SES, and goes on when the
//     scheduler lets it: between two choices of the scheduler one goroutine runs;
//   - all randomness of the functions is crypto/rand's, which
//     testing/cryptotest seeds;
//   - the database is the embedded one, in a process of its own, outside of the
//     bubble; it is serial, so conflicts are injected. Its TTL, which goes by the
//     machine's clock, is off: what is over must be over though it is never removed.
//
// The restore drill (restore.go) is the same world whose tables are lost and
// restored to an earlier instant.
//
// It must never weaken a check because a seed found something: a seed that
// fails is a bug in a function or here.
//
// Next: seed.go, the life of a seed; scheduler.go; flow.go, what people do;
// check.go, what must hold. `make simulate SEED=n` replays a seed.
package simulation
