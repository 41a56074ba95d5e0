package simulation

import (
	"net/http"
	"slices"
	"time"

	"portero/shared/testkit"
)

// passwordOf is the person's, seldom a wrong one.
func (s *seed) passwordOf(p *person) string {
	if s.choose.IntN(8) == 0 {
		return "not the password of anybody 4"
	}
	return p.password
}

const otherPassword = "the doorman knows my face 9"

// other is another password than that of now.
func (p *person) other() string {
	if p.password == testkit.Password {
		return otherPassword
	}
	return testkit.Password
}

// signedIn keeps the session of an answer.
func (s *seed) signedIn(p *person) func(answer) {
	return func(got answer) {
		if t := got.text("token"); got.ok() && t != "" {
			p.sessions = latest(p.sessions, t, 3)
		}
		if who := got.text("identity"); got.ok() && who != "" {
			p.identity = who
		}
	}
}

func (s *seed) signingIn(p *person, password string) *ask {
	return (&ask{flow: "sign in", who: p, method: http.MethodPost, path: s.under("/sessions"),
		body: map[string]any{"address": p.address, "password": password}}).and(func(got answer) {
		if got.status == http.StatusUnauthorized && password == p.password {
			p.password = p.other() // a change whose answer was lost
		}
		s.signedIn(p)(got)
	})
}

func (s *seed) signIn() *ask {
	p := s.somebody(s.most(isKnown))
	return s.signingIn(p, s.passwordOf(p))
}

// inSelf is a request of somebody about themselves.
func (s *seed) inSelf(flow, method, rest string, body any) *ask {
	p := s.somebody(isIn)
	if p == nil {
		return nil
	}
	return s.inSession(&ask{flow: flow, who: p, method: method, path: s.under(rest), body: body, bearer: p.sessions[s.choose.IntN(len(p.sessions))]})
}

func (s *seed) whoAmI() *ask {
	a := s.inSelf("who am I", http.MethodGet, "/sessions/current", nil)
	if a == nil {
		return nil
	}
	return a.and(func(got answer) {
		if got.ok() {
			a.who.identity = got.text("identity.id")
			if got.text("identity.address") != a.who.address {
				s.broken("a session of %s is %s's", a.who.address, got.text("identity.address"))
			}
		}
	})
}

// over notes sessions that were answered to be over: nobody may use them again.
func (s *seed) over(p *person, tokens ...string) {
	for _, t := range tokens {
		p.drop(t)
		s.dead = append(s.dead, ended{t, s.now()})
	}
}

func (s *seed) signOut() *ask {
	a := s.inSelf("sign out", http.MethodDelete, "/sessions/current", nil)
	if a == nil {
		return nil
	}
	return a.and(func(got answer) {
		if got.ok() {
			s.over(a.who, a.bearer)
		}
	})
}

func (s *seed) signOutEverywhere() *ask {
	a := s.inSelf("sign out everywhere", http.MethodDelete, "/sessions", nil)
	if a == nil {
		return nil
	}
	before := slices.Clone(a.who.sessions)
	return a.and(func(got answer) {
		if got.ok() {
			s.over(a.who, before...)
		}
	})
}

func (s *seed) changePassword() *ask {
	a := s.inSelf("change the password", http.MethodPost, "/me/password", nil)
	if a == nil {
		return nil
	}
	next, before := a.who.other(), slices.Clone(a.who.sessions)
	a.body = map[string]any{"old": a.who.password, "new": next}
	return a.and(func(got answer) {
		if got.ok() {
			a.who.password = next
			s.over(a.who, before...)
			for n := range s.dead {
				if s.dead[n].token == a.bearer { // it lives on for a repeat of this request, by clocks that differ
					s.dead[n].from = s.now().Add(time.Minute + 2*skewed)
				}
			}
			s.signedIn(a.who)(got)
		}
	})
}

func (s *seed) forgetPassword() *ask {
	p := s.somebody(s.most(isKnown))
	return &ask{flow: "forget the password", who: p, method: http.MethodPost, path: s.under("/password-resets"), body: map[string]any{"address": p.address}}
}

func (s *seed) resetPassword() *ask {
	p := s.somebody(func(p *person) bool { return len(p.resets) > 0 })
	if p == nil {
		return nil
	}
	next, before := p.other(), slices.Clone(p.sessions)
	a := &ask{flow: "reset the password", who: p, method: http.MethodPost, path: "/v1/password-resets/redeem", key: s.key(),
		body: map[string]any{"token": s.anyOf(p.resets), "password": next}}
	return a.and(func(got answer) {
		if got.ok() {
			p.password, p.resets = next, nil
			s.over(p, before...)
		}
	})
}
