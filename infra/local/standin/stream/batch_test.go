package stream_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local/standin/stream"
)

func TestFailures(t *testing.T) {
	boom := errors.New("boom")
	always := func(answer string, err error) func(int, events.DynamoDBEvent) (string, error) {
		return func(int, events.DynamoDBEvent) (string, error) { return answer, err }
	}
	poison := func(key string) func(int, events.DynamoDBEvent) (string, error) {
		return func(_ int, e events.DynamoDBEvent) (string, error) {
			for _, r := range e.Records {
				if r.Change.Keys["pk"].String() == key {
					return "", boom
				}
			}
			return "", nil
		}
	}
	for name, c := range map[string]struct {
		keys   []string
		answer func(int, events.DynamoDBEvent) (string, error)
		bisect bool
		want   string
		// given up: first and last sequence number, records, attempts
		gaveUp string
	}{
		"no answer is success":        {[]string{"a"}, always("", nil), false, "[a]", ""},
		"null is success":             {[]string{"a"}, always("null", nil), false, "[a]", ""},
		"no failures is success":      {[]string{"a"}, always(`{"batchItemFailures":[]}`, nil), false, "[a]", ""},
		"null failures is success":    {[]string{"a"}, always(`{"batchItemFailures":null}`, nil), false, "[a]", ""},
		"something else is success":   {[]string{"a"}, always(`{"ok":true}`, nil), false, "[a]", ""},
		"an empty identifier fails":   {[]string{"a"}, always(`{"batchItemFailures":[{"itemIdentifier":""}]}`, nil), false, "[a] [a] [a]", "1-1 1 3"},
		"a null identifier fails":     {[]string{"a"}, always(`{"batchItemFailures":[{"itemIdentifier":null}]}`, nil), false, "[a] [a] [a]", "1-1 1 3"},
		"a bad key name fails":        {[]string{"a"}, always(`{"batchItemFailures":[{"id":"1"}]}`, nil), false, "[a] [a] [a]", "1-1 1 3"},
		"an unknown identifier fails": {[]string{"a", "b"}, always(`{"batchItemFailures":[{"itemIdentifier":"99"}]}`, nil), false, "[a b] [a b] [a b]", "1-2 2 3"},
		"an answer that is no JSON":   {[]string{"a"}, always("oops", nil), false, "[a] [a] [a]", "1-1 1 3"},
		"an error fails the batch":    {[]string{"a", "b"}, always("", boom), false, "[a b] [a b] [a b]", "1-2 2 3"},
		"bisecting isolates the poison": {[]string{"a", "b", "c", "d"}, poison("c"), true,
			"[a b c d] [a b] [c d] [c] [c] [c] [d]", "3-3 1 3"},
		"bisecting gives up one by one": {[]string{"a", "b"}, always("", boom), true,
			"[a b] [a] [a] [a] [b] [b] [b]", "1-1 1 3, 2-2 1 3"},
		"from the lowest failed record on all come again, also those that succeeded": {[]string{"a", "b", "c", "d"},
			func(call int, e events.DynamoDBEvent) (string, error) {
				if call == 1 {
					return failing(e, "c", "b"), nil
				}
				return "", nil
			}, false, "[a b c d] [b c d]", ""},
		"a record that always fails takes those behind it along": {[]string{"a", "b", "c"},
			func(_ int, e events.DynamoDBEvent) (string, error) { return failing(e, "b"), nil },
			false, "[a b c] [b c] [b c]", "2-3 2 3"},
		"a record that always fails is given up alone when bisecting": {[]string{"a", "b", "c"},
			func(_ int, e events.DynamoDBEvent) (string, error) { return failing(e, "b"), nil },
			true, "[a b c] [b c] [b] [b] [b] [c]", "2-2 1 3"},
		"each step forward starts the retries anew": {[]string{"a", "b", "c", "d"},
			func(_ int, e events.DynamoDBEvent) (string, error) {
				if len(e.Records) == 1 {
					return "", nil
				}
				return failing(e, e.Records[1].Change.Keys["pk"].String()), nil
			}, false, "[a b c d] [b c d] [c d] [d]", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tb, f := newTable(t), &calls{answer: c.answer}
			p := tb.poller(f)
			p.BisectOnError = c.bisect
			gaveUp := ""
			p.OnFailure = func(g stream.Failure) {
				if g.StreamARN != tb.arn || g.ShardID == "" || g.Cause == nil {
					t.Errorf("failure is %+v", g)
				}
				if gaveUp != "" {
					gaveUp += ", "
				}
				gaveUp += fmt.Sprintf("%s-%s %d %d", g.First, g.Last, g.Records, g.Attempts)
			}
			tb.put(t, c.keys...)
			drain(t, p)
			if f.String() != c.want || gaveUp != c.gaveUp {
				t.Errorf("batches are %s, want %s; gave up %q, want %q", f, c.want, gaveUp, c.gaveUp)
			}
			f.batches, f.answer = nil, nil
			tb.put(t, "next")
			drain(t, p)
			if f.String() != "[next]" {
				t.Errorf("afterwards it read %s", f)
			}
		})
	}
}
