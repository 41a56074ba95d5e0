// Package functions lists everything that is deployed: one file below it is one
// endpoint, job, trigger or task, and one Lambda function. Nothing is deployed,
// run or documented that is not on the list.
//
// Resource, then verb: invitations/accept.go holds the row, the wire types and
// the handler of invitations/accept. A handler translates, calls the domain,
// translates back; it holds no rule, no status code and no SDK type.
//
// Next: functions.go, then any file of invitations/.
package functions
