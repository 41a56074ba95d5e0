// Package jobs holds what the clock calls every minute: remind, expire and
// redeliver. "Now" is the event's time, so a tick that comes late or twice does
// what it would have done in time, and nothing twice.
//
// Each pages through what is due (app.Sweep) and costs what is due, never
// what is pending. The index only says where to look: every thing is read
// strongly before anything is decided, and committed under the version that was
// read; one that changed meanwhile is left to the next tick.
//
// One thing that fails must never keep the others waiting: it is logged,
// counted, and stays due.
//
// Next: shared/app/sweep.go, then remind.go.
package jobs
