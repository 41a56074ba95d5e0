package simulation

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// invited notes an invitation that was answered to be there.
func (s *seed) invited(inv string) {
	if !slices.Contains(s.invitations, inv) {
		s.invitations = append(s.invitations, inv)
	}
}

// inviting is a request to invite, whose answer is believed.
func (s *seed) inviting(flow string, lines ...map[string]any) *ask {
	body := map[string]any{"portal": s.portal, "lines": lines}
	switch s.choose.IntN(6) {
	case 0:
		body["validity"] = []string{"PT1H", "P1D", "P3D"}[s.choose.IntN(3)]
	case 1:
		body["role"] = s.anyOf(s.roles)
	case 2:
		body["reminders"] = map[string]any{"days": []int{1, 2, 3}, "at": "10:00"}
	}
	a := s.desk(flow, http.MethodPost, "/invitations", body)
	return a.and(func(got answer) {
		if !got.ok() || a.flow != flow {
			return
		}
		for n := range got.list("lines") {
			if inv := got.text(fmt.Sprintf("lines.%d.invitation", n)); inv != "" {
				s.invited(inv)
			}
		}
	})
}

func (s *seed) inviteOne() *ask {
	return s.inviting("invite one", map[string]any{"address": s.somebody(isClient).address})
}

// inviteMany invites several, some of them twice; seldom more than one
// transaction holds.
func (s *seed) inviteMany() *ask {
	n := 2 + s.choose.IntN(5)
	if s.choose.IntN(8) == 0 {
		n = 14
	}
	var lines []map[string]any
	for len(lines) < n {
		line := map[string]any{"address": s.somebody(isClient).address, "name": "Lucía"}
		if n == 14 { // to addresses of their own
			line["address"] = fmt.Sprintf("c%d+%d@client.example", s.choose.IntN(6), len(s.people))
			s.people = append(s.people, &person{address: line["address"].(string), password: s.people[0].password, network: "203.0.113.9:99"})
		}
		lines = append(lines, line)
	}
	return s.inviting("invite many", lines...)
}

// inviteElsewhere adds an account to what is open.
func (s *seed) inviteElsewhere() *ask {
	if len(s.accounts) == 0 {
		return nil
	}
	return s.inviting("invite to an account", map[string]any{"address": s.somebody(isClient).address, "account": s.anyOf(s.accounts)})
}

func (s *seed) inviteContact() *ask {
	if len(s.contacts) == 0 {
		return nil
	}
	return s.inviting("invite a contact", map[string]any{"contact": s.anyOf(s.contacts)})
}

// offered is the invitation that the step is about, or any.
func (s *seed) offered() string {
	if s.offer != "" && s.choose.IntN(4) > 0 {
		return s.offer
	}
	if n := len(s.invitations); n > 8 && s.choose.IntN(3) > 0 {
		return s.anyOf(s.invitations[n-8:])
	}
	return s.anyOf(s.invitations)
}

// about is a request of staff about an invitation.
func (s *seed) about(flow, method, rest string, body any) (*ask, string) {
	inv := s.offered()
	if inv == "" {
		return nil, ""
	}
	return s.desk(flow, method, "/invitations/"+inv+rest, body), inv
}

func (s *seed) resend() *ask {
	a, _ := s.about("resend", http.MethodPost, "/resend", map[string]any{})
	return a
}

func (s *seed) cancel() *ask {
	a, inv := s.about("cancel", http.MethodPost, "/cancel", map[string]any{"withdraw": s.choose.IntN(2) == 0})
	if a == nil {
		return nil
	}
	return a.and(func(got answer) {
		if got.ok() && a.flow == "cancel" {
			s.facts = append(s.facts, fact{invitation: inv, state: "cancelled", why: fmt.Sprintf("step %d, %s", s.step, a.key)})
		}
	})
}

func (s *seed) changeOffer() *ask {
	body := map[string]any{"role": s.anyOf(s.roles)}
	switch s.choose.IntN(4) {
	case 0, 1:
		body = map[string]any{"address": s.somebody(isClient).address}
	case 2:
		body = map[string]any{"validity": "P30D"}
	}
	a, _ := s.about("change an invitation", http.MethodPatch, "", body)
	return a
}

func (s *seed) getOffer() *ask {
	a, inv := s.about("get an invitation", http.MethodGet, "", nil)
	if a == nil {
		return nil
	}
	return a.and(func(got answer) {
		if a.flow == "get an invitation" && got.status == http.StatusNotFound {
			s.broken("%s was answered to be there and is not", inv)
		}
	})
}

func (s *seed) listOffers() *ask {
	return s.desk("list invitations", http.MethodGet, "/invitations?state="+[]string{"pending", "accepted", "expired", "cancelled"}[s.choose.IntN(4)], nil)
}

// copyLink hands a link over by another way than mail.
func (s *seed) copyLink() *ask {
	a, inv := s.about("copy a link", http.MethodPost, "/link", map[string]any{})
	if a == nil {
		return nil
	}
	p := s.somebody(isClient)
	return a.and(func(got answer) {
		if t := tokenOf(got.text("url")); got.ok() && t != "" && a.flow == "copy a link" {
			p.links = latest(p.links, held{token: t, message: got.text("message"), invitation: inv}, 4)
		}
	})
}

func (s *seed) batchOffers() *ask {
	if len(s.invitations) < 3 {
		return nil
	}
	action := []string{"resend", "cancel", "link"}[s.choose.IntN(3)]
	var ids []string
	for range 3 {
		if inv := s.anyOf(s.invitations); !slices.Contains(ids, inv) {
			ids = append(ids, inv)
		}
	}
	a := s.desk("batch "+action, http.MethodPost, "/invitations/batch", map[string]any{"action": action, "ids": ids})
	return a.and(func(got answer) {
		for n := range got.list("lines") {
			if action == "cancel" && got.text(fmt.Sprintf("lines.%d.verdict", n)) == "done" && strings.HasPrefix(a.flow, "batch") {
				s.facts = append(s.facts, fact{invitation: got.text(fmt.Sprintf("lines.%d.id", n)), state: "cancelled", why: fmt.Sprintf("step %d, batch", s.step)})
			}
		}
	})
}
