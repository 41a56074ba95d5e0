package mail

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"portero/shared/domain/link"
	"portero/shared/domain/message"
)

// origin is where every link of every mail leads.
type origin struct {
	base string // without a slash at the end
	host string // with the port, as people read it
}

// parseOrigin takes "https://host[:port]" and nothing more, or http for this
// machine's own addresses (make run). It returns ErrSettings.
func parseOrigin(s string) (origin, error) {
	u, err := url.Parse(strings.TrimSuffix(s, "/"))
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != u.String() {
		return origin{}, ErrSettings
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !ownMachine(u.Hostname())) {
		return origin{}, ErrSettings
	}
	return origin{base: u.String(), host: u.Host}, nil
}

func ownMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// target returns where the mail's button leads; "" for a mail without one.
func (o origin) target(l Letter) (string, error) {
	m := l.Message
	switch m.Kind {
	case message.Invitation, message.Reminder, message.StaffInvitation:
		return o.base + "/accept#" + l.Link.Reveal(), nil
	case message.PasswordReset:
		return o.base + "/reset?" + spoken(m) + "#" + l.Link.Reveal(), nil
	case message.ExpiryNotice, message.Accepted, message.Declined, message.Bounce, message.LinkRequest:
		return o.console(m) + around("#/invitation/", string(m.Invitation), ""), nil
	case message.JoinRequested: // they wait above the join links
		return o.console(m) + "#/links", nil
	case message.Digest, message.SecondFactorOn, message.SecondFactorOff:
		return o.console(m), nil
	case message.JoinApproved, message.Credentials:
		return o.portal(m), nil
	case message.PasswordChanged:
		if m.Model.PortalURL == "" {
			return o.console(m), nil
		}
		return o.portal(m), nil
	case message.Code:
		return "", nil
	}
	return "", fmt.Errorf("%w: %s", ErrNoWords, m.Kind)
}

func (o origin) console(m message.Message) string {
	return o.base + "/console/" + url.PathEscape(string(m.Workspace))
}

func (o origin) portal(m message.Message) string {
	return o.base + "/p/" + url.PathEscape(m.Model.PortalURL)
}

// oneClick is where a mail program posts (RFC 8058). Its token stops mail to one
// address and nothing else, hence it may stand in a query (design.md §5).
func (o origin) oneClick(t link.Token) string {
	return o.base + "/v1/unsubscribe?u=" + t.Unsubscribe().Reveal()
}

// stop is the page on which a person does the same.
func (o origin) stop(l Letter) string {
	return o.base + "/unsubscribe?u=" + l.Link.Unsubscribe().Reveal() + "&" + spoken(l.Message)
}

// spoken says which language a mail is in to a page that knows nothing else of
// whoever opens it.
func spoken(m message.Message) string { return "lang=" + url.QueryEscape(m.Language) }
