package scanner

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// Profile is one way to treat a link.
type Profile struct {
	Name, About string
	// Late profiles come back after days; whoever plays them lets the time pass
	// first.
	Late bool
	scan func(ctx context.Context, s *Scanner) error
}

// Profiles lists all of row M1 that need no browser, in the order in which they
// are played.
func Profiles() []Profile {
	return []Profile{
		{Name: "head", About: "HEAD on every address of the mail.", scan: each(http.MethodHead, 1, nil)},
		{Name: "repeated-get", About: "GET on every address of the mail, ten times.", scan: each(http.MethodGet, 10, nil)},
		{Name: "parallel-get", About: "GET on every address of the mail, ten at once.", scan: parallel},
		{Name: "redirect-follower", About: "Follows redirects and every reference of the page.", scan: follow},
		{Name: "link-rewriter", About: "Moves the link into a query, breaks it, and asks for what comes out.", scan: rewrite},
		{Name: "preview-bots", About: "GET and byte ranges as chat programs and mail gateways call themselves.", scan: previews},
		{Name: "script-runner", About: "Asks what the page's script asks, three times.", scan: script},
		{Name: "button-presser", About: "Sends what the page's buttons send with nothing filled in.", scan: press},
		{Name: "form-submitter-empty", About: "Submits the page's form empty, in every encoding.", scan: submitEmpty},
		{Name: "form-submitter-random", About: "Submits the page's form with whatever robots make up.", scan: submitRandom},
		{Name: "method-prober", About: "Tries every method on every address of the API, the token in the query.", scan: probe},
		{Name: "delayed-get", About: "GET on every address of the mail, days later.", Late: true, scan: each(http.MethodGet, 1, nil)},
		{Name: "delayed-script-runner", About: "Asks what the page's script asks, days later.", Late: true, scan: script},
	}
}

// addresses are what stands in the mail; a fragment is never sent.
func (s *Scanner) addresses() []string {
	all := []string{s.Link.URL}
	if s.Link.Stop != "" {
		all = append(all, s.Link.Stop)
	}
	return all
}

// each asks for every address so many times.
func each(method string, times int, header map[string]string) func(context.Context, *Scanner) error {
	return func(ctx context.Context, s *Scanner) error {
		for range times {
			for _, to := range s.addresses() {
				if _, err := s.ask(ctx, request{method: method, url: to, header: header}); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func parallel(ctx context.Context, s *Scanner) error {
	var all sync.WaitGroup
	errs := make(chan error, 10)
	for range cap(errs) {
		all.Go(func() { errs <- each(http.MethodGet, 1, nil)(ctx, s) })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

var reference = regexp.MustCompile(`(?:href|src|action|from\s*|import\()\s*=?\s*["']([^"'#]+)["']`)

// follow crawls the page of the link, one level deep, on its own origin.
func follow(ctx context.Context, s *Scanner) error {
	for _, to := range s.addresses() {
		page, err := s.ask(ctx, request{method: http.MethodGet, url: to})
		if err != nil {
			return err
		}
		at, err := url.Parse(to)
		if err != nil {
			return err
		}
		for _, found := range reference.FindAllStringSubmatch(page, 50) {
			next, err := at.Parse(found[1])
			if err != nil || next.Host != at.Host {
				continue
			}
			if _, err := s.ask(ctx, request{method: http.MethodGet, url: next.String()}); err != nil {
				return err
			}
		}
	}
	return nil
}

func rewrite(ctx context.Context, s *Scanner) error {
	token, page := s.Link.Token(), strings.TrimSuffix(s.Link.URL, "#"+s.Link.Token())
	for _, to := range []string{
		s.Base + "/?url=" + url.QueryEscape(s.Link.URL), page + "?" + url.Values{"u": {token}}.Encode(), page + "/" + token, page + "%23" + token,
		page + "?#" + token, page + "#" + token + ".", page + "#" + token + "%3E", page + "#" + strings.ToLower(token), page + "#" + token[:len(token)-1],
		s.Base + "/v1/invitations/open?token=" + token, s.Base + "/v1/invitations/accept?token=" + token, s.Base + "/v1/invitations/" + token,
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			if _, err := s.ask(ctx, request{method: method, url: to}); err != nil {
				return err
			}
		}
	}
	for _, broken := range []string{token + ".", token + ">", strings.ToLower(token), token[:len(token)-1], "3D" + token, token + "=", strings.ToUpper(token)} {
		if err := s.post(ctx, "open", `{"token":"`+broken+`"}`, nil); err != nil {
			return err
		}
	}
	return nil
}

// robots are what previews and gateways call themselves, as their makers publish.
var robots = []string{
	"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "facebookexternalhit/1.1", "WhatsApp/2.23", "Twitterbot/1.0",
	"Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com", "TelegramBot (like TwitterBot)",
	"LinkedInBot/1.0 (compatible; Mozilla/5.0)", "Mozilla/5.0 (compatible; Google-Safety)", "Mozilla/5.0 (compatible; Discordbot/2.0)",
	"Mozilla/5.0 (compatible; bingbot/2.0)", "BarracudaCentral", "python-requests/2.32",
}

func previews(ctx context.Context, s *Scanner) error {
	for _, agent := range robots {
		for _, span := range []string{"bytes=0-1023", ""} {
			header := map[string]string{"User-Agent": agent, "Accept": "text/html,*/*"}
			if span != "" {
				header["Range"] = span
			}
			if err := each(http.MethodGet, 1, header)(ctx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func probe(ctx context.Context, s *Scanner) error {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
		for _, deed := range []string{"open", "accept", "decline", "optout", "renew"} {
			if _, err := s.ask(ctx, request{method: method, url: s.Base + "/v1/invitations/" + deed + "?token=" + s.Link.Token()}); err != nil {
				return err
			}
		}
	}
	return nil
}
