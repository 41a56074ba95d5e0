package health_test

import (
	"testing"

	"portero/shared/testkit"
)

func TestTheAPIIsThereForAnybody(t *testing.T) {
	w := testkit.Empty(t)
	if r := w.Anonymous().Get("/v1/health").OK(); r.String("status") != "ok" {
		t.Errorf("%s", r.Body)
	}
}
