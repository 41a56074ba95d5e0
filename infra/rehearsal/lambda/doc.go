// Package lambda runs functions as AWS Lambda would: one process per execution
// environment, spoken to over the Lambda Runtime API, with exactly the settings
// the template gives it and nothing of this machine's environment.
//
// What it keeps of Lambda, each cited where it is done: one request at a time
// per process and more processes for more requests; processes frozen between
// requests, reused, and sometimes not; ten seconds for the start; the timeout
// by the real clock, while the deadline a function reads is by the test's;
// payload limits; the words of Lambda's own errors. What it cannot keep: the
// memory setting is measured, not enforced (a Go process cannot be held by its
// address space), the share of the processor does not follow it, and the file
// system is this machine's.
//
// It must never be linked into what is deployed, knows nothing of the functions
// it runs, listens on the loopback only, and leaves no process behind: not after
// Close, and on Linux not when the host itself is killed.
//
// Next: host.go for the parts, invoke.go for one invocation, runtimeapi.go for
// what a process says to its host.
package lambda
