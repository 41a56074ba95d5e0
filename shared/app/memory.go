package app

import "runtime/debug"

// gcPercent lets the heap grow to five times what is in use before Go collects
// garbage. A function in use holds 2 to 4 MB, so at Go's own 100 it collects after
// every few requests: a page of 50 invitations takes 0.7 MB. Measured with
// `go run ./infra/local/bench rates`: lists 10 to 20 % more a second, and what it
// costs in memory is far below contract.Function.Memory.
const gcPercent = 400

// CollectLess sets how often this process collects garbage; mains call it first.
func CollectLess() { debug.SetGCPercent(gcPercent) }
