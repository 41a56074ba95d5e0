// Package outbox is for tests of the outbox and the clock: a firm in a store, the
// SES gate, and functions run with an app whose calls are counted and can be
// made to go wrong, one by one. What a test is about is committed as a request
// would commit it; there is no front door.
//
// It must never be imported by what is deployed.
//
// Next: outbox.go; wire.go for what can go wrong; shared/testkit for the same
// with a front door.
package outbox
