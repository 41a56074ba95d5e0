// Package app is the composition root: it turns settings into clients, clients
// into the store and the mailer, and binds rows to handlers.
//
// It is the only place that reads the environment and the clock, and one of two
// that may draw randomness. SDK clients come from a hand-made aws.Config: the
// default loader costs 7–17 ms of a cold start, this one 0.1 ms. No call goes
// out before the first event.
//
// It also holds what several functions of the outbox and the clock share:
// courier.go delivers one message, sweep.go goes through what is due.
//
// Next: functions/functions.go, the list of everything bound here.
package app
