package stacks

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"portero/infra/constructs"
)

// tries says how often something is tried again and for how long.
type tries struct {
	where            string
	retries, seconds any
	queue            any
}

// everyTry returns each place where AWS tries something again by itself.
func everyTry(a assembly) []tries {
	var all []tries
	for _, m := range a.of("AWS::Lambda::EventSourceMapping") {
		all = append(all, tries{m.id, m.Properties["MaximumRetryAttempts"], m.Properties["MaximumRecordAgeInSeconds"], at(m.Properties, "DestinationConfig", "OnFailure", "Destination")})
	}
	for _, c := range a.of("AWS::Lambda::EventInvokeConfig") {
		all = append(all, tries{c.id, c.Properties["MaximumRetryAttempts"], c.Properties["MaximumEventAgeInSeconds"], at(c.Properties, "DestinationConfig", "OnFailure", "Destination")})
	}
	for _, s := range a.of("AWS::Scheduler::Schedule") {
		target := s.Properties["Target"]
		all = append(all, tries{s.id, at(target, "RetryPolicy", "MaximumRetryAttempts"), at(target, "RetryPolicy", "MaximumEventAgeInSeconds"), at(target, "DeadLetterConfig", "Arn")})
	}
	for _, r := range a.of("AWS::Events::Rule") {
		for _, target := range list(r.Properties["Targets"]) {
			all = append(all, tries{r.id, at(target, "RetryPolicy", "MaximumRetryAttempts"), at(target, "RetryPolicy", "MaximumEventAgeInSeconds"), at(target, "DeadLetterConfig", "Arn")})
		}
	}
	return all
}

func TestWhatIsTriedAgainEndsInAFailureQueue(t *testing.T) {
	a := sample()
	seen := everyTry(a)
	if len(seen) != 3+5+4+1 { // streams; jobs and mail events; schedules; the rule
		t.Errorf("%d places try again, want 13", len(seen))
	}
	for _, s := range seen {
		if n, ok := s.retries.(float64); !ok || n < 1 || n > 5 {
			t.Errorf("%s tries %v times", s.where, s.retries)
		}
		if n, ok := s.seconds.(float64); !ok || n < 60 || n > 6*3600 {
			t.Errorf("%s tries for %v s", s.where, s.seconds)
		}
		queue, _ := at(s.queue, "Fn::GetAtt").([]any)
		if len(queue) == 0 || a.stack("jobs").Resources[queue[0].(string)].Type != "AWS::SQS::Queue" {
			t.Errorf("%s ends nowhere: %v", s.where, s.queue)
		}
	}
}

func TestStreamsAreReadInSmallBatchesThatSplit(t *testing.T) {
	for _, m := range sample().of("AWS::Lambda::EventSourceMapping") {
		p := m.Properties
		if n, _ := p["BatchSize"].(float64); n < 1 || n > 10 {
			t.Errorf("%s takes %v records at once", m.id, p["BatchSize"])
		}
		if p["BisectBatchOnFunctionError"] != true || compact(p["FunctionResponseTypes"]) != `["ReportBatchItemFailures"]` || p["StartingPosition"] != "TRIM_HORIZON" {
			t.Errorf("%s: %s", m.id, compact(p))
		}
	}
}

func TestTriggersGetWhatTheyAreForAndNothingElse(t *testing.T) {
	want := map[string][]string{
		"TriggersDeliver":   {`{"dynamodb":{"NewImage":{"delivery":{"S":["queued"]},"kind":{"S":["message"]}}},"eventName":["INSERT"]}`},
		"TriggersTampering": {`{"eventName":["MODIFY"]}`, `{"eventName":["REMOVE"],"userIdentity":{"principalId":[{"exists":false}]}}`, `{"eventName":["REMOVE"],"userIdentity":{"principalId":[{"anything-but":["dynamodb.amazonaws.com"]}]}}`},
	}
	for _, m := range sample().of("AWS::Lambda::EventSourceMapping") {
		for prefix, patterns := range want {
			if !strings.HasPrefix(m.id, prefix) {
				continue
			}
			var got []string
			for _, f := range list(at(m.Properties, "FilterCriteria", "Filters")) {
				pattern := at(f, "Pattern").(string)
				if !json.Valid([]byte(pattern)) {
					t.Errorf("%s: %s is not JSON", m.id, pattern)
				}
				got = append(got, pattern)
			}
			if diff := cmp.Diff(patterns, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", m.id, diff)
			}
		}
	}
	rule := sample().of("AWS::Events::Rule")[0].Properties["EventPattern"]
	if got := compact(rule); got != `{"detail":{"mail":{"tags":{"ses:configuration-set":["portero-test"]}}},"source":["aws.ses"]}` {
		t.Errorf("mail events are %s", got)
	}
}

func TestJobsRunEveryMinuteWithTheTimeTheyWereDue(t *testing.T) {
	schedules := sample().of("AWS::Scheduler::Schedule")
	if len(schedules) != 4 {
		t.Fatalf("%d schedules, want 4", len(schedules))
	}
	for _, s := range schedules {
		if s.Properties["ScheduleExpression"] != "rate(1 minute)" || at(s.Properties, "FlexibleTimeWindow", "Mode") != "OFF" {
			t.Errorf("%s: %s", s.id, compact(s.Properties))
		}
		if at(s.Properties, "Target", "Input") != `{"time":"<aws.scheduler.scheduled-time>"}` {
			t.Errorf("%s sends %v", s.id, at(s.Properties, "Target", "Input"))
		}
	}
}

func TestQueuesAreEncryptedAndSpeakTLSOnly(t *testing.T) {
	a := sample()
	guarded := map[string]bool{}
	for _, p := range a.of("AWS::SQS::QueuePolicy") {
		if deniesPlain(p.Properties["PolicyDocument"]) {
			guarded[at(list(p.Properties["Queues"])[0], "Ref").(string)] = true
		}
	}
	for _, q := range a.of("AWS::SQS::Queue") {
		if q.Properties["SqsManagedSseEnabled"] != true {
			t.Errorf("%s is not encrypted", q.id)
		}
		if !guarded[q.id] {
			t.Errorf("%s takes plain http", q.id)
		}
	}
}

// deniesPlain says whether a resource's policy refuses everybody without TLS.
func deniesPlain(document any) bool {
	for _, s := range list(at(document, "Statement")) {
		if at(s, "Effect") == "Deny" && at(s, "Condition", "Bool", "aws:SecureTransport") == "false" && at(s, "Principal", "AWS") == "*" {
			return true
		}
	}
	return false
}

func TestEndpointsAreRoutedWithARoleInPlaceOfPermissions(t *testing.T) {
	a := sample()
	routes := map[string]bool{}
	for _, r := range a.of("AWS::ApiGatewayV2::Route") {
		routes[r.Properties["RouteKey"].(string)] = true
	}
	for _, i := range a.of("AWS::ApiGatewayV2::Integration") {
		if i.Properties["PayloadFormatVersion"] != "2.0" || i.Properties["CredentialsArn"] == nil || i.Properties["IntegrationType"] != "AWS_PROXY" {
			t.Errorf("%s: %s", i.id, compact(i.Properties))
		}
	}
	rows, err := sortRows(sampleRows())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range rows.endpoints {
		if !routes[e.Method+" "+e.Path] {
			t.Errorf("%s has no route", e.Name)
		}
	}
	called := 0
	for _, r := range a.of("AWS::IAM::Role") {
		if strings.HasSuffix(r.id, "InvokeRole") {
			called += len(list(at(list(at(list(r.Properties["Policies"])[0], "PolicyDocument", "Statement"))[0], "Resource")))
		}
	}
	if called != len(rows.endpoints) {
		t.Errorf("the API may call %d functions, there are %d endpoints", called, len(rows.endpoints))
	}
	if n := len(a.of("AWS::Lambda::Permission")); n != 1 { // EventBridge's
		t.Errorf("%d permissions, want one", n)
	}
}

func TestTheAccessLogHasNothingThatCanBeASecret(t *testing.T) {
	stage := sample().of("AWS::ApiGatewayV2::Stage")[0]
	format := at(stage.Properties, "AccessLogSettings", "Format").(string)
	for _, word := range []string{"query", "header", "path", "sourceIp", "authorizer", "cookie", "body"} {
		if strings.Contains(strings.ToLower(format), strings.ToLower(word)) {
			t.Errorf("the access log has %s: %s", word, format)
		}
	}
	if !json.Valid([]byte(format)) {
		t.Errorf("the access log is not JSON: %s", format)
	}
	if n, _ := at(stage.Properties, "DefaultRouteSettings", "ThrottlingRateLimit").(float64); n < 1 {
		t.Error("the API is not throttled")
	}
	if constructs.OriginHeader == constructs.ViewerHeader {
		t.Error("the two headers of CloudFront are one")
	}
}
