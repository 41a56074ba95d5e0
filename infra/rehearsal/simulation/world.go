package simulation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

// world is who and what is there, as those outside know it: from answers and
// mails alone.
type world struct {
	workspace, portal, portalName string
	roles                         []string
	people                        []*person
	accounts, contacts            []string
	invitations                   []string // identifiers that were answered
	joins                         []shared
	requests                      []string // join requests that were listed
	grants                        []grantPath
	retries                       []*ask
	asks                          int

	focus       *person // whom a step is about, if anybody
	offer       string  // the invitation that a step is about, if any
	mails       []ses.Message
	secrets     []string
	unaccounted bool // mails went out of which a restored outbox does not know
	sends       map[string]int
	risked      map[string]int // sends per message that were disturbed afterwards
	sent        map[*run][]string
	facts       []fact
	dead        []ended // sessions that were answered to be over
	seen        map[string]string
	samples     int                 // that were asked
	tests       []string            // test clients
	works       map[string]*work    // jobs
	others      map[string][]string // identifiers by prefix, of what has no list above
}

// person is somebody with an address.
type person struct {
	address, password, network string
	staff                      bool
	identity                   string
	sessions                   []string // bearer tokens
	links                      []held
	stops                      []string // unsubscribe tokens
	resets                     []string
	code                       string // that was mailed last
	pending                    []map[string]any
}

// held is a link of an invitation.
type held struct {
	token, message, invitation string
	over                       bool // as its holder was answered
}

type shared struct{ id, token string }

type grantPath struct{ account, contact, portal string }

// ended is a session token that opens nothing from an instant on.
type ended struct {
	token string
	from  time.Time
}

// fact is something that was answered as done: the invitation of a message, or
// one by its identifier, is in a state for good.
type fact struct{ message, invitation, state, why string }

// answer is what came back; status 0: nothing did.
type answer struct {
	status int
	body   any
	raw    string
}

func (a answer) ok() bool { return a.status >= 200 && a.status < 300 }

func (a answer) at(path string) any { return testkit.At(a.body, path) }

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

func (a answer) list(path string) []any {
	l, _ := a.at(path).([]any)
	return l
}

// ask is a request of somebody, with what they make of the answer.
type ask struct {
	flow         string
	who          *person
	method, path string
	body         any
	raw, media   string // instead of body: what is sent, and as what; media empty: nothing
	bearer       string
	key          string
	tries        int
	then         func(answer)
	twin         *answer // of the same request, sent twice at once
}

// send sends it.
func (s *seed) send(a *ask) *run {
	var body []byte
	if a.body != nil {
		body, _ = json.Marshal(a.body) // maps of texts
	}
	if a.media != "" {
		body = []byte(a.raw)
	}
	r := httptest.NewRequest(a.method, a.path, bytes.NewReader(body))
	r.RequestURI, r.RemoteAddr = a.path, a.who.network
	r.Header.Set("User-Agent", "somebody")
	if a.media != "" {
		r.Header.Set("Content-Type", a.media)
	} else if a.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if a.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+a.bearer)
	}
	if a.key != "" {
		r.Header.Set("Idempotency-Key", a.key)
	}
	a.tries++
	s.trace.add("%s (%s, try %d)", a.flow, a.who.address, a.tries)
	run := s.knock(r)
	if run == nil && len(s.outcome.Broken) == 0 {
		s.broken("%s: no route takes %s %s", a.flow, a.method, a.path)
	}
	return run
}

// heard judges the answer of a run and gives it to whoever asked.
func (s *seed) heard(a *ask, r *run) {
	got := s.answerOf(a.flow, r)
	s.outcome.Statuses[got.status]++
	s.outcome.Asked[a.flow]++
	if got.ok() {
		s.outcome.Flows[a.flow]++
	}
	s.trace.add("%s is answered %d %s", a.flow, got.status, got.text("code"))
	if got.status >= 500 && r.faults == 0 {
		s.broken("%s is answered %d though nothing went wrong: %s", a.flow, got.status, got.raw)
	}
	if got.status >= 400 && got.text("code") == "" {
		s.broken("%s is answered %d without a problem: %q", a.flow, got.status, got.raw)
	}
	if unknown := got.status == 0 || got.status >= 500 || got.text("code") == "changed_meanwhile"; unknown && a.tries < 4 && s.choose.IntN(4) > 0 {
		s.retries = append(s.retries, a)
		return
	}
	if a.twin != nil && a.key != "" && got.ok() {
		s.same(a, got)
	}
	if a.then != nil {
		a.then(got)
	}
}

// idle reports whether an answer says of every line that nothing was done. Such
// a one is not kept under its key, since nothing was written with it: a repeat
// is decided anew.
func (a answer) idle() bool {
	lines := a.list("lines")
	for n := range lines {
		switch a.text(fmt.Sprintf("lines.%d.verdict", n)) {
		case "invited", "added_to_open", "offered", "done":
			return false
		}
	}
	return len(lines) > 0
}

// same holds that a request that came twice was answered once.
func (s *seed) same(a *ask, got answer) {
	if got.idle() {
		return
	}
	if a.twin.status == 0 {
		*a.twin = got
		return
	}
	if one, other := plain(a.twin.body), plain(got.body); one != other || a.twin.status != got.status {
		s.broken("%s came twice with one key and was answered twice: %d %s, %d %s", a.flow, a.twin.status, one, got.status, other)
	}
}

// plain is an answer without what a repeat draws anew.
func plain(body any) string { return string(marshal(stripped(body))) }

func stripped(v any) any {
	switch v := v.(type) {
	case map[string]any:
		left := maps.Clone(v)
		for name, value := range left {
			left[name] = stripped(value)
		}
		for _, secret := range []string{"token", "url", "binding", "expires_at"} {
			delete(left, secret)
		}
		return left
	case []any:
		left := slices.Clone(v)
		for n, value := range left {
			left[n] = stripped(value)
		}
		return left
	}
	return v
}

// answerOf reads an API answer.
func (s *seed) answerOf(flow string, r *run) answer {
	s.sound(flow, r)
	if r.lost() || r.answer == nil {
		return answer{}
	}
	var out events.APIGatewayV2HTTPResponse
	if err := json.Unmarshal(r.answer, &out); err != nil {
		s.broken("%s: an answer that is none: %v", flow, err)
		return answer{}
	}
	got := answer{status: out.StatusCode, raw: out.Body}
	if strings.Contains(out.Headers["content-type"], "json") && out.Body != "" && json.Unmarshal([]byte(out.Body), &got.body) != nil {
		s.broken("%s: a body that is no JSON: %q", flow, out.Body)
	}
	for _, secret := range []string{got.text("token"), got.text("binding"), tokenOf(got.text("url"))} {
		if secret != "" {
			s.secrets = append(s.secrets, secret)
		}
	}
	return got
}

// sound holds that a function neither panics nor fails where nothing went wrong,
// and notes which mails were sent by a run that was disturbed.
func (s *seed) sound(what string, r *run) {
	switch {
	case r.panicked != "":
		s.broken("%s panics: %s", what, r.panicked)
	case r.err != nil && r.faults == 0 && !r.dead:
		s.broken("%s fails though nothing went wrong: %v", what, r.err)
	}
	if r.faults > 0 || r.dead {
		for _, message := range s.sent[r] {
			s.risked[message]++
		}
	}
	delete(s.sent, r)
}

// found makes the firm and its people, in fine weather.
func (s *seed) found() {
	s.world = world{secrets: []string{testkit.Password, otherPassword}, sends: map[string]int{}, risked: map[string]int{}, sent: map[*run][]string{}, seen: map[string]string{}, others: map[string][]string{}}
	for n, address := range []string{
		testkit.AdminAddress, "luis@firm.example", "bea@firm.example",
		"c0@client.example", "c1@client.example", "c2@client.example", "c3@client.example", "c4@client.example", "c5@client.example",
		"bounce+6@simulator.amazonses.com", "complaint+7@simulator.amazonses.com",
	} {
		s.people = append(s.people, &person{address: address, password: testkit.Password, network: fmt.Sprintf("198.51.100.%d:4711", n+1), staff: n < 3})
	}
	r := s.start("workspaces/create", "the operator", []byte(`{"name":"Garrigues & Vega","admin":"`+testkit.AdminAddress+`","language":"es","zone":"Europe/Madrid","country":"ES"}`))
	s.finish()
	var made struct {
		Workspace  string `json:"workspace"`
		Portal     string `json:"portal"`
		PortalName string `json:"portal_name"`
	}
	if r.lost() || json.Unmarshal(r.answer, &made) != nil {
		s.broken("the workspace cannot be made: %v", r.err)
		return
	}
	s.workspace, s.portal, s.portalName = made.Workspace, made.Portal, made.PortalName
	s.look()
	s.deliver()
	s.now1(s.accept(s.people[0]))
	s.now1(&ask{flow: "list roles", who: s.people[0], method: http.MethodGet, path: s.under("/roles"), bearer: s.people[0].token(), then: func(a answer) {
		for n := range a.list("items") {
			s.roles = append(s.roles, a.text(fmt.Sprintf("items.%d.id", n)))
		}
	}})
	s.now1(s.addRole())
	s.now1(s.desk("turn support dates on", http.MethodPatch, "", map[string]any{"settings": map[string]any{"support_dates": true}}))
	if len(s.roles) == 0 && len(s.outcome.Broken) == 0 {
		s.broken("the firm cannot be founded")
	}
}

// now1 asks and waits for the answer.
func (s *seed) now1(a *ask) {
	if a == nil || len(s.outcome.Broken) > 0 {
		return
	}
	r := s.send(a)
	s.finish()
	if r != nil {
		s.heard(a, r)
	}
}

func (s *seed) under(rest string) string { return "/v1/workspaces/" + s.workspace + rest }

// token is a session of a person; "" if they have none.
func (p *person) token() string {
	if len(p.sessions) == 0 {
		return ""
	}
	return p.sessions[len(p.sessions)-1]
}
