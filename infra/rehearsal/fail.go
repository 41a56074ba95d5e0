package rehearsal

import (
	"context"
	"fmt"
	"slices"

	"portero/infra/rehearsal/lambda"
)

// SetFailing names the rows whose functions fail on every event that nobody
// waits for, as if each process ended before it did anything: a bad release, or
// an event that kills. No rows: none does.
func (s *System) SetFailing(rows ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failing = rows
}

// hand gives a function an event that nobody waits for.
func (s *System) hand(ctx context.Context, f *function, event []byte) ([]byte, error) {
	s.mu.Lock()
	fails := slices.Contains(s.failing, f.Handler)
	s.mu.Unlock()
	if fails {
		return nil, &lambda.FunctionError{Type: lambda.TypeExit, Message: f.Name + " is made to fail"}
	}
	return s.host.Invoke(ctx, f.Name, event)
}

// FailureQueue is the ARN of the queue that takes what a row's function could
// not do in all its tries, or an error: only functions that nobody waits for
// have one.
func (s *System) FailureQueue(row string) (string, error) {
	f, err := s.plan.handler(row)
	if err != nil {
		return "", err
	}
	queue := f.tries.DestinationConfig.OnFailure.Destination
	for _, m := range s.plan.mappings {
		if m.FunctionName == f.Name || m.FunctionName == f.ARN {
			queue = m.DestinationConfig.OnFailure.Destination
		}
	}
	if queue == "" {
		return "", fmt.Errorf("no template says where what %s failed at is put", row)
	}
	return queue, nil
}
