package stream

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// FuzzAnswer gives the poller any answer: it takes some records from the front
// of the batch, and has a reason exactly when it does not take all.
func FuzzAnswer(f *testing.F) {
	for _, answer := range []string{
		``, `null`, `{"batchItemFailures":[{"itemIdentifier":"2"}]}`, `{"batchItemFailures":[{"itemIdentifier":""}]}`, `[]`, `{"batchItemFailures":{}}`,
	} {
		f.Add([]byte(answer))
	}
	records := make([]events.DynamoDBEventRecord, 3)
	for i, number := range []string{"1", "2", "3"} {
		records[i].Change.SequenceNumber = number
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		failed, err := failedItems(answer)
		if err != nil {
			return
		}
		taken, cause := firstFailed(records, failed)
		if taken < 0 || taken > len(records) || (taken == len(records)) != (cause == nil) {
			t.Errorf("took %d, cause %v", taken, cause)
		}
	})
}

// FuzzPosition loads any file: it gives an error or a position to read from.
func FuzzPosition(f *testing.F) {
	f.Add([]byte(`{"StreamARN":"arn","Shards":[{"ID":"a","After":"1"},{"ID":"b","Parent":"a"}]}`))
	f.Add([]byte(`{"StreamARN":"arn","Shards":[null]}`))
	f.Add([]byte(`{"StreamARN":"arn","Shards":[{"ID":"a","Parent":"a"}]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, content []byte) {
		file := filepath.Join(t.TempDir(), "position.json")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		at, err := loadPosition(file, "arn")
		if err != nil {
			return
		}
		at.leaveParents()
		at.open()
		if at.StreamARN != "arn" {
			t.Errorf("stream is %q", at.StreamARN)
		}
	})
}
