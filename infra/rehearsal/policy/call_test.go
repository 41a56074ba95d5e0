package policy

import (
	"strings"
	"testing"
)

func TestARequestThatSaysTooLittleFailsByName(t *testing.T) {
	for _, c := range []struct{ name, service, target, body, says string }{
		{"an operation that nobody knows", "dynamodb", "DynamoDB_20120810.UpdateTable", `{}`, `dynamodb: operation "DynamoDB_20120810.UpdateTable" is not in the table`},
		{"a service that nobody knows", "s3", "", ``, `s3: operation "" is not in the table`},
		{"PartiQL", "dynamodb", "DynamoDB_20120810.ExecuteStatement", `{"Statement":"SELECT * FROM core"}`, "dynamodb:ExecuteStatement: refused: PartiQL"},
		{"PartiQL in a batch", "dynamodb", "DynamoDB_20120810.BatchExecuteStatement", `{}`, "refused: PartiQL"},
		{"PartiQL in a transaction", "dynamodb", "DynamoDB_20120810.ExecuteTransaction", `{}`, "refused: PartiQL"},
		{"a table that is not there", "dynamodb", "DynamoDB_20120810.GetItem", `{"TableName":"other","Key":{"pk":{"S":"a"}}}`, `dynamodb:GetItem: no table or index "other"`},
		{"an index that is not there", "dynamodb", "DynamoDB_20120810.Query", `{"TableName":"core","IndexName":"x"}`, `no table or index "core/x"`},
		{"a key that is not there", "dynamodb", "DynamoDB_20120810.PutItem", `{"TableName":"core","Item":{"sk":{"S":"a"}}}`, "no value of the key pk of table core"},
		{"a key of no kind of key", "dynamodb", "DynamoDB_20120810.GetItem", `{"TableName":"core","Key":{"pk":{"BOOL":true}}}`, "no value of the key pk"},
		{"a body that is no JSON", "dynamodb", "DynamoDB_20120810.GetItem", `pk`, "read the body"},
		{"a transaction of nothing", "dynamodb", "DynamoDB_20120810.TransactWriteItems", `{"TransactItems":[]}`, "uses nothing"},
		{"a transaction's item of nothing", "dynamodb", "DynamoDB_20120810.TransactWriteItems", `{"TransactItems":[{}]}`, "item 0 is not one of"},
		{"a transaction's item of two", "dynamodb", "DynamoDB_20120810.TransactWriteItems",
			`{"TransactItems":[{"Put":{"TableName":"core","Item":{"pk":{"S":"a"}}},"Delete":{"TableName":"core","Key":{"pk":{"S":"a"}}}}]}`, "item 0 is not one of"},
		{"a batch of nothing", "dynamodb", "DynamoDB_20120810.BatchGetItem", `{"RequestItems":{}}`, "uses nothing"},
		{"a batch with a table of nothing", "dynamodb", "DynamoDB_20120810.BatchGetItem", `{"RequestItems":{"core":{"Keys":[]}}}`, "no items of table core"},
		{"a query over two partitions", "dynamodb", "DynamoDB_20120810.Query",
			`{"TableName":"core","KeyConditionExpression":"pk = :a AND pk = :b","ExpressionAttributeValues":{":a":{"S":"a"},":b":{"S":"b"}}}`, "does not say once what pk equals"},
		{"a query of an attribute within a document", "dynamodb", "DynamoDB_20120810.Query",
			`{"TableName":"core","KeyConditionExpression":"x.pk = :a","ExpressionAttributeValues":{":a":{"S":"a"}}}`, "does not say once what pk equals"},
		{"a placeholder that is not there", "dynamodb", "DynamoDB_20120810.Query", `{"TableName":"core","KeyConditionExpression":"#pk = :a"}`, "placeholder #pk is not in"},
		{"an iterator of no stream", "dynamodb", "DynamoDBStreams_20120810.GetRecords", `{"ShardIterator":"abc"}`, "does not name its stream"},
		{"a mail without sender", "ses", "", "Action=SendRawEmail&RawMessage.Data=VG86IGEKCmI%3D", "ses:SendRawEmail: the raw message has no readable From"},
		{"a mail of another account's identity", "ses", "", "Action=SendRawEmail&SourceArn=x", "identities of other accounts"},
		{"another call of SES", "ses", "", "Action=SendEmail", `ses: operation "SendEmail" is not in the table`},
		{"a queue's URL without its name", "sqs", "AmazonSQS.SendMessage", `{"QueueUrl":"https://sqs/"}`, "QueueUrl names no queue"},
		{"another call of Lambda", "lambda", "", "", `lambda: operation "POST /" is not in the table`},
		{"logs of no group", "logs", "Logs_20140328.PutLogEvents", `{}`, "does not name log group and stream"},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls, err := Calls(here, c.service, targeted(c.target), []byte(c.body))
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, %v; want one line with %q", calls, err, c.says)
			}
		})
	}
}

func FuzzCalls(f *testing.F) {
	for _, r := range rows {
		f.Add(r.service, r.wire, `{"TableName":"core","Key":{"pk":{"S":"a"}},"KeyConditionExpression":"#a = :b AND (x.y[0] < :c)"}`)
	}
	f.Add("ses", "", "Action=SendRawEmail&RawMessage.Data=RnJvbTogYUBleGFtcGxlLmNvbQoKYg%3D%3D")
	f.Add("dynamodb", "DynamoDB_20120810.TransactWriteItems", `{"TransactItems":[{"Put":{"TableName":"core","Item":{"pk":{"S":"a"}}}}]}`)
	role := roleOf(f, `{"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:*:*:table/*","Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"ws_*"}}}`)
	f.Fuzz(func(t *testing.T, service, target, body string) {
		calls, err := Calls(here, service, targeted(target), []byte(body))
		if (err == nil) != (len(calls) > 0) {
			t.Fatalf("%v, %v", calls, err)
		}
		for _, c := range calls {
			if d := role.Decide(c); d.Allowed != (d.Missing == "") || d.Allowed && len(c.Context[leadingKeys]) > 0 && len(role.Used(c)) == 0 {
				t.Fatalf("%+v: %+v", c, d)
			}
		}
	})
}
