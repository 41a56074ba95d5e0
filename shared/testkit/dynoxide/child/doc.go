// Package child starts a program of the local parts (the embedded database,
// the browser inbox), tells when it is ready, and ends it for certain.
//
// A child gets only the environment it is given, runs in its own process group
// where the system has them (so that Ctrl-C reaches the parent alone, which then
// ends its children in its own order), and on Linux is killed by the kernel when
// the parent dies, however the parent dies.
//
// It must never end a process that it did not start, and never look one up by
// name: it holds the handle of each.
//
// Look next at package dynoxide, and at infra/local/standin/inbox.
package child
