// Package local is the whole system on one machine: the HTTP gateway in API
// Gateway's payload format 2.0, every function in this process, the embedded
// database with its streams, the SES gate, the clock, and the pages.
//
// What `make run` starts is what the scenario suite drives: the same rows, the
// same handlers, the same store. It must never be linked into what is deployed,
// and listens on the loopback only.
//
// Next: system.go for the parts, gateway.go for what a request becomes.
package local
