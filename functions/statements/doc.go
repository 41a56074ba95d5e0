// Package statements holds the security statements of the reliability bar as
// tests, each named by its number (issue 3 part 6): what must hold of every row
// at once, asked from outside by HTTP. What is about one row stands beside that
// row.
//
// Most run on infra/local and, with the tag "rehearsal", on the synthesized
// templates; those that look into the process or count its calls run on
// infra/local only. Timings are no test: make bench prints them.
//
// It must never hold anything that is deployed.
//
// Next: wire_test.go, how calls are seen; the tests by number.
package statements
