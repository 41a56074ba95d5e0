package ses

import (
	"encoding/json"
	"fmt"
)

// follow does what an accepted message causes: its events, and its copy.
func (g *Gate) follow(m *Message) {
	g.publish(eventsOf(m, g.now()))
	if g.options.Inbox != "" {
		g.report(forward(g.options.Inbox, m))
	}
}

func (g *Gate) publish(events []object) {
	if g.options.OnEvent == nil {
		return
	}
	for _, e := range events {
		b, err := json.Marshal(e)
		if err != nil {
			g.report(fmt.Errorf("encode event: %w", err))
			continue
		}
		g.options.OnEvent(b)
	}
}

// Report publishes the events of one more outcome of a kept message, for every
// recipient: late bounces, repeated complaints, delays. It reports whether there
// is such a message.
func (g *Gate) Report(id string, o Outcome) bool {
	g.mu.Lock()
	m, isKept := g.byID[id]
	g.mu.Unlock()
	if !isKept {
		return false
	}
	g.queue.promise()(func() {
		for _, to := range m.Destinations {
			g.publish(outcomeEvents(m, to, o, g.now()))
		}
	})
	return true
}
