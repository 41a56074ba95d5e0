package contract

import (
	"math"
	"time"
)

// Memory is what Lambda gives the function, in MiB: the row's, or
// DefaultMemoryMiB; whoever hashes passwords gets a whole vCPU at least.
func (f Function) Memory() int {
	memory := f.MemoryMiB
	if memory == 0 {
		memory = DefaultMemoryMiB
	}
	if f.Uses.Hashing {
		memory = max(memory, HashMemoryMiB)
	}
	return memory
}

// TimeLimit is Lambda's timeout of the function: the row's, or DefaultTimeout,
// in whole seconds, as Lambda has it.
func (f Function) TimeLimit() time.Duration {
	limit := f.Timeout
	if limit == 0 {
		limit = DefaultTimeout
	}
	return time.Duration(math.Ceil(limit.Seconds())) * time.Second
}
