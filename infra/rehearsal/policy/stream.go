package policy

import (
	"errors"
	"strings"
)

func stream(r request) ([]Call, error) {
	var in struct{ StreamArn string }
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	return streamCall(r.action, in.StreamArn)
}

// records finds the stream in its iterator, which AWS begins with the stream's
// ARN and "|"
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html,
// the example's answer).
func records(r request) ([]Call, error) {
	var in struct{ ShardIterator string }
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	arn, _, _ := strings.Cut(in.ShardIterator, "|")
	return streamCall(r.action, arn)
}

func streamCall(action, arn string) ([]Call, error) {
	if !strings.HasPrefix(arn, "arn:") || !strings.Contains(arn, "/stream/") {
		return nil, errors.New("does not name its stream")
	}
	return []Call{{action, arn, nil}}, nil
}

// listStreams asks for the streams of one table, or of all.
func listStreams(r request) ([]Call, error) {
	var in struct{ TableName string }
	if err := decode(r.body, &in); err != nil {
		return nil, err
	}
	table := in.TableName
	if table == "" {
		table = "*"
	}
	return []Call{{r.action, r.place.arn("dynamodb", "table/"+table+"/stream/*"), nil}}, nil
}
