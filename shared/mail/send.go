package mail

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ses"
	"github.com/aws/aws-sdk-go-v2/service/ses/types"

	"portero/shared/domain/id"
	"portero/shared/domain/message"
)

// sendTimeout bounds one call, connecting included, where Sender says nothing
// else. Chosen; no evidence: long
// enough that a slow answer rarely becomes ErrUnknown, short enough that a
// delivery run gets through its batch.
const sendTimeout = 10 * time.Second

// Sender hands mails to SES. It may be used concurrently.
type Sender struct {
	SES              *ses.Client
	ConfigurationSet string // names where events go; empty only without feedback
	// Timeout bounds one call, connecting included; zero: ten seconds.
	Timeout time.Duration
}

// Tags come back with every event of a mail, so that feedback finds the message
// without a look-up (reliability A6).
type Tags struct {
	Workspace id.Workspace
	Message   id.Message
	Kind      message.Kind
	Number    int // of a reminder; 0 for other kinds
}

// TagsOf returns the tags of a message.
func TagsOf(m message.Message) Tags {
	return Tags{Workspace: m.Workspace, Message: m.ID, Kind: m.Kind, Number: m.Number}
}

// Send gives a mail to SES, once: there is no retry, because SES has no
// idempotency token and a repeat could arrive twice. It returns SES's message
// ID, or a *Failure that is one of ErrThrottled, ErrQuota, ErrRejected,
// ErrUnavailable and ErrUnknown.
func (s Sender) Send(ctx context.Context, raw Raw, tags Tags) (string, error) {
	labels, err := tags.labels()
	if err != nil {
		return "", &Failure{Reason: "invalid_tag", outcome: ErrRejected, cause: err}
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(s.Timeout, sendTimeout))
	defer cancel()
	in := &ses.SendRawEmailInput{
		Source:       aws.String(raw.From),
		Destinations: []string{raw.To}, // nothing in a header can add a recipient
		RawMessage:   &types.RawMessage{Data: raw.Bytes},
		Tags:         labels,
	}
	if s.ConfigurationSet != "" {
		in.ConfigurationSetName = aws.String(s.ConfigurationSet)
	}
	out, err := s.SES.SendRawEmail(ctx, in, func(o *ses.Options) { o.Retryer = aws.NopRetryer{} })
	if err != nil {
		return "", translate(err)
	}
	return aws.ToString(out.MessageId), nil
}

func (t Tags) labels() ([]types.MessageTag, error) {
	pairs := [...][2]string{
		{"workspace", string(t.Workspace)}, {"message", string(t.Message)}, {"kind", string(t.Kind)},
		{"number", strconv.Itoa(t.Number)},
	}
	labels := make([]types.MessageTag, 0, len(pairs))
	for _, p := range pairs {
		if !taggable(p[1]) {
			return nil, fmt.Errorf("tag %s holds what SES does not take", p[0])
		}
		labels = append(labels, types.MessageTag{Name: aws.String(p[0]), Value: aws.String(p[1])})
	}
	return labels, nil
}

// taggable holds a tag's value to what SES v1 takes: ASCII letters, digits, "_"
// and "-", at most 256 and not empty.
// https://docs.aws.amazon.com/ses/latest/APIReference/API_MessageTag.html
func taggable(s string) bool {
	for _, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 256
}
