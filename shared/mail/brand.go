package mail

import (
	"cmp"

	"portero/shared/domain/look"
)

// brand is what a firm's look adds to a mail. Everything in it was checked when it
// was set and is checked here again: this is the last place before a mail.
type brand struct {
	Logo                string // where its image is, on Settings.BaseURL's host; "" without one
	Legal               []string
	Notice, NoticeLabel string // the privacy notice
	host                string // of the notice; nothing but ASCII letters, digits, hyphens and dots
	colour              look.Colour
}

// The image is a link to our own host and not a part of the mail: a part would
// weigh each mail down by up to 64 KB and one read of as much, and many programs
// list it as an attachment. It is the same address in every mail of the firm, so
// it says of nobody that a mail was opened. Who shows no images reads the firm's
// name in its place, and every mail names the firm in its first line anyway.
func brandOf(l Letter, where origin) brand {
	set := l.Look
	b := brand{Legal: prose(set.Footer)}
	if set.Colour.Valid() {
		b.colour = set.Colour
	}
	if set.Logo.Valid() && look.Mailable(set.Media) {
		b.Logo = where.base + look.Path(l.Message.Workspace, set.Logo)
	}
	if host := look.Host(set.Notice); host != "" {
		b.Notice, b.host = set.Notice, host
	}
	return b
}

// Portero's own colour, on white (7.1:1, computed).
const (
	ownColour look.Colour = "#1d4ed8"
	ownInk    look.Colour = "#ffffff"
)

// paint is a style with two colours in it.
type paint struct {
	before markup
	first  look.Colour
	middle markup
	second look.Colour
	after  markup
}

// button is the firm's colour under what is read best on it.
func (b brand) button() paint {
	ink := ownInk
	if b.colour != "" {
		ink = b.colour.Ink()
	}
	return paint{`display:inline-block;padding:14px 24px;border-radius:8px;background:`, cmp.Or(b.colour, ownColour), `;color:`, ink, `;font-weight:600;text-decoration:none`}
}

// text is the firm's colour as text on white.
func (b brand) text() paint {
	hue := ownColour
	if b.colour != "" {
		hue = b.colour.OnLight()
	}
	return paint{before: `color:`, first: hue}
}

// logo shows the firm's image, on white: what is drawn dark must be seen where
// the program's ground is dark. The height stands in an attribute too, which is
// all that Outlook for Windows reads.
func (p *page) logo(said letterhead) {
	if said.Logo == "" {
		return
	}
	p.wrap(`<p style="margin:0 0 24px"><img src="`, said.Logo, `" `)
	p.wrap(`alt="`, said.Firm, `" height="48" style="height:48px;width:auto;max-width:100%;padding:4px;background:#ffffff;border:0;border-radius:4px"></p>`+"\n")
}

// legal shows the firm's own footer, line by line.
func (p *page) legal(lines []string) {
	if len(lines) == 0 {
		return
	}
	p.put(`<p dir="auto" style="margin:0 0 8px">`)
	p.lines(lines)
	p.put(endP)
}
