package simulation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/functions"
	"portero/shared/app"
	"portero/shared/contract"
)

// begun is a run of a step with what is made of its end.
type begun struct {
	run *run
	end func()
}

// oneStep has one to three things happen at the same time, then looks.
func (s *seed) oneStep() {
	s.trace.add("step %d", s.step)
	s.pass()
	s.focus, s.offer = nil, ""
	if s.choose.IntN(2) == 0 {
		s.focus = s.people[s.choose.IntN(len(s.people))]
		if len(s.invitations) > 0 {
			s.offer = s.anyOf(s.invitations)
		}
	}
	var all []begun
	for range []int{1, 1, 1, 2, 2, 3}[s.choose.IntN(6)] {
		all = append(all, s.begin()...)
	}
	s.end(all)
	if s.step%checkEvery == 0 {
		s.check(false)
	}
}

// end waits for what was begun and hears what came of it.
func (s *seed) end(all []begun) {
	s.finish()
	for _, b := range all {
		b.end()
	}
	s.look()
	s.left()
}

// pass moves the time on: mostly little, sometimes days.
func (s *seed) pass() {
	var d time.Duration
	switch n := s.choose.IntN(100); {
	case n < 60:
		d = time.Duration(s.choose.IntN(5000)) * time.Millisecond
	case n < 85:
		d = time.Duration(s.choose.IntN(180)) * time.Second
	case n < 96:
		d = time.Duration(s.choose.IntN(180)) * time.Minute
	default:
		d = time.Duration(s.choose.IntN(100)) * time.Hour
	}
	time.Sleep(d)
}

// begin starts something: a stream's batch, a mail's event, a tick, a request
// that is repeated, or a new one.
func (s *seed) begin() []begun {
	switch n := s.choose.IntN(100); {
	case n < 30 && len(s.waiting()) > 0:
		all := s.waiting()
		return s.batch(all[s.choose.IntN(len(all))])
	case n < 34 && len(s.events) > 0:
		return s.mailEvent()
	case n < 42:
		return s.tick()
	case n < 54 && len(s.retries) > 0:
		a := s.retries[0]
		s.retries = s.retries[1:]
		return s.asking(a)
	}
	if s.choose.IntN(2) == 0 { // who has a code types it soon
		if a := s.confirm(); a != nil {
			return s.asking(a)
		}
	}
	for range 20 {
		if a := s.flow(); a != nil {
			return s.asking(a)
		}
	}
	return nil
}

// asking sends a request, sometimes twice at once, as a double click does.
func (s *seed) asking(a *ask) []begun {
	times := 1
	if a.key != "" && s.choose.IntN(12) == 0 {
		times, a.twin = 2, &answer{}
	}
	var all []begun
	for range times {
		if r := s.send(a); r != nil {
			all = append(all, begun{r, func() { s.heard(a, r) }})
		}
	}
	return all
}

// batch hands records of the stream to the function they are for: in order or
// not, some of them once more, some never.
func (s *seed) batch(q *queue) []begun {
	if s.choose.Float64() < s.weather.mixed {
		s.choose.Shuffle(len(q.records), func(i, j int) { q.records[i], q.records[j] = q.records[j], q.records[i] })
	}
	taken := q.take(1 + s.choose.IntN(10))
	n := len(taken)
	if s.choose.Float64() < s.weather.lost {
		s.trace.add("records are lost: %d", n)
		return nil
	}
	all := []begun{s.handing(q, taken)}
	if s.choose.Float64() < s.weather.twice {
		all = append(all, s.handing(q, slices.Clone(taken)))
	}
	return all
}

func (q *queue) take(most int) []record {
	n := min(len(q.records), most)
	taken := slices.Clone(q.records[:n])
	q.records = slices.Clone(q.records[n:])
	return taken
}

// maxTries is how often Lambda hands a batch over: once, and five retries.
const maxTries = 6

func (s *seed) handing(q *queue, taken []record) begun {
	event := events.DynamoDBEvent{}
	for _, r := range taken {
		event.Records = append(event.Records, r.DynamoDBEventRecord)
	}
	r := s.start(q.function, "the stream", marshal(event))
	return begun{r, func() {
		s.sound(q.function, r)
		from := len(taken)
		if r.lost() {
			from = 0
		} else {
			var out struct {
				Failures []events.DynamoDBBatchItemFailure `json:"batchItemFailures"`
			}
			if err := json.Unmarshal(r.answer, &out); err != nil {
				s.broken("%s: %v", q.function, err)
			}
			for _, f := range out.Failures {
				from = min(from, slices.IndexFunc(taken, func(r record) bool { return r.Change.SequenceNumber == f.ItemIdentifier }))
			}
		}
		for _, left := range taken[max(0, from):] {
			if left.tries++; left.tries < maxTries {
				q.records = append(q.records, left)
			}
		}
	}}
}

// mailEvent hands an event of SES to triggers/feedback.
func (s *seed) mailEvent() []begun {
	n := 0
	if s.choose.Float64() < s.weather.mixed {
		n = s.choose.IntN(len(s.events))
	}
	event := s.events[n]
	s.events = slices.Delete(slices.Clone(s.events), n, n+1)
	if s.choose.Float64() < s.weather.lost {
		s.trace.add("an event is lost")
		return nil
	}
	times := 1
	if s.choose.Float64() < s.weather.twice {
		times = 2
	}
	var all []begun
	for range times {
		r := s.start("triggers/feedback", "SES", event)
		all = append(all, begun{r, func() {
			s.sound("triggers/feedback", r)
			if r.lost() {
				s.events = append(s.events, event)
			}
		}})
	}
	return all
}

// tick calls a job, sometimes twice with one instant, sometimes late.
func (s *seed) tick() []begun {
	jobs := jobNames()
	job, at, times := jobs[s.choose.IntN(len(jobs))], s.now(), 1
	switch s.choose.IntN(6) {
	case 0:
		times = 2
	case 1:
		at = at.Add(-time.Duration(s.choose.IntN(300)) * time.Second)
	}
	var all []begun
	for range times {
		all = append(all, s.ticking(job, at))
	}
	return all
}

func (s *seed) ticking(job string, at time.Time) begun {
	r := s.start(job, "the clock", marshal(app.Tick{Time: at}))
	return begun{r, func() { s.sound(job, r) }}
}

func jobNames() []string {
	var all []string
	for _, row := range functions.Rows() {
		if j, ok := row.(contract.Job); ok {
			all = append(all, j.Name)
		}
	}
	slices.Sort(all)
	return all
}

// deliver hands everything over until nothing is left.
func (s *seed) deliver() {
	for n := 0; len(s.waiting())+len(s.events) > 0 && n < 100 && len(s.outcome.Broken) == 0; n++ {
		for _, q := range s.queues {
			for len(q.records) > 0 {
				s.end([]begun{s.handing(q, q.take(10))})
			}
		}
		if len(s.events) > 0 {
			s.end(s.mailEvent())
		}
	}
}

// calm ends a seed: the weather is fine, what is left is done, and everything
// must come to rest.
func (s *seed) calm() {
	s.trace.add("calm")
	s.weather = weather{}
	clear(s.idle) // whose clocks were off
	time.Sleep(2 * skewed)
	for n := 0; len(s.retries) > 0 && n < 200; n++ {
		a := s.retries[0]
		s.retries = s.retries[1:]
		s.end(s.asking(a))
	}
	for _, wait := range []time.Duration{time.Minute, 20 * time.Minute, 3 * time.Hour, 9 * time.Hour, 26 * time.Hour, 8 * 24 * time.Hour, 8 * 24 * time.Hour} {
		s.deliver()
		time.Sleep(wait)
		for _, job := range jobNames() {
			s.end([]begun{s.ticking(job, s.now())})
		}
	}
	s.deliver()
	if len(s.outcome.Broken) == 0 {
		s.check(true)
	}
}

func marshal(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("simulation: %T is no JSON: %v", v, err))
	}
	return raw
}

func (s *seed) anyOf(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[s.choose.IntN(len(all))]
}

// tokenOf is what stands behind the # of an address.
func tokenOf(url string) string {
	_, token, _ := strings.Cut(url, "#")
	return token
}
