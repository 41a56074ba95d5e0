package policy

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	streamtypes "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/ses"
	sestypes "github.com/aws/aws-sdk-go-v2/service/ses/types"
	"github.com/google/go-cmp/cmp"
)

type keysOfCall = map[string][]string

const streamARN = tables + "core/stream/2026-11-22T10:00:00.000"

const rawMail = "From: =?utf-8?q?Caf=C3=A9?= <desk@example.com>\r\nTo: Ada <ada@example.org>\r\nSubject: x\r\n\r\nhello\r\n"

// sdkCases are calls as shared/dynamo and shared/mail make them.
var sdkCases = []struct {
	name, operation string
	call            func(context.Context, clients)
	want            []Call
}{
	{"one item is read by its key", "dynamodb:GetItem", func(ctx context.Context, c clients) {
		_, _ = c.items.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String("core"), Key: key("ws_1#contact#con_1"),
			ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityNone})
	}, []Call{{"dynamodb:GetItem", tables + "core", keysOfCall{
		leadingKeys: {"ws_1#contact#con_1"}, attributes: {"pk", "sk"}, selected: {"ALL_ATTRIBUTES"}, consumed: {"NONE"}}}}},
	{"an item is put whole, with a condition on another attribute", "dynamodb:PutItem", func(ctx context.Context, c clients) {
		_, _ = c.items.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("core"),
			Item:                     item{"pk": text("ws_1#role"), "sk": text("rol_1"), "name": text("x")},
			ConditionExpression:      aws.String("attribute_not_exists(pk) OR #v = :v"),
			ExpressionAttributeNames: map[string]string{"#v": "v"}, ExpressionAttributeValues: item{":v": &types.AttributeValueMemberN{Value: "1"}}})
	}, []Call{{"dynamodb:PutItem", tables + "core", keysOfCall{
		leadingKeys: {"ws_1#role"}, attributes: {"name", "pk", "sk", "v"}}}}},
	{"an update names all that it sets", "dynamodb:UpdateItem", func(ctx context.Context, c clients) {
		_, _ = c.items.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: aws.String("ephemera"), Key: key("ws_1#counter#try"),
			UpdateExpression:          aws.String("ADD #n :one SET #ttl = if_not_exists(#ttl, :ttl), doc.inner[0] = :one"),
			ConditionExpression:       aws.String("attribute_not_exists(#n) OR #n < :most"),
			ExpressionAttributeNames:  map[string]string{"#n": "n", "#ttl": "ttl"},
			ExpressionAttributeValues: item{":one": &types.AttributeValueMemberN{Value: "1"}, ":most": text("9"), ":ttl": text("1")},
			ReturnValues:              types.ReturnValueAllNew, ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes})
	}, []Call{{"dynamodb:UpdateItem", tables + "ephemera", keysOfCall{
		leadingKeys: {"ws_1#counter#try"}, attributes: {"doc", "n", "pk", "sk", "ttl"}, returned: {"ALL_NEW"}, consumed: {"INDEXES"}}}}},
	{"an item is deleted by its key", "dynamodb:DeleteItem", func(ctx context.Context, c clients) {
		_, _ = c.items.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: aws.String("ephemera"), Key: key("ws_1#session#idn_1"),
			ConditionExpression: aws.String("attribute_exists(pk)")})
	}, []Call{{"dynamodb:DeleteItem", tables + "ephemera", keysOfCall{
		leadingKeys: {"ws_1#session#idn_1"}, attributes: {"pk", "sk"}}}}},
	{"a batch is one call a table with the keys of all its items", "dynamodb:BatchGetItem", func(ctx context.Context, c clients) {
		_, _ = c.items.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
			"core":     {Keys: []item{key("ws_1#workspace"), key("ws_1#account#acc_1"), key("ws_1#workspace")}},
			"ephemera": {Keys: []item{key("ws_1#session#idn_1")}, ProjectionExpression: aws.String("seen_at")},
		}})
	}, []Call{
		{"dynamodb:BatchGetItem", tables + "core", keysOfCall{
			leadingKeys: {"ws_1#account#acc_1", "ws_1#workspace"}, attributes: {"pk", "sk"}, selected: {"ALL_ATTRIBUTES"}}},
		{"dynamodb:BatchGetItem", tables + "ephemera", keysOfCall{
			leadingKeys: {"ws_1#session#idn_1"}, attributes: {"pk", "seen_at", "sk"}, selected: {"SPECIFIC_ATTRIBUTES"}}},
	}},
	{"a batch of writes is one call a table, puts and deletes together", "dynamodb:BatchWriteItem", func(ctx context.Context, c clients) {
		_, _ = c.items.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{"core": {
			{PutRequest: &types.PutRequest{Item: item{"pk": text("b"), "sk": text("@"), "n": text("1")}}},
			{DeleteRequest: &types.DeleteRequest{Key: key("a")}},
		}}})
	}, []Call{{"dynamodb:BatchWriteItem", tables + "core", keysOfCall{leadingKeys: {"a", "b"}, attributes: {"n", "pk", "sk"}}}}},
	{"a transaction asks for the action of each of its items", "dynamodb:TransactWriteItems", func(ctx context.Context, c clients) {
		core, audit := aws.String("core"), aws.String("audit")
		_, _ = c.items.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
			{Put: &types.Put{TableName: audit, Item: key("ws_1#audit")}},
			{Update: &types.Update{TableName: core, Key: key("ws_1#invitation#inv_1"), UpdateExpression: aws.String("REMOVE #d"),
				ExpressionAttributeNames: map[string]string{"#d": "delivery"}}},
			{Delete: &types.Delete{TableName: core, Key: key("ws_1#portal")}},
			{ConditionCheck: &types.ConditionCheck{TableName: core, Key: key("ws_1#role"), ConditionExpression: aws.String("v = :v"),
				ExpressionAttributeValues: item{":v": text("1")}}},
		}})
	}, []Call{
		{"dynamodb:PutItem", tables + "audit", keysOfCall{leadingKeys: {"ws_1#audit"}, attributes: {"pk", "sk"}, enclosing: {"TransactWriteItems"}}},
		{"dynamodb:UpdateItem", tables + "core", keysOfCall{leadingKeys: {"ws_1#invitation#inv_1"}, attributes: {"delivery", "pk", "sk"}, enclosing: {"TransactWriteItems"}}},
		{"dynamodb:DeleteItem", tables + "core", keysOfCall{leadingKeys: {"ws_1#portal"}, attributes: {"pk", "sk"}, enclosing: {"TransactWriteItems"}}},
		{"dynamodb:ConditionCheckItem", tables + "core", keysOfCall{leadingKeys: {"ws_1#role"}, attributes: {"pk", "sk", "v"}, enclosing: {"TransactWriteItems"}}},
	}},
	{"a transaction of reads asks for GetItem of each", "dynamodb:TransactGetItems", func(ctx context.Context, c clients) {
		_, _ = c.items.TransactGetItems(ctx, &dynamodb.TransactGetItemsInput{TransactItems: []types.TransactGetItem{
			{Get: &types.Get{TableName: aws.String("core"), Key: key("a"), ProjectionExpression: aws.String("v")}},
		}, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	}, []Call{{"dynamodb:GetItem", tables + "core", keysOfCall{
		leadingKeys: {"a"}, attributes: {"pk", "sk", "v"}, selected: {"SPECIFIC_ATTRIBUTES"}, enclosing: {"TransactGetItems"}, consumed: {"TOTAL"}}}}},
	{"a query of a table reads one partition, by placeholders", "dynamodb:Query", func(ctx context.Context, c clients) {
		_, _ = c.items.Query(ctx, &dynamodb.QueryInput{TableName: aws.String("core"),
			KeyConditionExpression:    aws.String("#pk = :pk AND begins_with(#sk, :sk)"),
			FilterExpression:          aws.String("#s IN (:a, :b) AND size(more.x) > :a"),
			ExpressionAttributeNames:  map[string]string{"#pk": "pk", "#sk": "sk", "#s": "state"},
			ExpressionAttributeValues: item{":pk": text("ws_1#portal"), ":sk": text("por_"), ":a": text("1"), ":b": text("2")}})
	}, []Call{{"dynamodb:Query", tables + "core", keysOfCall{
		leadingKeys: {"ws_1#portal"}, attributes: {"more", "pk", "sk", "state"}, selected: {"ALL_ATTRIBUTES"}}}}},
	{"a query of an index asks for the index, by its own partition key", "dynamodb:Query", func(ctx context.Context, c clients) {
		_, _ = c.items.Query(ctx, &dynamodb.QueryInput{TableName: aws.String("core"), IndexName: aws.String("due"),
			KeyConditionExpression:    aws.String("dpk = :pk AND dsk BETWEEN :from AND :to"),
			ExpressionAttributeValues: item{":pk": text("due#expire#0"), ":from": text("a"), ":to": text("b")}, Select: types.SelectCount})
	}, []Call{{"dynamodb:Query", tables + "core/index/due", keysOfCall{
		leadingKeys: {"due#expire#0"}, attributes: {"dpk", "dsk"}, selected: {"COUNT"}}}}},
	{"a query in the old form", "dynamodb:Query", func(ctx context.Context, c clients) {
		_, _ = c.items.Query(ctx, &dynamodb.QueryInput{TableName: aws.String("core"), IndexName: aws.String("list"),
			KeyConditions: map[string]types.Condition{"lpk": {ComparisonOperator: types.ComparisonOperatorEq, AttributeValueList: []types.AttributeValue{text("x")}}}})
	}, []Call{{"dynamodb:Query", tables + "core/index/list", keysOfCall{
		leadingKeys: {"x"}, attributes: {"lpk"}, selected: {"ALL_PROJECTED_ATTRIBUTES"}}}}},
	{"a scan has no leading key", "dynamodb:Scan", func(ctx context.Context, c clients) {
		_, _ = c.items.Scan(ctx, &dynamodb.ScanInput{TableName: aws.String("core"), IndexName: aws.String("list")})
	}, []Call{{"dynamodb:Scan", tables + "core/index/list", keysOfCall{selected: {"ALL_PROJECTED_ATTRIBUTES"}}}}},
	{"a table is described by name or by ARN", "dynamodb:DescribeTable", func(ctx context.Context, c clients) {
		_, _ = c.items.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(tables + "audit")})
	}, []Call{{"dynamodb:DescribeTable", tables + "audit", nil}}},
	{"a stream is described by its ARN", "dynamodb:DescribeStream", func(ctx context.Context, c clients) {
		_, _ = c.streams.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{StreamArn: aws.String(streamARN)})
	}, []Call{{"dynamodb:DescribeStream", streamARN, nil}}},
	{"an iterator is of a stream", "dynamodb:GetShardIterator", func(ctx context.Context, c clients) {
		_, _ = c.streams.GetShardIterator(ctx, &dynamodbstreams.GetShardIteratorInput{StreamArn: aws.String(streamARN), ShardId: aws.String("shardId-00000000000000000000"),
			ShardIteratorType: streamtypes.ShardIteratorTypeTrimHorizon})
	}, []Call{{"dynamodb:GetShardIterator", streamARN, nil}}},
	{"records are of the stream that their iterator begins with", "dynamodb:GetRecords", func(ctx context.Context, c clients) {
		_, _ = c.streams.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: aws.String(streamARN + "|1|AAAA")})
	}, []Call{{"dynamodb:GetRecords", streamARN, nil}}},
	{"streams are listed of one table", "dynamodb:ListStreams", func(ctx context.Context, c clients) {
		_, _ = c.streams.ListStreams(ctx, &dynamodbstreams.ListStreamsInput{TableName: aws.String("core")})
	}, []Call{{"dynamodb:ListStreams", tables + "core/stream/*", nil}}},
	{"streams are listed of all tables", "dynamodb:ListStreams", func(ctx context.Context, c clients) {
		_, _ = c.streams.ListStreams(ctx, &dynamodbstreams.ListStreamsInput{})
	}, []Call{{"dynamodb:ListStreams", tables + "*/stream/*", nil}}},
	{"a mail asks for its identity and its configuration set", "ses:SendRawEmail", func(ctx context.Context, c clients) {
		_, _ = c.mail.SendRawEmail(ctx, &ses.SendRawEmailInput{Source: aws.String("desk@example.com"), Destinations: []string{"ada@example.org"},
			RawMessage: &sestypes.RawMessage{Data: []byte(rawMail)}, ConfigurationSetName: aws.String("portero-dev"),
			Tags: []sestypes.MessageTag{{Name: aws.String("kind"), Value: aws.String("invitation")}}})
	}, []Call{
		{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:identity/example.com", mailKeys("desk@example.com")},
		{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:configuration-set/portero-dev", mailKeys("desk@example.com")},
	}},
	{"a mail with another envelope sender asks for both identities, the nearest ones", "ses:SendRawEmail", func(ctx context.Context, c clients) {
		raw := strings.Replace(rawMail, "desk@example.com", "desk@mail.Example.com", 1)
		_, _ = c.mail.SendRawEmail(ctx, &ses.SendRawEmailInput{Source: aws.String("desk@other.example"), RawMessage: &sestypes.RawMessage{Data: []byte(raw)}})
	}, []Call{
		{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:identity/example.com", otherKeys("desk@mail.Example.com")},
		{"ses:SendRawEmail", "arn:aws:ses:eu-central-1:111122223333:identity/desk@other.example", otherKeys("desk@other.example")},
	}},
	{"the sending quota is of no resource", "ses:GetSendQuota", func(ctx context.Context, c clients) {
		_, _ = c.mail.GetSendQuota(ctx, &ses.GetSendQuotaInput{})
	}, []Call{{"ses:GetSendQuota", "*", keysOfCall{apiVersion: {"1"}}}}},
	{"a function is invoked by its name", "lambda:Invoke", func(ctx context.Context, c clients) {
		_, _ = c.lambda.Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String("portero-dev-deliver"), Qualifier: aws.String("live")})
	}, []Call{{"lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:portero-dev-deliver:live", nil}}},
}

func mailKeys(from string) keysOfCall {
	return keysOfCall{apiVersion: {"1"}, fromAddress: {from}, fromDisplayName: {"Café"}, feedbackAddress: {"desk@example.com"}, recipients: {"ada@example.org"}}
}

func otherKeys(from string) keysOfCall {
	keys := mailKeys(from)
	keys[feedbackAddress] = []string{"desk@other.example"}
	return keys
}

// handCases are requests whose clients are not among our dependencies.
var handCases = []struct {
	name, service, target, body string
	want                        []Call
}{
	{"a message goes to the queue of its URL", "sqs", "AmazonSQS.SendMessage",
		`{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/111122223333/failures","MessageBody":"x"}`,
		[]Call{{"sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:failures", nil}}},
	{"a log stream is made in its group", "logs", "Logs_20140328.CreateLogStream",
		`{"logGroupName":"/portero/dev/x","logStreamName":"2026/11/22/[$LATEST]ab"}`,
		[]Call{{"logs:CreateLogStream", "arn:aws:logs:eu-central-1:111122223333:log-group:/portero/dev/x:log-stream:2026/11/22/[$LATEST]ab", nil}}},
	{"log events go to a stream of their group", "logs", "Logs_20140328.PutLogEvents",
		`{"logGroupName":"/portero/dev/x","logStreamName":"s","logEvents":[]}`,
		[]Call{{"logs:PutLogEvents", "arn:aws:logs:eu-central-1:111122223333:log-group:/portero/dev/x:log-stream:s", nil}}},
}

func TestEveryRowOfTheTableSaysWhatItsRequestAsksFor(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range sdkCases {
		t.Run(c.name, func(t *testing.T) {
			seen[c.operation] = true
			request := send(t, c.call)
			got, err := request.calls(t)
			check(t, got, c.want, err)
			credential, _ := CredentialOf(request.http)
			if op, err := OperationOf(credential.Service, request.http, request.body); op != c.operation || err != nil {
				t.Errorf("operation %s, %v", op, err)
			}
		})
	}
	for _, c := range handCases {
		t.Run(c.name, func(t *testing.T) {
			r := targeted(c.target)
			op, err := OperationOf(c.service, r, []byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			seen[op] = true
			got, err := Calls(here, c.service, r, []byte(c.body))
			check(t, got, c.want, err)
		})
	}
	for _, r := range rows {
		if r.uses != nil && !seen[r.operation()] {
			t.Errorf("%s: no case", r.operation())
		}
	}
}

// check compares calls, and holds each to the line of its action.
func check(t *testing.T, got, want []Call, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	for _, c := range got {
		known := slices.ContainsFunc(rows, func(r row) bool { return r.action == c.Action })
		if !known {
			t.Errorf("%s has no line", c.Action)
		}
	}
}

func targeted(target string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	r.Header.Set("X-Amz-Target", target)
	return r
}

func TestEveryRowCitesItsLine(t *testing.T) {
	for i, r := range rows {
		if !strings.HasPrefix(r.source, "https://docs.aws.amazon.com/") || r.uses == nil && r.note == "" {
			t.Errorf("row %d (%s %s) cites nothing", i, r.wire, r.action)
		}
		if _, action, ok := strings.Cut(r.action, ":"); ok && !strings.HasSuffix(r.source, "-"+action) {
			t.Errorf("%s cites %s", r.action, r.source)
		}
		for _, other := range rows[:i] {
			if r.wire != "" && r.wire == other.wire || r.action != "" && r.action == other.action {
				t.Errorf("%s %s stands twice", r.wire, r.action)
			}
		}
	}
}
