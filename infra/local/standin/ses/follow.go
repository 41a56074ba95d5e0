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

// reminded is how many kept messages an inbox gets at the start: more than
// anybody looks through, and copied in a second (chosen; no evidence).
const reminded = 200

// remind gives the inbox the newest kept messages, oldest first.
func (g *Gate) remind() {
	kept := g.messages[max(0, len(g.messages)-reminded):]
	g.queue.promise()(func() {
		for _, m := range kept {
			if err := forward(g.options.Inbox, m); err != nil {
				g.report(err)
				return // one error, not one for each
			}
		}
	})
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
