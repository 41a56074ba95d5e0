package password

import "fmt"

// Cost is what one hash costs. It comes in as a value so that tests which race
// many sign-ins can use a cheap one.
type Cost struct {
	MemoryKiB uint32 // memory of one hash in KiB
	Time      uint32 // passes over that memory
	Threads   uint8  // lanes, each of which may use a core
}

// DefaultCost is the OWASP minimum for argon2id (Password Storage Cheat Sheet;
// ASVS 5.0 §11.4.2; product rule: design.md §7): 19 MiB, two passes, one lane.
// Measured: 28 to 57 ms on one x86 core.
var DefaultCost = Cost{MemoryKiB: 19 * 1024, Time: 2, Threads: 1}

// Limits of a cost, so that a corrupted hash cannot exhaust a function: chosen,
// well above any cost worth paying and below what would stop a machine.
const (
	maxMemoryKiB = 1024 * 1024 // 1 GiB
	maxTime      = 16
	maxThreads   = 16
	// memoryPerThread is the least memory a lane needs, in KiB: RFC 9106 §3.1.
	memoryPerThread = 8
)

// Valid returns an error for a cost outside the limits: 8 KiB a thread to 1 GiB,
// 1 to 16 passes, 1 to 16 threads. The composition root checks its own at start.
func (c Cost) Valid() error {
	if c.Threads < 1 || c.Threads > maxThreads || c.Time < 1 || c.Time > maxTime ||
		c.MemoryKiB < memoryPerThread*uint32(c.Threads) || c.MemoryKiB > maxMemoryKiB {
		return fmt.Errorf("password: cost out of limits: %d KiB, %d passes, %d threads", c.MemoryKiB, c.Time, c.Threads)
	}
	return nil
}
