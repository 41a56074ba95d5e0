package look

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Look is what a firm has set; the zero value is Portero's own look.
type Look struct {
	Colour Colour `json:"colour,omitempty"`
	Footer string `json:"footer,omitempty"`  // text of several lines, never markup
	Notice string `json:"privacy,omitempty"` // the https address of its privacy notice
	// Logo is the version of its logo, empty without one; Media is the image's type.
	Logo  Version `json:"logo,omitempty"`
	Media string  `json:"media,omitempty"`
}

// Limits of a look.
const (
	// MaxFooterRune holds the name, tax number, seat, register and data protection
	// lines of a Spanish firm (LSSI art. 10, RGPD art. 13: about 400 characters), and
	// leaves the workspace within the 4 KB of one read unit.
	MaxFooterRune = 600
	// MaxNoticeBytes is longer than any such address (chosen; no evidence).
	MaxNoticeBytes = 200
)

// Refusals of a look.
var (
	ErrColour = fault.On("look.colour", "colour_malformed", "A colour reads like #1d4ed8.")
	ErrFooter = fault.On("look.footer", "footer_malformed", "A footer is text of up to 600 characters and 12 lines.")
	ErrNotice = fault.On("look.privacy_url", "privacy_url_malformed", "The address of the privacy notice begins with https:// and has up to 200 characters, without user or port.")
)

// maxFooterLines keeps a footer from becoming a page (chosen; no evidence).
const maxFooterLines = 12

// Check returns the look as it is kept, or colour_malformed, footer_malformed or
// privacy_url_malformed on its field.
func (l Look) Check() (Look, error) {
	l.Colour = Colour(strings.ToLower(string(l.Colour)))
	l.Footer = strings.TrimSpace(strings.ReplaceAll(l.Footer, "\r\n", "\n"))
	hidden := func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) }
	if l.Colour != "" && !l.Colour.Valid() {
		return l, ErrColour
	}
	if !utf8.ValidString(l.Footer) || utf8.RuneCountInString(l.Footer) > MaxFooterRune || strings.Count(l.Footer, "\n") >= maxFooterLines || strings.ContainsFunc(l.Footer, hidden) {
		return l, ErrFooter
	}
	if l.Notice == "" {
		return l, nil
	}
	if Host(l.Notice) == "" {
		return l, ErrNotice
	}
	return l, nil
}

// Host returns the host that the address of a notice leads to, or "" for what is
// no such address: printable ASCII, as browsers write addresses, so that nothing
// in it can look like another host.
func Host(notice string) string {
	foreign := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'<>\^{|}`+"`", r) }
	if len(notice) > MaxNoticeBytes || strings.ContainsFunc(notice, foreign) {
		return ""
	}
	u, err := url.Parse(notice)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || u.Opaque != "" || strings.HasSuffix(u.Host, ":") {
		return ""
	}
	labels := strings.Split(strings.ToLower(u.Host), ".")
	for _, l := range labels {
		if l == "" || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return ""
		}
	}
	if last := labels[len(labels)-1]; len(labels) < 2 || strings.Trim(last, "0123456789") == "" {
		return "" // this machine's, or an address of numbers
	}
	return u.Host
}

// Face is a look as pages and programs get it, with what follows from its colour.
type Face struct {
	Logo       string `json:"logo,omitempty" doc:"Path of the image; another version has another path."`
	Colour     Colour `json:"colour,omitempty"`
	Ink        Colour `json:"ink,omitempty" doc:"For text upon the colour: black or white, whichever contrasts more (at least 4.5:1)."`
	Link       Colour `json:"link,omitempty" doc:"The colour, darkened where it must be to be read on a light ground (4.5:1)."`
	LinkDark   Colour `json:"link_dark,omitempty" doc:"The same for a dark ground."`
	Footer     string `json:"footer,omitempty" doc:"The legal footer: text, never markup."`
	PrivacyURL string `json:"privacy_url,omitempty"`
}

// Face returns the look as the workspace's pages get it; nil if nothing is set.
func (l Look) Face(ws id.Workspace) *Face {
	if l == (Look{}) {
		return nil
	}
	f := Face{Footer: l.Footer, PrivacyURL: l.Notice}
	if l.Logo != "" {
		f.Logo = Path(ws, l.Logo)
	}
	if l.Colour.Valid() {
		f.Colour, f.Ink, f.Link, f.LinkDark = l.Colour, l.Colour.Ink(), l.Colour.OnLight(), l.Colour.OnDark()
	}
	return &f
}
