// Package scanner does to an invitation's links what mail gateways, link
// rewriters and preview robots do to them before a person does: the profiles of
// row M1. Nothing here holds a session or knows a password.
//
// It must never send what a person supplies on purpose: a password of their own
// choice, or an answer that says no. Whoever makes up a password that the policy
// takes is, for the API, the person; and whoever presses "decline" and confirms
// it has declined.
//
// Next: profile.go; functions/statements runs it against the local system and
// the rehearsal, infra/rehearsal/scan against a deployed stack. The profile with
// a real browser is functions/pages/testdata/scanner.test.mjs.
package scanner
