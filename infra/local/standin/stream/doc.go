// Package stream stands in for Lambda's event source mapping on a DynamoDB
// stream: it reads the stream's records in order, hands them to a function in
// batches as the JSON that Lambda sends, and does with failures what Lambda does:
// retries, bisecting, partial batch responses as checkpoints, and a failure
// destination in the end
// (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html,
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
//
// Where it differs: it retries at once, has no age limit (a test's clock is not
// the database's), and hands one batch at a time to the function. It delivers at
// least once, like Lambda: what was handled but not yet saved as the position
// comes again after a crash.
//
// It must never skip a record that the function did not take, other than by
// OnFailure, and never be linked into what is deployed.
//
// Look next at shared/testkit/dynoxide, whose stream it reads, and at batch.go for
// the failure rules.
package stream
