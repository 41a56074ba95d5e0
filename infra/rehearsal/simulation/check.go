package simulation

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/rehearsal/invariant"
	"portero/shared/dynamo/schema"
)

// checkEvery is how many steps lie between two looks at the whole database
// (chosen: a look costs about as much as a step).
const checkEvery = 10

type item = map[string]types.AttributeValue

func word(i item, name string) string {
	s, _ := i[name].(*types.AttributeValueMemberS)
	if s == nil {
		return ""
	}
	return s.Value
}

func count(i item, name string) string {
	n, _ := i[name].(*types.AttributeValueMemberN)
	if n == nil {
		return "0"
	}
	return n.Value
}

// check holds what must be true at every instant; at rest also what must become
// true.
func (s *seed) check(rest bool) {
	var core []item
	var err error
	s.outside.do(func() { core, err = s.outside.scan(context.Background(), schema.Core) })
	if err != nil {
		s.broken("read the database: %v", err)
		return
	}
	invitations, messages := map[string]item{}, map[string]item{}
	for _, i := range core {
		switch {
		case word(i, "invitation") != "" && word(i, "entry") != "": // of a history
		case schema.Kind(word(i, schema.KindAttr)) == schema.Invitation:
			invitations[word(i, "id")] = i
		case schema.Kind(word(i, schema.KindAttr)) == schema.Message:
			messages[word(i, "id")] = i
		}
	}
	s.checkFacts(invitations, messages)
	s.checkStates(invitations)
	s.checkMails(messages, rest)
	s.checkSessions(rest)
	s.checkAll(rest)
	for _, b := range s.outcome.Broken {
		s.describe(b, core)
	}
}

// describe puts into the trace what the database holds of the things that a
// sentence names.
func (s *seed) describe(sentence string, core []item) {
	for _, i := range core {
		if id := word(i, "id"); id == "" || !strings.Contains(sentence, id) {
			continue
		}
		var all map[string]any
		if err := attributevalue.UnmarshalMap(i, &all); err == nil {
			for _, long := range []string{"model", "secrets", "stops", "more", "grants"} {
				delete(all, long)
			}
			s.trace.add("there is %s", marshal(all))
		}
	}
}

// checkAll asks the checker that the fault sweep and the restore drill ask too.
// It reads at the instant of the fastest clock: what is over by one function's
// clock may be replaced already.
func (s *seed) checkAll(rest bool) {
	o := invariant.Options{Mails: s.mails}
	if s.unaccounted {
		o.Mails = nil
	}
	if rest {
		o.Settled, o.Secrets, o.Logs = true, s.secrets, s.logs.lines
	}
	var wrong []string
	s.outside.do(func() {
		wrong = invariant.Check(context.Background(), s.outside.client, s.outside.tables, s.latest(), o)
	})
	for _, w := range wrong {
		s.broken("%s", w)
	}
}

// checkFacts holds that what was answered as done is done, and stays so.
func (s *seed) checkFacts(invitations, messages map[string]item) {
	for n, f := range s.facts {
		if f.invitation == "" {
			f.invitation = word(messages[f.message], "invitation")
			s.facts[n] = f
		}
		i, there := invitations[f.invitation]
		if got := word(i, "state"); !there || got != f.state {
			s.broken("%s was answered to be %s (%s) and is %q", f.invitation, f.state, f.why, got)
		}
	}
	for _, inv := range s.invitations {
		if _, there := invitations[inv]; !there {
			s.broken("%s was answered to be there and is not", inv)
		}
	}
}

// checkStates holds that what is over stays as it is, and that one address has
// one open invitation of a portal.
func (s *seed) checkStates(invitations map[string]item) {
	open := map[string]string{}
	for _, name := range sorted(invitations) {
		i := invitations[name]
		now, before := word(i, "state"), s.seen[name]
		if over := before == "accepted" || before == "declined" || before == "cancelled"; over && now != before {
			s.broken("%s was %s and is %s", name, before, now)
		}
		s.seen[name] = now
		if ends, err := time.Parse(time.RFC3339, word(i, "expires_at")); now != "pending" || err != nil || !ends.After(s.latest()) {
			continue // over, or over by the clock and not yet recorded
		}
		at := word(i, "kind_of") + " " + word(i, "portal") + " " + word(i, "key")
		if other := open[at]; other != "" {
			s.broken("%s and %s are both open for %s", other, name, at)
		}
		open[at] = name
	}
}

// latest is what the fastest of the functions' clocks says.
func (s *seed) latest() time.Time {
	if s.weather.skew {
		return s.now().Add(skewed)
	}
	return s.now()
}

// checkMails holds that a message is mailed once, and twice only where something
// went wrong after the first mail; at rest, that none waits for ever, and that
// what says it was sent was.
func (s *seed) checkMails(messages map[string]item, rest bool) {
	for _, name := range sorted(messages) {
		m := messages[name]
		sent, delivery := s.sends[name], word(m, "delivery")
		if extra := sent - 1; extra > s.risked[name] && !s.skewed {
			s.broken("%s was mailed %d times, though %d of them were disturbed", name, sent, s.risked[name])
		}
		if sent == 0 && slices.Contains([]string{"sent", "delivered", "bounced", "complained", "delayed"}, delivery) {
			s.broken("%s is %s and was never mailed", name, delivery)
		}
		if !rest {
			continue
		}
		if delivery == "queued" {
			s.broken("%s (%s) still waits at the end: reason %q, due %s, attempts %s, lease %s; it is %s", name, word(m, "kind_of"),
				word(m, "reason"), word(m, "due"), count(m, "attempts"), word(m, "lease_until"), s.now().Format(time.RFC3339))
		}
		if sent > 1 && delivery != "failed" && count(m, "duplicates") == "0" {
			s.broken("%s was mailed %d times and counts no duplicate", name, sent)
		}
	}
}

// checkSessions holds that a session that was answered to be over is: one of
// them each time, at rest all.
func (s *seed) checkSessions(all bool) {
	over := slices.DeleteFunc(slices.Clone(s.dead), func(e ended) bool { return e.from.After(s.now()) })
	if !all && len(over) > 0 {
		over = over[len(over)-1:]
	}
	fine := s.weather
	s.weather = weather{skew: fine.skew}
	for _, e := range over {
		a := &ask{flow: "use a session that is over", who: s.people[0], method: http.MethodGet, path: s.under("/sessions/current"), bearer: e.token}
		a.then = func(got answer) {
			if got.status != http.StatusUnauthorized {
				s.broken("a session that was answered to be over is answered %d", got.status)
			}
		}
		s.now1(a)
	}
	s.weather = fine
}

func sorted(all map[string]item) []string {
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
