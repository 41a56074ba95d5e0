package simulation

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"portero/infra/local/standin/ses"
	"portero/infra/rehearsal"
)

// carry carries a call out, or has a fault befall it.
func (s *seed) carry(c *call) reply {
	time.Sleep(time.Duration(1+s.choose.IntN(8)) * time.Millisecond)
	befell := s.weather.befalls(s.choose, c)
	s.outcome.Calls++
	if befell != rehearsal.None {
		s.outcome.Faults[befell]++
		c.run.faults++
	}
	r, said := s.outcomeOf(c, befell)
	s.trace.add("call r%d %s#%d %s %s %s-> %s", c.run.number, c.run.function, c.run.calls, c.operation, digest(c.order), worded(befell), said)
	return r
}

func worded(f rehearsal.Fault) string {
	if f == rehearsal.None {
		return ""
	}
	return string(f) + " "
}

func (s *seed) outcomeOf(c *call, befell rehearsal.Fault) (reply, string) {
	switch befell {
	case rehearsal.Throttle, rehearsal.Broken, rehearsal.Conflict:
		r := refusal(c, befell)
		return r, fmt.Sprint(r.response.StatusCode)
	case rehearsal.Before:
		return s.silence(c), "nothing"
	case killBefore:
		s.kill(c.run, string(befell))
		return reply{err: errCutOff}, "nothing"
	}
	answer, body, err := s.happen(c)
	if err != nil {
		s.broken("%s of %s cannot be carried out: %v", c.operation, c.run.function, err)
		return reply{err: err}, "nothing"
	}
	said := fmt.Sprintf("%d %s", answer.StatusCode, digest(canonical(c.service, body)))
	switch befell {
	case rehearsal.After:
		return s.silence(c), said
	case rehearsal.Kill:
		s.kill(c.run, string(befell))
		return reply{err: errCutOff}, said
	case rehearsal.Cut:
		whole := len(body)
		cut := response(c, answer.StatusCode, answer.Header, body[:whole/2])
		cut.ContentLength = int64(whole)
		return reply{response: cut}, said
	}
	return reply{response: response(c, answer.StatusCode, answer.Header, body)}, said
}

// happen gives a call to the database or to SES.
func (s *seed) happen(c *call) (*http.Response, []byte, error) {
	if c.service == "dynamodb" {
		defer s.fresh()
		return s.outside.ask(c)
	}
	before := s.gate.Count(ses.Filter{})
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, "http://mail.invalid/", bytes.NewReader(c.body))
	request.Header = c.request.Header.Clone()
	s.gate.ServeHTTP(recorder, request)
	s.gate.Drain()
	if s.gate.Count(ses.Filter{}) > before {
		s.mailed(c)
	}
	answer := recorder.Result()
	return answer, recorder.Body.Bytes(), nil
}
