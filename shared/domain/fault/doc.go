// Package fault is the vocabulary of what a caller can do something about.
//
// A *fault.Error carries a kind (which shared/web alone turns into an HTTP
// status), a stable code that programs may rely on, a public sentence, the
// fields at fault and a private cause. Every other error is ours: it becomes a
// 500 with a constant sentence and a logged cause.
//
// It must never know HTTP, AWS or a workspace's words, and a public sentence
// never says whether an address or somebody else's object exists.
//
// Next: shared/web/problem.go, which renders these as RFC 9457 problems.
package fault
