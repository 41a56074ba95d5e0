package policy

import "strings"

// row is one operation: what it is called on the wire, and which action, types
// of resource and condition keys the Service Authorization Reference has for it.
type row struct {
	service string // as the request is signed for
	wire    string // see wireName; empty: never a request by itself
	action  string // empty: the actions of its items
	types   string // of resource; * is required
	keys    []string
	source  string
	note    string
	uses    func(request) ([]Call, error) // nil: refused, and note says why
}

// operation names a row: its service, and the last part of its wire name.
func (r row) operation() string {
	return r.service + ":" + r.wire[strings.LastIndex(r.wire, ".")+1:]
}

// The pages that the rows cite, each by its anchor; read as of 2026-06.
const (
	dynamodbPage = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-"
	sesPage      = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html#amazonses-"
	sqsPage      = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html#amazonsqs-"
	lambdaPage   = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html#awslambda-"
	logsPage     = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html#amazoncloudwatchlogs-"
	// transactionPage: "Permissions for Put, Update, Delete, and Get actions are
	// governed by the permissions used for the underlying PutItem, UpdateItem,
	// DeleteItem, and GetItem operations."
	transactionPage = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html"
)

// Condition keys that calls have.
const (
	leadingKeys     = "dynamodb:LeadingKeys"
	attributes      = "dynamodb:Attributes"
	selected        = "dynamodb:Select"
	returned        = "dynamodb:ReturnValues"
	consumed        = "dynamodb:ReturnConsumedCapacity"
	enclosing       = "dynamodb:EnclosingOperation"
	apiVersion      = "ses:ApiVersion"
	feedbackAddress = "ses:FeedbackAddress"
	fromAddress     = "ses:FromAddress"
	fromDisplayName = "ses:FromDisplayName"
	recipients      = "ses:Recipients"
)

// rows is the table: a call that is not in it fails. Only keys of a row's line
// reach a condition, whatever else a request says.
var rows = []row{
	// Single items. EnclosingOperation is there within a transaction only.
	{service: "dynamodb", wire: "DynamoDB_20120810.GetItem", action: "dynamodb:GetItem", types: "table*",
		keys: []string{attributes, enclosing, leadingKeys, consumed, selected}, source: dynamodbPage + "GetItem", uses: oneItem},
	{service: "dynamodb", wire: "DynamoDB_20120810.PutItem", action: "dynamodb:PutItem", types: "table*",
		keys: []string{attributes, enclosing, leadingKeys, consumed, returned}, source: dynamodbPage + "PutItem", uses: oneItem},
	{service: "dynamodb", wire: "DynamoDB_20120810.UpdateItem", action: "dynamodb:UpdateItem", types: "table*",
		keys: []string{attributes, enclosing, leadingKeys, consumed, returned}, source: dynamodbPage + "UpdateItem", uses: oneItem},
	{service: "dynamodb", wire: "DynamoDB_20120810.DeleteItem", action: "dynamodb:DeleteItem", types: "table*",
		keys: []string{attributes, enclosing, leadingKeys, consumed, returned}, source: dynamodbPage + "DeleteItem", uses: oneItem},
	{service: "dynamodb", action: "dynamodb:ConditionCheckItem", types: "table*",
		keys: []string{attributes, enclosing, leadingKeys, consumed, returned}, source: dynamodbPage + "ConditionCheckItem",
		note: "part of TransactWriteItems only; the line lacks EnclosingOperation, but the guide's examples 2 and 3 condition this action on it: " + transactionPage},

	// Batches: actions of their own, whatever their items are; one call a table,
	// with the keys of all its items together.
	{service: "dynamodb", wire: "DynamoDB_20120810.BatchGetItem", action: "dynamodb:BatchGetItem", types: "table*",
		keys: []string{attributes, leadingKeys, consumed, selected}, source: dynamodbPage + "BatchGetItem",
		note: "GetItem is neither needed nor enough", uses: batchGet},
	{service: "dynamodb", wire: "DynamoDB_20120810.BatchWriteItem", action: "dynamodb:BatchWriteItem", types: "table*",
		keys: []string{attributes, leadingKeys, consumed}, source: dynamodbPage + "BatchWriteItem",
		note: "PutItem and DeleteItem are neither needed nor enough", uses: batchWrite},

	// Transactions: no action of their own, those of their items, item by item.
	{service: "dynamodb", wire: "DynamoDB_20120810.TransactWriteItems", types: "table*", source: transactionPage, uses: transactWrite},
	{service: "dynamodb", wire: "DynamoDB_20120810.TransactGetItems", types: "table*", source: transactionPage, uses: transactGet},

	// Many items. An index is asked for instead of its table, by an ARN of its
	// own; its leading key is its own partition key. The reference lists
	// ReturnValues for both, which have no such parameter.
	{service: "dynamodb", wire: "DynamoDB_20120810.Query", action: "dynamodb:Query", types: "table*, index",
		keys: []string{attributes, leadingKeys, consumed, returned, selected}, source: dynamodbPage + "Query", uses: query},
	{service: "dynamodb", wire: "DynamoDB_20120810.Scan", action: "dynamodb:Scan", types: "table*, index",
		keys: []string{attributes, consumed, returned, selected}, source: dynamodbPage + "Scan",
		note: "it has no LeadingKeys, so that a grant that demands them refuses it", uses: scan},
	{service: "dynamodb", wire: "DynamoDB_20120810.DescribeTable", action: "dynamodb:DescribeTable", types: "table*",
		source: dynamodbPage + "DescribeTable", uses: describeTable},

	// PartiQL names its keys in the text of a statement; nothing of ours uses it.
	{service: "dynamodb", wire: "DynamoDB_20120810.ExecuteStatement", source: dynamodbPage + "PartiQLSelect", note: partiQL},
	{service: "dynamodb", wire: "DynamoDB_20120810.BatchExecuteStatement", source: dynamodbPage + "PartiQLSelect", note: partiQL},
	{service: "dynamodb", wire: "DynamoDB_20120810.ExecuteTransaction", source: dynamodbPage + "PartiQLSelect", note: partiQL},

	// Streams, signed as dynamodb.
	{service: "dynamodb", wire: "DynamoDBStreams_20120810.DescribeStream", action: "dynamodb:DescribeStream", types: "stream*",
		source: dynamodbPage + "DescribeStream", uses: stream},
	{service: "dynamodb", wire: "DynamoDBStreams_20120810.GetShardIterator", action: "dynamodb:GetShardIterator", types: "stream*",
		source: dynamodbPage + "GetShardIterator", uses: stream},
	{service: "dynamodb", wire: "DynamoDBStreams_20120810.GetRecords", action: "dynamodb:GetRecords", types: "stream*",
		source: dynamodbPage + "GetRecords", note: "an iterator begins with its stream's ARN", uses: records},
	{service: "dynamodb", wire: "DynamoDBStreams_20120810.ListStreams", action: "dynamodb:ListStreams",
		source: dynamodbPage + "ListStreams",
		note: "no resource type; the guide has …:table/<table>/stream/*, which is what is asked for: one stream's ARN does not allow it" +
			" (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html," +
			" https://github.com/aws/aws-cdk/pull/10631)", uses: listStreams},

	// SES v1. Identity and configuration set each need to be allowed, with the
	// same conditions (https://github.com/aws/aws-cdk/issues/34402).
	{service: "ses", wire: "SendRawEmail", action: "ses:SendRawEmail", types: "identity*, configuration-set",
		keys:   []string{apiVersion, feedbackAddress, fromAddress, fromDisplayName, recipients},
		source: sesPage + "SendRawEmail", uses: sendRawEmail},
	{service: "ses", wire: "GetSendQuota", action: "ses:GetSendQuota", keys: []string{apiVersion},
		source: sesPage + "GetSendQuota", note: "no resource type: a policy must say *", uses: sendQuota},

	{service: "sqs", wire: "AmazonSQS.SendMessage", action: "sqs:SendMessage", types: "queue*", source: sqsPage + "SendMessage", uses: sendMessage},
	{service: "lambda", wire: "Invoke", action: "lambda:InvokeFunction", types: "function*", source: lambdaPage + "InvokeFunction",
		note: "lambda:EventSourceToken and lambda:InvokedViaFunctionUrl are for other ways of invoking", uses: invoke},
	{service: "logs", wire: "Logs_20140328.CreateLogStream", action: "logs:CreateLogStream", types: "log-stream*",
		source: logsPage + "CreateLogStream", uses: logStream},
	{service: "logs", wire: "Logs_20140328.PutLogEvents", action: "logs:PutLogEvents", types: "log-stream*",
		source: logsPage + "PutLogEvents", uses: logStream},
}

const partiQL = "PartiQL is not used here"

// many are the keys that can have several values in one call ("ArrayOfString"
// in the reference); a policy must say by a set operator how they count. Of
// EnclosingOperation the guide's examples do so.
var many = []string{leadingKeys, attributes, enclosing, recipients}

// everywhere are the keys of all services that whoever makes a call's context
// can give it (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
var everywhere = []string{"aws:PrincipalServiceName", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn"}

// keysOf returns the condition keys of an action.
func keysOf(action string) []string {
	for _, r := range rows {
		if r.action == action {
			return r.keys
		}
	}
	return nil
}
