// Command rehearse is `make rehearse`: it runs the scenario suite of the HTTP API
// (functions/..., the same tests as `make test` runs on infra/local) against the
// synthesized templates, and fails on what a deploy would find out: a call that
// a role does not allow, a grant that nothing needs, a function beyond its
// memory, a function that nothing calls, two builds that differ in more than the
// machine they are for.
//
// It runs infra/rehearsal/sweep as well, every fault on every call, and prints what
// was tried.
//
// It says with one line what is wrong with its input (a broken template, a
// missing binary) before it runs anything, ends with status 1 then, and leaves
// nothing running.
//
// It never reaches AWS. Next: infra/rehearsal.
package main
