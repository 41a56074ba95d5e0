package invitations_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"portero/infra/local"
	"portero/shared/dynamo"
	"portero/shared/testkit"
)

// meter adds up what the calls of one request consume.
type meter struct {
	mu    sync.Mutex
	lines map[string]float64
}

func (m *meter) add(c dynamo.Consumed) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kind := "write"
	if strings.Contains(c.Call, "Get") || c.Call == "Query" {
		kind = "read"
	}
	for table, units := range c.Table {
		m.lines[kind+" "+table[strings.LastIndex(table, "-")+1:]] += units
	}
	for _, units := range c.Index {
		m.lines[kind+" index"] += units
	}
	m.lines["calls "+c.Call]++
}

func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lines = map[string]float64{}
}

func (m *meter) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []string
	for _, k := range slices.Sorted(maps.Keys(m.lines)) {
		all = append(all, fmt.Sprintf("%s %g", k, m.lines[k]))
	}
	return strings.Join(all, ", ")
}

// The figures of design.md §6; keys.go says where the reads go.
func TestAcceptingCostsFourReadsFourteenWritesAndSixIndexWrites(t *testing.T) {
	m := meter{lines: map[string]float64{}}
	g := invitedOf(testkit.New(t, func(o *local.Options) { o.Meter = m.add }), lucia)
	for _, c := range []struct{ name, want string }{
		// Beside the invitation's own: the idempotency record (1 read, 2 writes)
		// and the counter of the row's limit (1 write).
		{"open", "calls BatchGetItem 3, calls GetItem 1, calls UpdateItem 1, read core 6, read ephemera 1, write ephemera 1"},
		{"accept", "calls BatchGetItem 3, calls GetItem 1, calls TransactWriteItems 1, calls UpdateItem 1, " +
			"read core 4, read ephemera 1, write audit 2, write core 10, write ephemera 5, write index 6"},
	} {
		m.reset()
		more := []any{}
		if c.name == "accept" {
			more = []any{"password", testkit.Password}
		}
		g.ask(g.Anonymous().With("Idempotency-Key", "intent"), c.name, more...).OK()
		if got := m.String(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
