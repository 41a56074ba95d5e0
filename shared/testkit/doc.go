// Package testkit is for tests only: a running system with a clock that the
// test moves, a seeded workspace, HTTP clients that are somebody, and the inbox.
//
// It uses the real parts: the embedded database, the handlers as deployed, and
// raw messages at the SES gate. Nothing of ours is mocked. A test package has
// one database server and each test its own tables in it.
//
// It must never be imported by what is deployed.
//
// Next: world.go.
package testkit
