// Package contract holds the row types: what a function is, who may call it,
// what it uses and what it costs. One row declares an endpoint, a job, a
// trigger or an operator's task; from the rows come the CDK functions, routes
// and roles, the local gateway, the OpenAPI document, the authorization grid
// and the check of the event samples.
//
// Rows are values without behaviour. The package must never import a handler,
// the AWS SDK or the CDK.
//
// Next: functions/functions.go, the list of every row.
package contract
