package mail

import (
	"html"
	"strings"
)

// markup is a constant of this file. A string variable is no markup: where one
// is passed as such, the build fails, so no word gets into a page unescaped.
type markup string

// page is HTML being written.
type page struct{ b strings.Builder }

// put writes markup.
func (p *page) put(m markup) { p.b.WriteString(string(m)) }

// wrap writes text between two pieces of markup: as the text of an element, or
// as an attribute's value between double quotes. "+" is escaped as html/template
// does it, for programs that still guess UTF-7.
func (p *page) wrap(before markup, text string, after markup) {
	p.put(before)
	p.b.WriteString(strings.ReplaceAll(html.EscapeString(text), "+", "&#43;"))
	p.put(after)
}

// link writes a link. Its address comes from origin.go, so it never has another
// scheme or host than Settings.BaseURL's, but for the privacy notice's
// (brand.go).
func (p *page) link(before markup, address string, style paint, text string, after markup) {
	p.put(before)
	p.wrap(` href="`, address, `" style="`)
	p.wrap(style.before, string(style.first), style.middle)
	p.wrap("", string(style.second), style.after)
	p.wrap(`">`, text, `</a>`)
	p.put(after)
}

const (
	head markup = `<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
`
	// Programs that keep a style sheet use it for dark colours only; what all of
	// them need stands in style attributes.
	sheet markup = `<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .line { border-color: #5c6370 !important; }
  .quiet { color: #b6bcc6 !important; }
  .link { color: #9ec1ff !important; }
}
</style>
</head>
<body style="margin:0;padding:0;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
`
	paragraph markup = `<p style="margin:0 0 16px">`
	quiet     markup = `<p class="quiet" style="margin:24px 0 4px;font-size:14px;color:#545b66">`
	endP      markup = "</p>\n"
)

// rich sets a mail as HTML.
func rich(said letterhead) string {
	var p page
	p.wrap("<!doctype html>\n<html lang=\"", said.Language, "\">\n")
	p.put(head)
	p.wrap("<title>", said.Subject, "</title>\n")
	p.put(sheet)
	p.wrap(`<div lang="`, said.Language, "\" style=\"max-width:544px;margin:0 auto;padding:32px 20px;overflow-wrap:anywhere\">\n")
	p.logo(said)
	p.wrap(`<h1 style="margin:0 0 24px;font-size:24px;line-height:1.25;font-weight:600">`, said.Heading, "</h1>\n")
	p.wrap(paragraph, said.Greeting, endP)
	p.paragraphs(said.Before)
	p.note(said)
	p.code(said.Code)
	if said.Link != "" {
		p.link(`<p style="margin:24px 0"><a`, said.Link, said.button(), said.Action, endP)
	}
	if said.Deadline != "" {
		p.wrap(`<p style="margin:0 0 16px;font-weight:600">`, said.Deadline, endP)
	}
	p.paragraphs(said.After)
	if said.Link != "" {
		p.wrap(quiet, said.Bare, endP)
		p.link(`<p style="margin:0 0 16px;font-size:14px;word-break:break-all"><a class="link"`, said.Link, said.text(), said.Link, endP)
	}
	p.put("<div class=\"line quiet\" style=\"margin:32px 0 0;padding:16px 0 0;border-top:1px solid #d5d9e0;font-size:14px;color:#545b66\">\n")
	p.legal(said.Legal)
	p.wrap(`<p style="margin:0 0 8px">`, said.Footer, endP)
	if said.StopLabel != "" {
		p.link(`<p style="margin:0"><a class="link"`, said.StopLink, said.text(), said.StopLabel, endP)
	}
	if said.Notice != "" {
		p.link(`<p style="margin:8px 0 0"><a class="link"`, said.Notice, said.text(), said.NoticeLabel, endP)
	}
	p.put("</div>\n</div>\n</body>\n</html>\n")
	return p.b.String()
}

func (p *page) paragraphs(texts []string) {
	for _, text := range texts {
		p.wrap(paragraph, text, endP)
	}
}

// note writes what a person wrote, line by line, under who wrote it.
func (p *page) note(said letterhead) {
	if len(said.Note) == 0 {
		return
	}
	p.wrap(quiet, said.Quote, endP)
	p.put(`<blockquote class="line" dir="auto" style="margin:0 0 24px;padding:0 0 0 16px;border-left:3px solid #b6bcc6">`)
	p.lines(said.Note)
	p.put("</blockquote>\n")
}

// lines writes a text of several lines.
func (p *page) lines(all []string) {
	for i, l := range all {
		if i > 0 {
			p.put("<br>\n")
		}
		p.wrap("", l, "")
	}
}

// code writes the groups of a code apart without spaces, so that a copy has
// none.
func (p *page) code(groups []string) {
	if len(groups) == 0 {
		return
	}
	p.put(`<p style="margin:24px 0;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:30px;line-height:1.25;font-weight:600">`)
	for i, g := range groups {
		if i == 0 {
			p.wrap(`<span>`, g, `</span>`)
		} else {
			p.wrap(`<span style="margin-left:12px">`, g, `</span>`)
		}
	}
	p.put(endP)
}
