package web

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/apikey"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/session"
)

var (
	errSignIn  = fault.New(fault.Unauthenticated, fault.CodeUnauthorized, "Sign in first, then repeat.")
	errOwing   = fault.New(fault.Forbidden, "sign_in_unfinished", "You are not in yet: sessions/get says what is left to do. Do that first.")
	errForeign = fault.New(fault.Forbidden, "foreign_origin", "This request came from another site's page and was refused.")
)

// viewerHeader carries the viewer's address from CloudFront, and is believed
// beside originHeader only (design.md §8).
const (
	viewerHeader = "x-portero-viewer"
	originHeader = "x-portero-origin"
	maxAgent     = 120
)

// authenticate finds out who calls. On Link rows nobody need be signed in, but
// who is, is known; on Public rows nobody asks.
func (s *Server) authenticate(ctx context.Context, row contract.Endpoint, x *exchange, ws id.Workspace) (Call, error) {
	call := Call{Now: s.now(), Network: network(s.viewer(x.event)), Agent: cut(header(x.event, "user-agent"), maxAgent)}
	call.Actor = access.Actor{Workspace: ws, From: s.viewer(x.event), At: s.Now().UTC()}
	if row.Auth == contract.Link {
		call.Actor.Kind = access.Link
	}
	if bearer := bearerOf(x.event); row.Auth == contract.Session && strings.HasPrefix(bearer, apikey.Prefix) {
		return s.byKey(ctx, row, call, bearer)
	}
	token, byCookie := s.token(x.event, ws)
	if err := s.sameOrigin(x.event, byCookie); err != nil {
		return call, err
	}
	if row.Auth == contract.Public || token.Zero() || token.Workspace != ws {
		return s.unsigned(row, call)
	}
	found, err := s.Store.Credentials(ctx, token)
	if err != nil {
		return call, err
	}
	if why := found.Admit(token, call.Now); why != nil {
		if found.Knows(token) {
			call.Former = found.Session
		}
		if call, err = s.unsigned(row, call); err != nil {
			err = why
		}
		return call, err
	}
	if (found.Session.Owes != "" || found.Session.Replaced) && row.Auth == contract.Link {
		// Whoever owes something does nothing else, here neither: they are nobody yet.
		return s.unsigned(row, call)
	}
	call.Session, call.Identity = found.Session, found.Identity
	call.Actor.Kind, call.Actor.Workspace = access.Person, token.Workspace
	call.Actor.Identity, call.Actor.Session = token.Identity, token.Session
	call.Actor.Level, call.Actor.Grant, call.Actor.Owes = found.Identity.Level, token.Grant, found.Session.Owes
	if !token.Grant.Zero() {
		call.Actor.Grant.Role, call.Actor.Role = found.Role.ID, found.Role.May
	}
	if seen := call.Now.Sub(found.Session.SeenAt); seen > time.Duration(found.Session.IdleMin)*time.Minute/touchPart {
		// A session whose last use could not be recorded merely ends a little
		// earlier; the request need not fail for it.
		_ = s.Store.Touch(ctx, found.Session, call.Now)
	}
	return call, nil
}

func bearerOf(e *events.APIGatewayV2HTTPRequest) string {
	bearer, _ := strings.CutPrefix(header(e, "authorization"), "Bearer ")
	return bearer
}

// byKey lets a program in that shows an API key: for the key's creator, as far as
// both may.
func (s *Server) byKey(ctx context.Context, row contract.Endpoint, call Call, bearer string) (Call, error) {
	token, err := apikey.Parse(bearer)
	if err != nil || token.Workspace != call.Actor.Workspace || !access.Delegable(row.Needs) {
		return s.unsigned(row, call)
	}
	found, err := s.Store.KeyCredentials(ctx, token)
	if err != nil {
		return call, err
	}
	if !found.Admit(token, call.Now) {
		return s.unsigned(row, call)
	}
	call.Identity = found.Creator
	call.Actor.Kind, call.Actor.Identity, call.Actor.Level = access.Key, found.Creator.ID, found.Creator.Level
	call.Actor.Key, call.Actor.Scopes = found.Key.ID, access.ScopesOf(found.Key.Scopes)
	if found.Unseen(call.Now) {
		_ = s.Store.TouchKey(ctx, token.Workspace, token.Key, call.Now) // as with a session's
	}
	return call, nil
}

// touchPart is how finely idling is measured: a twelfth of the idle time, so
// that most requests write nothing (chosen; no evidence).
const touchPart = 12

func (s *Server) unsigned(row contract.Endpoint, call Call) (Call, error) {
	if row.Auth == contract.Session {
		return call, errSignIn
	}
	return call, nil
}

// token reads the bearer token, or the cookie of the workspace.
func (s *Server) token(e *events.APIGatewayV2HTTPRequest, ws id.Workspace) (t session.Token, byCookie bool) {
	if bearer := bearerOf(e); bearer != "" {
		t, _ = session.ParseToken(bearer)
		return t, false
	}
	if ws == "" {
		return session.Token{}, false
	}
	name := s.cookieName(ws) + "="
	for _, c := range e.Cookies {
		if value, ok := strings.CutPrefix(strings.TrimSpace(c), name); ok {
			t, _ = session.ParseToken(value)
			return t, true
		}
	}
	return session.Token{}, false
}

func (s *Server) cookieName(ws id.Workspace) string {
	if s.PlainCookies {
		return "portero-" + string(ws)
	}
	return "__Host-portero-" + string(ws)
}

// cookie returns the Set-Cookie of a token, or of its removal.
func (s *Server) cookie(ws id.Workspace, value string) string {
	c := http.Cookie{Name: s.cookieName(ws), Value: value, Path: "/", HttpOnly: true, Secure: !s.PlainCookies, SameSite: http.SameSiteStrictMode}
	if value == "" {
		c.MaxAge = -1
	}
	return c.String()
}

// sameOrigin refuses what another site's page sends: by Fetch Metadata where
// the browser says so, else by Origin; a cookie without either is refused
// (OWASP CSRF cheat sheet; reliability D32).
func (s *Server) sameOrigin(e *events.APIGatewayV2HTTPRequest, byCookie bool) error {
	switch e.RequestContext.HTTP.Method {
	case http.MethodGet, http.MethodHead:
		return nil
	}
	site, origin := header(e, "sec-fetch-site"), header(e, "origin")
	switch {
	case site == "same-origin" || site == "none":
		return nil
	case site != "":
		return errForeign
	case origin != "":
		if origin != s.BaseURL {
			return errForeign
		}
		return nil
	case byCookie:
		return errForeign
	}
	return nil
}

// viewer returns the address of whoever is at the other end.
func (s *Server) viewer(e *events.APIGatewayV2HTTPRequest) string {
	claimed := header(e, viewerHeader)
	proof := header(e, originHeader)
	if s.OriginSecret != "" && claimed != "" && subtle.ConstantTimeCompare([]byte(proof), []byte(s.OriginSecret)) == 1 {
		if host, _, err := net.SplitHostPort(claimed); err == nil {
			claimed = host
		}
		if a, err := netip.ParseAddr(strings.Trim(claimed, "[]")); err == nil {
			return a.String()
		}
	}
	return e.RequestContext.HTTP.SourceIP
}

// network is the part of an address that one caller is likely to hold: all of
// an IPv4 address, the first 64 bits of an IPv6 one (RFC 6177).
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return "unknown"
	}
	return p.String()
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
