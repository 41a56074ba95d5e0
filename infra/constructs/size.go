package constructs

import (
	"math"
	"time"

	"portero/shared/contract"
)

// memoryMiB returns a row's memory; whoever hashes passwords gets a whole
// vCPU at least.
func memoryMiB(f contract.Function) int {
	memory := f.MemoryMiB
	if memory == 0 {
		memory = contract.DefaultMemoryMiB
	}
	if f.Uses.Hashing {
		memory = max(memory, contract.HashMemoryMiB)
	}
	return memory
}

// timeout returns a row's time limit in whole seconds, as Lambda has it.
func timeout(f contract.Function) time.Duration {
	limit := f.Timeout
	if limit == 0 {
		limit = contract.DefaultTimeout
	}
	return time.Duration(math.Ceil(limit.Seconds())) * time.Second
}
