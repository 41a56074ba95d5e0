package triggers_test

import (
	"context"
	"testing"

	"portero/shared/domain/message"
)

func TestDeliverCostsNineWriteUnits(t *testing.T) {
	b := newBench(t)
	i, m := b.invite("lucia@empresa.example")
	b.spent.reset()
	d := b.stream(context.Background(), m)
	if d.Counts["sent"] != 1 || len(d.Failures) != 0 {
		t.Fatalf("not sent: %+v", d)
	}
	if got := b.spent.writes(); got > 9 {
		t.Errorf("design.md §6 allows 9 write units, used %v: %v, index %v", got, b.spent.Table, b.spent.Index)
	}
	m, i = b.message(m), b.invitation(i)
	if m.Delivery != message.Sent || i.Delivery != message.Sent || m.SESID == "" || !m.SentAt.Equal(b.Now()) || !m.Due.IsZero() || !m.LeaseUntil.IsZero() {
		t.Errorf("recorded %+v on the message, %v on the invitation", m, i.Delivery)
	}
	if len(m.Secrets) != 1 || len(m.Stops) != 1 {
		t.Errorf("%d secrets and %d stops for one mail", len(m.Secrets), len(m.Stops))
	}
}
