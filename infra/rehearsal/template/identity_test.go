package template

import (
	"regexp"
	"testing"
)

// TestNamesAreThoseThatAWSWouldGive: Ref, ARN and one attribute by type; # is
// any letter or digit that AWS draws.
func TestNamesAreThoseThatAWSWouldGive(t *testing.T) {
	const uuid = "########-####-####-####-############"
	for kind, c := range map[string]struct{ properties, ref, arn, attribute, value string }{
		"AWS::Lambda::Function":           {`{"FunctionName": "f"}`, "f", "arn:aws:lambda:eu-west-1:111122223333:function:f", "Arn", "arn:aws:lambda:eu-west-1:111122223333:function:f"},
		"AWS::Lambda::EventSourceMapping": {`{}`, uuid, "arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:" + uuid, "Id", uuid},
		"AWS::Lambda::LayerVersion":       {`{}`, "arn:aws:lambda:eu-west-1:111122223333:layer:demo-X-############:1", "arn:aws:lambda:eu-west-1:111122223333:layer:demo-X-############:1", "", ""},
		"AWS::Lambda::Permission":         {`{}`, "demo-X-############", "", "", ""},
		"AWS::IAM::Role":                  {`{}`, "demo-X-############", "arn:aws:iam::111122223333:role/demo-X-############", "Arn", "arn:aws:iam::111122223333:role/demo-X-############"},
		"AWS::DynamoDB::Table":            {`{"TableName": "t"}`, "t", "arn:aws:dynamodb:eu-west-1:111122223333:table/t", "StreamArn", "arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/2026-01-01T00:00:00.000"},
		"AWS::SQS::Queue":                 {`{}`, "https://sqs.eu-west-1.amazonaws.com/111122223333/demo-X-############", "arn:aws:sqs:eu-west-1:111122223333:demo-X-############", "QueueName", "demo-X-############"},
		"AWS::SNS::Topic":                 {`{"TopicName": "t"}`, "arn:aws:sns:eu-west-1:111122223333:t", "arn:aws:sns:eu-west-1:111122223333:t", "TopicName", "t"},
		"AWS::SNS::Subscription":          {`{"TopicArn": "arn:t"}`, "arn:t:" + uuid, "arn:t:" + uuid, "", ""},
		"AWS::Events::Rule":               {`{"Name": "r"}`, "r", "arn:aws:events:eu-west-1:111122223333:rule/r", "", ""},
		"AWS::Scheduler::Schedule":        {`{"Name": "s"}`, "s", "arn:aws:scheduler:eu-west-1:111122223333:schedule/default/s", "", ""},
		"AWS::ApiGatewayV2::Api":          {`{}`, "##########", "arn:aws:apigateway:eu-west-1::/apis/##########", "ApiEndpoint", "https://##########.execute-api.eu-west-1.amazonaws.com"},
		"AWS::ApiGatewayV2::Route":        {`{}`, "#######", "", "RouteId", "#######"},
		"AWS::ApiGatewayV2::Integration":  {`{}`, "#######", "", "IntegrationId", "#######"},
		"AWS::ApiGatewayV2::Stage":        {`{"StageName": "$default"}`, "$default", "", "", ""},
		"AWS::SES::ConfigurationSet":      {`{"Name": "c"}`, "c", "arn:aws:ses:eu-west-1:111122223333:configuration-set/c", "", ""},
		"AWS::SES::EmailIdentity":         {`{"EmailIdentity": "firm.example"}`, "firm.example", "arn:aws:ses:eu-west-1:111122223333:identity/firm.example", "DkimDNSTokenName1", "################################._domainkey.firm.example"},
		"AWS::SecretsManager::Secret":     {`{}`, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:X-############-######", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:X-############-######", "", ""},
		"AWS::Logs::LogGroup":             {`{"LogGroupName": "/l"}`, "/l", "arn:aws:logs:eu-west-1:111122223333:log-group:/l:*", "", ""},
		"AWS::CloudWatch::Alarm":          {`{"AlarmName": "a"}`, "a", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a", "", ""},
		"AWS::CloudWatch::Dashboard":      {`{"DashboardName": "d"}`, "d", "", "", ""},
		"AWS::S3::Bucket":                 {`{}`, "demo-x-############", "arn:aws:s3:::demo-x-############", "RegionalDomainName", "demo-x-############.s3.eu-west-1.amazonaws.com"},
		"AWS::CloudFront::Distribution":   {`{}`, "E#############", "arn:aws:cloudfront::111122223333:distribution/E#############", "DomainName", "d#############.cloudfront.net"},
		"AWS::CloudFront::Function":       {`{"Name": "f"}`, "arn:aws:cloudfront::111122223333:function/f", "arn:aws:cloudfront::111122223333:function/f", "FunctionARN", "arn:aws:cloudfront::111122223333:function/f"},
	} {
		t.Run(kind, func(t *testing.T) {
			a, err := load(files(`{"Resources": {"X": {"Type": "`+kind+`", "Properties": `+c.properties+`}}}`), demo())
			if err != nil {
				t.Fatal(err)
			}
			r := a.Resources[0]
			attribute, _ := r.Attribute(c.attribute)
			for what, pair := range map[string][2]string{"Ref": {c.ref, r.Physical}, "ARN": {c.arn, r.ARN()}, c.attribute: {c.value, attribute}} {
				if form := regexp.MustCompile("#").ReplaceAllString(regexp.QuoteMeta(pair[0]), "[0-9A-Za-z]"); !regexp.MustCompile("^" + form + "$").MatchString(pair[1]) {
					t.Errorf("%s is %q, want %q", what, pair[1], pair[0])
				}
			}
		})
	}
}

func TestAnotherPartitionHasItsOwnNames(t *testing.T) {
	env := demo()
	env.Partition, env.URLSuffix = "aws-cn", "amazonaws.com.cn"
	a, err := load(files(`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}}`), env)
	if err != nil {
		t.Fatal(err)
	}
	if q := a.Resources[0]; q.ARN() != "arn:aws-cn:sqs:eu-west-1:111122223333:q" || q.Physical != "https://sqs.eu-west-1.amazonaws.com.cn/111122223333/q" {
		t.Errorf("%q %q", q.ARN(), q.Physical)
	}
}
