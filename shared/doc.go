// Package shared holds what the functions are made of; it has no code of its
// own, only the test that keeps the house: who may import whom, which calls
// belong to which room, what stands at the top of the tree.
//
// In reading order: domain (what is true), contract (the row types), web (event
// to typed call), dynamo (the store), mail (compose and send), app (the
// composition root), testkit (for tests).
package shared
