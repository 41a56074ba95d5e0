package ses

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Message is a mail that the gate has accepted. It is not changed any more.
type Message struct {
	// Number counts the gate's messages from 1, across restarts.
	Number int
	// ID is the message identifier that the sender was answered.
	ID string
	// At is when it was accepted, in UTC.
	At time.Time
	// Source and Destinations are the envelope; the latter bare addresses as typed.
	Source           string
	Destinations     []string
	ConfigurationSet string
	Tags             map[string]string
	// Raw is the message as sent, byte for byte.
	Raw []byte `json:"-"`
}

// Filter chooses messages. The zero value chooses all.
type Filter struct {
	// To is one of the envelope's recipients, without regard to case.
	To string
	// Tags must all be there with these values.
	Tags map[string]string
	// After leaves out what was accepted up to and including this instant.
	After time.Time
}

func (f Filter) chooses(m *Message) bool {
	if !f.After.IsZero() && !m.At.After(f.After) {
		return false
	}
	for name, value := range f.Tags {
		if m.Tags[name] != value {
			return false
		}
	}
	return f.To == "" || slices.ContainsFunc(m.Destinations, func(to string) bool { return strings.EqualFold(to, f.To) })
}

// Messages returns the chosen messages, parsed, in the order of acceptance. An
// error is a message that cannot be parsed to its last part.
func (g *Gate) Messages(f Filter) ([]Mail, error) {
	g.mu.Lock()
	kept := slices.Clone(g.messages)
	g.mu.Unlock()
	var chosen []Mail
	for _, m := range kept {
		if !f.chooses(m) {
			continue
		}
		parsed, err := parse(*m)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, parsed)
	}
	return chosen, nil
}

// Count returns how many messages the filter chooses, without parsing any.
func (g *Gate) Count(f Filter) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := 0
	for _, m := range g.messages {
		if f.chooses(m) {
			n++
		}
	}
	return n
}

// Calls returns how often each action was called, refused calls included.
func (g *Gate) Calls() map[string]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return maps.Clone(g.calls)
}
