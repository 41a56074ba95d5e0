package policy

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// sendMessage finds the queue in its URL, https://<host>/<account>/<name>
// (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html).
func sendMessage(r request) ([]Call, error) {
	var in struct{ QueueUrl string }
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	at, err := url.Parse(in.QueueUrl)
	if err != nil {
		return nil, errors.New("QueueUrl is no URL")
	}
	part := strings.Split(strings.Trim(at.Path, "/"), "/")
	if len(part) != 2 || part[0] == "" || part[1] == "" {
		return nil, errors.New("QueueUrl names no queue")
	}
	place := r.place
	place.Account = part[0]
	return []Call{{r.action, place.arn("sqs", part[1]), nil}}, nil
}

// invocation is the path of Invoke
// (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
var invocation = regexp.MustCompile(`^/2015-03-31/functions/([^/]+)/invocations$`)

func invoked(r *http.Request) (function string, ok bool) {
	m := invocation.FindStringSubmatch(r.URL.Path)
	if m == nil || r.Method != http.MethodPost {
		return "", false
	}
	return m[1], true
}

// invoke asks for a function, or for its version or alias by the ARN that ends
// in it. The name may be an ARN, whole or from its account on.
func invoke(r request) ([]Call, error) {
	name, _ := invoked(r.http)
	qualifier := r.http.URL.Query().Get("Qualifier")
	if _, rest, ok := strings.Cut(name, ":function:"); ok && !strings.HasPrefix(name, "arn:") {
		name = rest
	}
	arn := name
	if !strings.HasPrefix(name, "arn:") {
		arn = r.place.arn("lambda", "function:"+name)
	}
	if qualifier != "" {
		arn += ":" + qualifier
	}
	return []Call{{r.action, arn, nil}}, nil
}

// logStream asks for a stream of a log group; the ARN of the group that ends in
// ":*" allows all of its streams.
func logStream(r request) ([]Call, error) {
	var in struct{ LogGroupName, LogStreamName string }
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	if in.LogGroupName == "" || in.LogStreamName == "" {
		return nil, errors.New("does not name log group and stream")
	}
	return []Call{{r.action, r.place.arn("logs", "log-group:"+in.LogGroupName+":log-stream:"+in.LogStreamName), nil}}, nil
}
