package simulation

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"portero/infra/local/standin/ses"
)

var (
	linkIn = regexp.MustCompile(`https?://[^\s#?]+/(\w+)(?:\?[^\s#]*)?#(\S+)`)
	codeIn = regexp.MustCompile(`\b(\d{4})[ -]?(\d{4})\b`)
	stopIn = regexp.MustCompile(`[?&]u=([^>&]+)`)
)

// mailed puts a mail that SES took into its recipient's hands.
func (s *seed) mailed(c *call) {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		s.broken("a mail's form: %v", err)
		return
	}
	message := ""
	for n := 1; form.Has(fmt.Sprintf("Tags.member.%d.Name", n)); n++ {
		if form.Get(fmt.Sprintf("Tags.member.%d.Name", n)) == "message" {
			message = form.Get(fmt.Sprintf("Tags.member.%d.Value", n))
		}
	}
	all, err := s.gate.Messages(ses.Filter{Tags: map[string]string{"message": message}})
	if err != nil || len(all) == 0 {
		s.broken("a mail that cannot be read: %v", err)
		return
	}
	s.sends[message]++
	s.sent[c.run] = append(s.sent[c.run], message)
	s.mails = append(s.mails, all[len(all)-1].Message)
	s.receive(all[len(all)-1], message)
}

func (s *seed) receive(m ses.Mail, message string) {
	at := slices.IndexFunc(s.people, func(p *person) bool { return strings.EqualFold(p.address, m.Destinations[0]) })
	if at < 0 {
		s.broken("a mail to somebody who is nobody: %s", m.Destinations[0])
		return
	}
	p, page, token := s.people[at], "", ""
	if found := linkIn.FindStringSubmatch(m.Text); found != nil {
		page, token = found[1], found[2]
		s.secrets = append(s.secrets, token)
	}
	s.trace.add("mail %s %s to %s", m.Tags["kind"], message, p.address)
	switch {
	case page == "accept":
		p.links = latest(p.links, held{token: token, message: message}, 4)
	case page == "reset":
		p.resets = latest(p.resets, token, 3)
	case m.Tags["kind"] == "code":
		if found := codeIn.FindStringSubmatch(m.Text); found != nil {
			p.code = found[1] + found[2]
			s.secrets = append(s.secrets, p.code)
		}
	}
	if found := stopIn.FindStringSubmatch(strings.Join(m.Header["List-Unsubscribe"], "")); found != nil {
		p.stops = latest(p.stops, found[1], 2)
		s.secrets = append(s.secrets, found[1])
	}
}

// latest appends and keeps the newest few.
func latest[T any](all []T, one T, few int) []T {
	all = append(all, one)
	return slices.Clone(all[max(0, len(all)-few):])
}
