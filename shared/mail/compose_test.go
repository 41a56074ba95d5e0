package mail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"portero/shared/domain/id"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
)

func TestEveryMailHasWhatAMailNeeds(t *testing.T) {
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			for _, bare := range []bool{false, true} {
				l := letter(t, kind, language)
				if bare { // nothing is known but the firm
					l.Message.Model = message.Model{Firm: "Gestoría Peña"}
				}
				said, err := say(l, origin{base: "https://portal.example.com", host: "portal.example.com"})
				if err != nil {
					t.Fatalf("%s.%s: %v", kind, language, err)
				}
				if said.Subject == "" || said.Heading == "" || said.Greeting == "" || len(said.Before) == 0 || said.Footer == "" {
					t.Errorf("%s.%s: a part is empty: %+v", kind, language, said)
				}
				if (said.Link == "") != (said.Action == "") || len(said.Code) > 0 != kind.Secret().Digits() || said.Link == "" && len(said.Code) == 0 {
					t.Errorf("%s.%s: link %q, action %q, code %v", kind, language, said.Link, said.Action, said.Code)
				}
				if (said.StopLink != "") != kind.ToInvitee() || (said.StopLink == "") != (said.StopLabel == "") {
					t.Errorf("%s.%s: stop link %q, label %q", kind, language, said.StopLink, said.StopLabel)
				}
				for _, s := range append(slices.Concat(said.Before, said.After), said.Subject, said.Heading, said.Deadline, said.Footer, said.Quote) {
					if strings.Contains(s, "  ") || strings.Contains(s, " ,") || strings.Contains(s, " .") || strings.Contains(s, "..") {
						t.Errorf("%s.%s: %q", kind, language, s)
					}
				}
			}
		}
	}
}

func TestHeadersOfAnInvitation(t *testing.T) {
	raw := compose(t, letter(t, message.Invitation, "es"))
	h := read(t, raw).header
	unsubscribe := "https://portal.example.com/v1/unsubscribe?u=" + tokenOf(t).Unsubscribe().Reveal()
	for name, want := range map[string]string{
		"To":                       "<ana@clienta.example>",
		"Reply-To":                 "<hola@gestoria.example>",
		"Date":                     "Sun, 22 Nov 2026 09:30:15 +0000",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "All",
		"Content-Language":         "es",
		"List-Unsubscribe":         "<" + unsubscribe + ">",
		"List-Unsubscribe-Post":    "List-Unsubscribe=One-Click",
		"User-Agent":               "",
		"X-Mailer":                 "",
		"Bcc":                      "",
		"Mime-Version":             "1.0",
		"Message-Id":               "<" + string(msg) + "@portal.example.com>",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if from, err := h.AddressList("From"); err != nil || len(from) != 1 || *from[0] != (netmail.Address{Name: "Gestoría Peña, S.L.", Address: "portero@portal.example.com"}) {
		t.Errorf("From: %v %v", from, err)
	}
	if raw.To != "ana@clienta.example" || raw.From != "portero@portal.example.com" {
		t.Errorf("envelope %s → %s", raw.From, raw.To)
	}
	if strings.Contains(unsubscribe, tokenOf(t).Reveal()) {
		t.Error("the unsubscribe link opens the invitation")
	}
}

func TestOnlyInviteesGetAListUnsubscribe(t *testing.T) {
	for _, kind := range message.Kinds() {
		h := read(t, compose(t, letter(t, kind, "en"))).header
		for _, name := range []string{"List-Unsubscribe", "List-Unsubscribe-Post"} {
			if got := h.Get(name) != ""; got != kind.ToInvitee() {
				t.Errorf("%s: %s present: %v", kind, name, got)
			}
		}
	}
}

func TestWhereButtonsLead(t *testing.T) {
	token := tokenOf(t).Reveal()
	console := "https://portal.example.com/console/" + string(ws)
	about := console + "#/invitation/" + string(inv)
	want := map[message.Kind]string{
		message.Invitation:      "https://portal.example.com/accept#" + token,
		message.Reminder:        "https://portal.example.com/accept#" + token,
		message.StaffInvitation: "https://portal.example.com/accept#" + token,
		message.PasswordReset:   "https://portal.example.com/reset?lang=es#" + token,
		message.ExpiryNotice:    about, message.Accepted: about, message.Declined: about, message.Bounce: about, message.LinkRequest: about,
		message.JoinRequested: console + "#/links", message.Digest: console,
		message.SecondFactorOn: console, message.SecondFactorOff: console,
		message.JoinApproved:    "https://portal.example.com/p/gestoria-pena",
		message.Credentials:     "https://portal.example.com/p/gestoria-pena",
		message.PasswordChanged: "https://portal.example.com/p/gestoria-pena",
		message.Code:            "",
	}
	for _, kind := range message.Kinds() {
		p := read(t, compose(t, letter(t, kind, "es")))
		target, known := want[kind]
		if !known {
			t.Errorf("%s has no expectation", kind)
		}
		if target == "" {
			if strings.Contains(p.text, "https://") || strings.Contains(p.html, "<a ") {
				t.Errorf("%s has a link", kind)
			}
			continue
		}
		if !strings.Contains(p.text, "\n"+target+"\n") {
			t.Errorf("%s: text has no %s", kind, target)
		}
		if strings.Count(p.html, `href="`+target+`"`) != 2 || !strings.Contains(p.html, ">"+target+"</a>") {
			t.Errorf("%s: html has no button and bare link to %s", kind, target)
		}
	}
	staff := letter(t, message.PasswordChanged, "es")
	staff.Message.Model.PortalURL = ""
	if p := read(t, compose(t, staff)); !strings.Contains(p.text, console) {
		t.Error("staff have no way in after a changed password")
	}
}

func TestRefusesWhatItCannotMail(t *testing.T) {
	other := link.New(ws, string(id.Named[id.Message]("another")))
	for name, c := range map[string]struct {
		change func(*Letter, *Settings)
		want   error
	}{
		"a language without words":          {func(l *Letter, _ *Settings) { l.Message.Language = "fr" }, ErrNoWords},
		"no language":                       {func(l *Letter, _ *Settings) { l.Message.Language = "" }, ErrNoWords},
		"a language that is a path":         {func(l *Letter, _ *Settings) { l.Message.Language = "../es" }, ErrNoWords},
		"a copied link":                     {func(l *Letter, _ *Settings) { l.Message.Kind, l.Link = message.CopiedLink, link.Token{} }, ErrNoWords},
		"an unknown kind":                   {func(l *Letter, _ *Settings) { l.Message.Kind, l.Link = "frame", link.Token{} }, ErrNoWords},
		"no recipient":                      {func(l *Letter, _ *Settings) { l.Message.To = "" }, ErrAddress},
		"a recipient with a line break":     {func(l *Letter, _ *Settings) { l.Message.To = "a@b.example\r\nBcc: c@d.example" }, ErrAddress},
		"two recipients":                    {func(l *Letter, _ *Settings) { l.Message.To = "a@b.example, c@d.example" }, ErrAddress},
		"a recipient SES cannot send to":    {func(l *Letter, _ *Settings) { l.Message.To = "ñandú@b.example" }, ErrAddress},
		"a sender with a name":              {func(l *Letter, _ *Settings) { l.Message.Model.Sender = "X <a@b.example>" }, ErrAddress},
		"no sender":                         {func(_ *Letter, s *Settings) { s.Sender = "" }, ErrAddress},
		"a reply-to with a line break":      {func(l *Letter, _ *Settings) { l.Message.Model.ReplyTo = "a@b.example\nX: y" }, ErrAddress},
		"an invitation without a link":      {func(l *Letter, _ *Settings) { l.Link = link.Token{} }, ErrSecret},
		"an invitation with a code":         {func(l *Letter, _ *Settings) { l.Code = "12345678" }, ErrSecret},
		"a link of another message":         {func(l *Letter, _ *Settings) { l.Link = other }, ErrSecret},
		"a notice with a link's secret":     {func(l *Letter, _ *Settings) { l.Message.Kind = message.Accepted }, ErrSecret},
		"a code that is not digits":         {func(l *Letter, _ *Settings) { l.Message.Kind, l.Link, l.Code = message.Code, link.Token{}, "1234567x" }, ErrSecret},
		"a base with a path":                {func(_ *Letter, s *Settings) { s.BaseURL = "https://portal.example.com/x" }, ErrSettings},
		"a base with a user":                {func(_ *Letter, s *Settings) { s.BaseURL = "https://a:b@portal.example.com" }, ErrSettings},
		"a base over http elsewhere":        {func(_ *Letter, s *Settings) { s.BaseURL = "http://portal.example.com" }, ErrSettings},
		"a base of another scheme":          {func(_ *Letter, s *Settings) { s.BaseURL = "javascript://portal.example.com" }, ErrSettings},
		"no base":                           {func(_ *Letter, s *Settings) { s.BaseURL = "" }, ErrSettings},
		"a base with a query":               {func(_ *Letter, s *Settings) { s.BaseURL = "https://portal.example.com?x" }, ErrSettings},
		"a base that is a host and no more": {func(_ *Letter, s *Settings) { s.BaseURL = "portal.example.com" }, ErrSettings},
	} {
		t.Run(name, func(t *testing.T) {
			l, set := letter(t, message.Invitation, "es"), settings
			c.change(&l, &set)
			raw, err := Compose(l, set, clock)
			if !errors.Is(err, c.want) || raw.Bytes != nil {
				t.Errorf("got %v and %d bytes, want %v", err, len(raw.Bytes), c.want)
			}
		})
	}
}

func TestTakesThisMachineOverHTTPAndTheWorkspacesOwnSender(t *testing.T) {
	l := letter(t, message.Invitation, "es")
	l.Message.Model.Sender = "Hola@Gestoría.example"
	for _, base := range []string{"http://localhost:8080", "http://127.0.0.1:8080/", "http://[::1]:8080", "https://portal.example.com/"} {
		raw, err := Compose(l, Settings{BaseURL: base, Sender: settings.Sender}, clock)
		if err != nil {
			t.Fatalf("%s: %v", base, err)
		}
		if raw.From != "Hola@xn--gestora-dza.example" {
			t.Errorf("from %s", raw.From)
		}
		if want := strings.TrimSuffix(base, "/") + "/accept#"; !strings.Contains(read(t, raw).text, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestTheSameLetterGivesTheSameBytes(t *testing.T) {
	for _, kind := range message.Kinds() {
		a, b := compose(t, letter(t, kind, "es")), compose(t, letter(t, kind, "es"))
		if !bytes.Equal(a.Bytes, b.Bytes) {
			t.Errorf("%s differs", kind)
		}
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	l := letter(t, message.Code, "es")
	raw := compose(t, l)
	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "code", l.Code, "raw", raw)
	encoded, err := json.Marshal(map[string]any{"code": l.Code, "raw": raw})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&out, "%s %v %+v %#v %q %x %d %s %v %+v %#v %x %s", l.Code, l.Code, l.Code, l.Code, l.Code, l.Code, l.Code, raw, raw, raw, raw, raw, encoded)
	for _, s := range []string{"12345678", fmt.Sprintf("%x", "12345678"), "ana@", fmt.Sprintf("%x", "ana@")} {
		if strings.Contains(out.String(), s) {
			t.Errorf("%q is in %s", s, out.String())
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	l := letter(b, message.Invitation, "es")
	for b.Loop() {
		compose(b, l)
	}
}
