package policy

import "errors"

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
