package simulation

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
)

// holder is somebody with a link, and one of their links: most often the newest,
// and one that they do not know to be over.
func (s *seed) holder(fits func(*person) bool) (*person, held) {
	fresh := func(p *person) bool { return fits(p) && len(p.links) > 0 && !p.links[len(p.links)-1].over }
	p := s.somebody(fresh)
	if p == nil || s.choose.IntN(6) == 0 {
		p = s.somebody(func(p *person) bool { return fits(p) && len(p.links) > 0 })
	}
	if p == nil {
		return nil, held{}
	}
	if s.choose.IntN(4) == 0 {
		return p, p.links[s.choose.IntN(len(p.links))]
	}
	return p, p.links[len(p.links)-1]
}

func anybody(*person) bool { return true }

// answering is a guest's request about a link.
func (s *seed) answering(flow, path, state string, p *person, l held, more map[string]any) *ask {
	body := map[string]any{"token": l.token}
	maps.Copy(body, more)
	a := &ask{flow: flow, who: p, method: http.MethodPost, path: "/v1/invitations/" + path, body: body, key: s.key()}
	return a.and(func(got answer) {
		if code := got.text("code"); state != "" && (got.ok() || strings.HasPrefix(code, "invitation_")) {
			for n := range p.links {
				p.links[n].over = p.links[n].over || p.links[n].token == l.token
			}
		}
		if !got.ok() {
			return
		}
		if v := got.text("verification"); v != "" {
			p.pending = latest(p.pending, map[string]any{"workspace": got.text("workspace"), "verification": v, "binding": got.text("binding")}, 2)
			if pw, chosen := more["password"].(string); chosen && more["sign_in"] == nil {
				p.password = pw
			}
			return
		}
		if state != "" {
			s.facts = append(s.facts, fact{message: l.message, invitation: l.invitation, state: state, why: fmt.Sprintf("step %d, %s", s.step, a.key)})
		}
		s.signedIn(p)(got)
	})
}

// accept accepts with a new password.
func (s *seed) accept(p *person) *ask {
	if len(p.links) == 0 {
		return nil
	}
	return s.answering("accept", "accept", "accepted", p, p.links[len(p.links)-1], map[string]any{"password": p.password, "name": "Lucía Ortega"})
}

func (s *seed) acceptOffer() *ask {
	p, l := s.holder(anybody)
	if p == nil {
		return nil
	}
	return s.answering("accept", "accept", "accepted", p, l, map[string]any{"password": p.password, "name": "Lucía Ortega"})
}

func (s *seed) acceptSigningIn() *ask {
	p, l := s.holder(s.most(isKnown))
	if p == nil {
		return nil
	}
	return s.answering("accept by signing in", "accept", "accepted", p, l, map[string]any{"password": s.passwordOf(p), "sign_in": true})
}

func (s *seed) acceptSignedIn() *ask {
	p, l := s.holder(isIn)
	if p == nil {
		return nil
	}
	a := s.answering("accept signed in", "accept", "accepted", p, l, nil)
	a.bearer = p.token()
	return a
}

func (s *seed) openOffer() *ask {
	p, l := s.holder(anybody)
	if p == nil {
		return nil
	}
	a := s.answering("open", "open", "", p, l, nil)
	a.then, a.key = nil, ""
	return a
}

func (s *seed) declineOffer() *ask {
	p, l := s.holder(anybody)
	if p == nil {
		return nil
	}
	return s.answering("decline", "decline", "declined", p, l, nil)
}

func (s *seed) optOut() *ask {
	p, l := s.holder(anybody)
	if p == nil {
		return nil
	}
	return s.answering("opt out", "optout", "", p, l, nil)
}

func (s *seed) renewOffer() *ask {
	p, l := s.holder(anybody)
	if p == nil {
		return nil
	}
	return s.answering("ask for a new link", "renew", "", p, l, nil)
}

func (s *seed) unsubscribe() *ask {
	p := s.somebody(func(p *person) bool { return len(p.stops) > 0 })
	if p == nil {
		return nil
	}
	return &ask{flow: "unsubscribe", who: p, method: http.MethodPost, path: "/v1/unsubscribe?u=" + s.anyOf(p.stops)}
}

// confirm types the code that was mailed.
func (s *seed) confirm() *ask {
	p := s.somebody(func(p *person) bool { return len(p.pending) > 0 && p.code != "" })
	if p == nil {
		return nil
	}
	body := maps.Clone(p.pending[len(p.pending)-1])
	body["code"] = p.code
	a := &ask{flow: "confirm", who: p, method: http.MethodPost, path: "/v1/verifications/confirm", body: body, key: s.key()}
	return a.and(func(got answer) {
		if got.ok() || got.status == http.StatusGone {
			p.pending, p.code = nil, ""
		}
		s.signedIn(p)(got)
	})
}

func (s *seed) makeJoinLink() *ask {
	if len(s.joins) > 4 {
		return nil
	}
	a := s.desk("make a join link", http.MethodPost, "/joinlinks", map[string]any{"portal": s.portal,
		"approval": s.choose.IntN(2) == 0, "create_contact": s.choose.IntN(2) == 0, "max_uses": 1 + s.choose.IntN(6)})
	return a.and(func(got answer) {
		if t := tokenOf(got.text("url")); got.ok() && t != "" {
			s.joins = append(s.joins, shared{got.text("joinlink.id"), t})
		}
	})
}

func (s *seed) resetJoinLink() *ask {
	if len(s.joins) == 0 {
		return nil
	}
	n := s.choose.IntN(len(s.joins))
	a := s.desk("reset a join link", http.MethodPost, "/joinlinks/"+s.joins[n].id+"/reset", nil)
	return a.and(func(got answer) {
		if t := tokenOf(got.text("url")); got.ok() && t != "" {
			s.joins[n].token = t
		}
	})
}

func (s *seed) switchJoinLink() *ask {
	if len(s.joins) == 0 {
		return nil
	}
	return s.desk("switch a join link", http.MethodPatch, "/joinlinks/"+s.joins[s.choose.IntN(len(s.joins))].id, map[string]any{"off": s.choose.IntN(3) == 0})
}

func (s *seed) join() *ask {
	if len(s.joins) == 0 {
		return nil
	}
	p := s.somebody(isClient)
	return s.joining("join", p, map[string]any{"address": p.address, "password": p.password, "name": "Lucía"})
}

func (s *seed) joinSignedIn() *ask {
	p := s.somebody(func(p *person) bool { return isClient(p) && isIn(p) })
	if p == nil || len(s.joins) == 0 {
		return nil
	}
	a := s.joining("join signed in", p, nil)
	a.bearer = p.token()
	return a
}

func (s *seed) joining(flow string, p *person, more map[string]any) *ask {
	body := map[string]any{"token": s.joins[s.choose.IntN(len(s.joins))].token}
	maps.Copy(body, more)
	a := &ask{flow: flow, who: p, method: http.MethodPost, path: "/v1/joinlinks/join", body: body, key: s.key()}
	return a.and(func(got answer) {
		if v := got.text("verification"); got.ok() && v != "" {
			p.pending = latest(p.pending, map[string]any{"workspace": got.text("workspace"), "verification": v, "binding": got.text("binding")}, 2)
		}
		s.signedIn(p)(got)
	})
}

func (s *seed) listRequests() *ask {
	a := s.desk("list join requests", http.MethodGet, "/joinrequests?state=waiting", nil)
	return a.and(func(got answer) {
		if !got.ok() || got.at("items") == nil {
			return
		}
		s.requests = nil
		for n := range got.list("items") {
			s.requests = append(s.requests, got.text(fmt.Sprintf("items.%d.id", n)))
		}
	})
}

func (s *seed) approve() *ask { return s.deciding("approve") }
func (s *seed) refuse() *ask  { return s.deciding("refuse") }

func (s *seed) deciding(deed string) *ask {
	request := s.anyOf(s.requests)
	if request == "" {
		return nil
	}
	return s.desk(deed, http.MethodPost, "/joinrequests/"+request+"/"+deed, map[string]any{})
}
