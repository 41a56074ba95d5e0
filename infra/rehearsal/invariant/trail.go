package invariant

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
)

// deed is an action on a thing.
type deed struct{ action, subject string }

// trail looks for changes that are not in the audit trail, or more than once,
// and for entries of what never happened.
func (c *check) trail() {
	done, named, moved := map[deed]int{}, map[string]bool{}, map[string]int{}
	for _, e := range c.entries {
		_, there := c.firms[e.Workspace]
		c.must(there, "%s: the entry %s is of a workspace that is not there", e.Workspace, e.ID)
		c.must(c.stands(e.Subject) || c.gone[e.Subject], "%s: the entry %s says %s of %s, which is not there", e.Workspace, e.ID, e.Action, e.Subject)
		if e.Before["state"] == string(invitation.Cancelled) {
			continue // cancelled once more, to withdraw
		}
		what := deed{e.Action, e.Subject}
		if e.Action == "grant.created" { // of a contact, who may have one at each account and portal
			what.subject += " at " + e.After["account"] + " in " + e.After["portal"]
		}
		done[what]++
		named[e.Subject] = true
		for _, v := range e.After {
			for _, one := range identifiers.FindAllString(v, -1) {
				named[one] = true
			}
		}
		if e.Action == "invitation.changed" && e.After["address"] != "" {
			moved[e.Subject]++
		}
	}
	for _, d := range slices.SortedFunc(maps.Keys(done), func(a, b deed) int { return strings.Compare(a.action+a.subject, b.action+b.subject) }) {
		once := strings.HasSuffix(d.action, ".created") && !strings.HasPrefix(d.action, "joinrequest.")
		c.must(!once || done[d] == 1, "the trail says %s of %s %d times", d.action, d.subject, done[d])
	}
	c.ends(done, moved)
	for a, one := range c.accounts {
		c.must(named[string(a)], "%s: the trail says nothing of the account %s", one.Workspace, a)
	}
	for a, one := range c.contacts {
		c.must(named[string(a)], "%s: the trail says nothing of the contact %s", one.Workspace, a)
	}
	for k, g := range c.granted {
		c.must(named[string(k.Contact)], "%s: the trail says nothing of the grant of %s", g.Workspace, k.Contact)
	}
}

// ends compares each invitation's state with the trail.
func (c *check) ends(done map[deed]int, moved map[string]int) {
	reminded := map[id.Invitation]int{}
	for _, m := range c.messages {
		if m.Kind == message.Reminder {
			reminded[m.Invitation]++
		}
	}
	for _, i := range c.offers {
		n := func(action string) int { return done[deed{"invitation." + action, string(i.ID)}] }
		c.must(n("created") == 1, "%s: the trail says %d times that %s was created", i.Workspace, n("created"), i.ID)
		for _, s := range []invitation.State{invitation.Accepted, invitation.Declined, invitation.Cancelled} {
			want := 0
			if i.State == s {
				want = 1
			}
			c.must(n(string(s)) == want, "%s: %s is %s, the trail says %d times %s", i.Workspace, i.ID, i.State, n(string(s)), s)
		}
		c.must(n("expired") <= i.Sends && (i.State != invitation.Expired || n("expired") > 0), "%s: %s is %s, the trail says %d times expired", i.Workspace, i.ID, i.State, n("expired"))
		c.must(i.Sends == 1+n("resent")+moved[string(i.ID)], "%s: %s was sent %d times, the trail says resent %d and moved %d", i.Workspace, i.ID, i.Sends, n("resent"), moved[string(i.ID)])
		c.must(n("reminded") == reminded[i.ID], "%s: %s has %d reminders, the trail says %d", i.Workspace, i.ID, reminded[i.ID], n("reminded"))
	}
}

// identifiers finds the names of things in a text.
var identifiers = regexp.MustCompile(`\b(?:ws|idn|acc|con|por|rol|inv|jln|jrq|msg|ses|ver|key)_[0-9a-hjkmnp-tv-z]{26}\b`)

// stands reports whether a thing is there. Of what TTL takes, and of the
// identity that an address would have, nobody can say.
func (c *check) stands(thing string) bool {
	prefix, _, _ := strings.Cut(thing, "_")
	switch prefix {
	case "ws":
		return c.firms[id.Workspace(thing)].ID != ""
	case "acc":
		return c.accounts[id.Account(thing)].ID != ""
	case "con":
		return c.contacts[id.Contact(thing)].ID != ""
	case "por":
		return c.portals[id.Portal(thing)].ID != ""
	case "rol":
		return c.roles[id.Role(thing)].ID != ""
	case "inv":
		return c.offers[id.Invitation(thing)].ID != ""
	case "jln":
		return c.joinLinks[id.JoinLink(thing)].ID != ""
	case "jrq":
		return c.joinRequests[id.JoinRequest(thing)].ID != ""
	case "key":
		return c.apiKeys[id.APIKey(thing)].ID != ""
	case "msg":
		return c.messages[id.Message(thing)].ID != ""
	}
	return true
}

// records looks at the idempotency records: each stands beside the change it
// answers for, so whatever its answer names is there.
func (c *check) records() {
	for _, r := range c.remembered {
		if len(r.Request) == 0 {
			continue // the one write of a forgotten password whose address nobody has (session.Desk.Forgot)
		}
		c.must(r.Status >= 200 && r.Status < 300, "%s: an idempotency record remembers a %d", r.Workspace, r.Status)
		var answer any
		if len(r.Answer) > 0 {
			c.must(json.Unmarshal(r.Answer, &answer) == nil, "%s: an idempotency record holds no JSON", r.Workspace)
		}
		c.answer(r.Workspace, answer)
	}
}

// answer looks at what an answer names; a line that was refused, which has a
// code, only says what was asked for.
func (c *check) answer(ws id.Workspace, v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, refused := v["code"]; refused {
			return
		}
		for _, one := range v {
			c.answer(ws, one)
		}
	case []any:
		for _, one := range v {
			c.answer(ws, one)
		}
	case string:
		for _, one := range identifiers.FindAllString(v, -1) {
			c.must(c.stands(one) || c.gone[one], "%s: an idempotency record answers with %s, which is not there", ws, one)
		}
	}
}
