// Package rehearsal runs the synthesized templates on this machine: the tables,
// streams, routes, mappings, schedules and rules they declare, and a process per
// function with the template's handler, environment and timeout (lambda). Every
// call to AWS goes through a gate that allows it only by the policies of that
// function's role (policy), and can make it fail (Fault).
//
// It reads the templates (template) and nothing that made them: what a construct
// forgot is missing here as it would be in AWS. It never deploys anything, and
// it does not run what stands outside the functions' own path: CloudFront's
// code, alarms, the dashboard, log retention.
//
// Start with System; the command that runs the whole scenario suite against it
// is infra/rehearsal/rehearse, and shared/testkit starts one System per test when
// it is built with the tag "rehearsal".
package rehearsal
