//go:build !rehearsal

package dynamo_test

import (
	"context"
	"errors"
	"testing"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/testkit/outbox"
)

// TestAPutWhoseAnswerWasLostIsDoneOnce loses the answer of the first attempt of
// a set that is one item; the SDK repeats it.
func TestAPutWhoseAnswerWasLostIsDoneOnce(t *testing.T) {
	b := outbox.New(t)
	_, letter := b.Invite("lucia@empresa.example")
	letter.ID += "z"
	var one change.Set
	one.Insert(letter)
	b.Wire.Harming(nil, func(n int, call string) outbox.Harm {
		if n == 1 {
			return outbox.LoseAnswer
		}
		return outbox.Pass
	})
	if err := b.App.Store.Commit(context.Background(), one); err != nil {
		t.Errorf("the repeat of what was put: %v", err)
	}
	if calls := b.Wire.Calls(); len(calls) != 2 {
		t.Errorf("calls: %v", calls)
	}
	b.Wire.Well()
	letter.Language = "de"
	var other change.Set
	other.Insert(letter)
	if err := b.App.Store.Commit(context.Background(), other); !errors.Is(err, fault.Stale(nil)) {
		t.Errorf("another thing under the same name: %v", err)
	}
}
