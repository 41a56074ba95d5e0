package policy

import (
	"errors"
	"net/url"
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
