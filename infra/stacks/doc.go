// Package stacks cuts the deployment into CloudFormation stacks by life:
//
//	data   the tables; what must outlive every mistake
//	mail   the sender's identity and the configuration set
//	site   what has an address: pages, CloudFront, the HTTP API that it forwards to
//	api    the functions behind the HTTP API, a nested stack per resource
//	jobs   what the clock, AWS or the operator calls
//	watch  dashboard and alarms
//
// Everything is made from the rows: an endpoint, a job or a table is added in
// its own room and needs no edit here. The stacks refer to one another by name
// where a name is known beforehand, so that an export never keeps one of them
// from changing; the exceptions are what only CloudFormation knows: the HTTP
// API, CloudFront's address, the origin secret and the streams.
//
// The HTTP API stands in site, not in api: CloudFront needs its address and the
// functions need CloudFront's, so it must be made before both.
//
// The package must never look anything up: a synth needs no credentials and no
// network, and two of them are the same bytes.
//
// Next: synth.go, then settings.go for what an operator may set, then
// infra/constructs for how a row becomes resources.
package stacks
