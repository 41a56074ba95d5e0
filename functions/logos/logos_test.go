package logos_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

type m = map[string]any

// drawn is an image of a size.
func drawn(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func photo(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 64, 64)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func body(raw []byte) m { return m{"image": base64.StdEncoding.EncodeToString(raw)} }

func TestB14TheFirmsLogo(t *testing.T) {
	w := testkit.New(t)
	door := func() testkit.Response { return w.Anonymous().Get("/v1/portals/" + w.PortalName).OK() }
	first, second := drawn(t, 120, 48), photo(t)
	put := w.Admin.Put(w.Path("/logo"), body(first)).OK()
	path := put.String("logo")

	t.Run("everybody sees it, byte for byte, and keeps it", func(t *testing.T) {
		r := w.Anonymous().Get(path).OK()
		if !bytes.Equal(r.Body, first) {
			t.Errorf("%d bytes of %d", len(r.Body), len(first))
		}
		for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff",
			"Cache-Control": "public, max-age=31536000, immutable", "Content-Disposition": "", "Set-Cookie": ""} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
		if got := door().String("look.logo"); got != path {
			t.Errorf("the door shows %q", got)
		}
	})
	t.Run("the same again changes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		if r := w.Admin.Put(w.Path("/logo"), body(first)).OK(); r.String("logo") != path || w.Count(w.Path("/audit")) != before {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("what is no image, or too much of one, is refused and changes nothing", func(t *testing.T) {
		for name, c := range map[string]struct {
			body   m
			status int
			code   string
		}{
			"no base64":     {m{"image": "not base64!"}, 422, "logo_malformed"},
			"nothing":       {m{"image": ""}, 422, "logo_malformed"},
			"SVG":           {body([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)), 422, "logo_malformed"},
			"HTML":          {body([]byte("<!doctype html><script>alert(1)</script>")), 422, "logo_malformed"},
			"cut off":       {body(first[:len(first)-4]), 422, "logo_malformed"},
			"one pixel":     {body(drawn(t, 1, 1)), 422, "logo_too_large"},
			"too wide":      {body(drawn(t, 2001, 16)), 422, "logo_too_large"},
			"too heavy":     {body(append(bytes.Clone(first), make([]byte, 64_000)...)), 422, "logo_too_large"},
			"far too heavy": {body(make([]byte, 200_000)), 413, "too_large"},
			"a type":        {m{"image": base64.StdEncoding.EncodeToString(first), "media": "text/html"}, 422, "invalid"},
		} {
			if r := w.Admin.Put(w.Path("/logo"), c.body); r.Status != c.status || r.String("code") != c.code {
				t.Errorf("%s: %d %s", name, r.Status, r.Body)
			}
		}
		if door().String("look.logo") != path {
			t.Error("a refused one took its place")
		}
	})
	t.Run("another has another address; the former one shows it too", func(t *testing.T) {
		next := w.Admin.Put(w.Path("/logo"), body(second)).OK().String("logo")
		if next == path || door().String("look.logo") != next {
			t.Errorf("%s after %s", next, path)
		}
		r := w.Anonymous().Get(path).OK()
		if !bytes.Equal(r.Body, second) || r.Header.Get("Content-Type") != "image/jpeg" || r.Header.Get("Cache-Control") != "public, max-age=3600" {
			t.Errorf("%v", r.Header)
		}
	})
	t.Run("only an administrator gives or takes it, and only their own firm's", func(t *testing.T) {
		other := *w
		other.Seed("Other", "boss@other.example")
		other.Admin.Put(w.Path("/logo"), body(first)).Problem(401, "sign_in_required")
		w.Anonymous().Put(w.Path("/logo"), body(first)).Problem(401, "sign_in_required")
		w.Admin.Post(w.Path("/staff/invitations"), m{"address": "berta@firm.example", "level": "member"}).OK()
		w.Settle()
		berta := w.AcceptMailed("berta@firm.example", testkit.Password)
		berta.Put(w.Path("/logo"), body(first)).Problem(403, "not_allowed")
		berta.Delete(w.Path("/logo")).Problem(403, "not_allowed")
		berta.Patch(w.Path(""), m{"look": m{"colour": "#000000"}}).Problem(403, "not_allowed")
		for _, nothing := range []string{other.Workspace + "/0123456789abcdef", w.Workspace + "/logo", w.Workspace + "/%2e%2e", "ws_01jd0h5m3w8q4v9x2c6k7n1t5z/0123456789abcdef"} {
			w.Anonymous().Get("/v1/logos/"+nothing).Problem(404, "not_found")
		}
	})
	t.Run("the trail knows which, and not what", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit")).OK()
		if !strings.Contains(string(r.Body), `"logo":"`+path[strings.LastIndexByte(path, '/')+1:]+`"`) || strings.Contains(string(r.Body), "iVBOR") {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("taken away it is gone with the next request, twice or once", func(t *testing.T) {
		for range 2 {
			w.Admin.Delete(w.Path("/logo")).OK()
		}
		w.Anonymous().Get(path).Problem(404, "not_found")
		if r := door(); r.At("look") != nil {
			t.Errorf("%s", r.Body)
		}
		w.Admin.Put(w.Path("/logo"), body(first)).OK()
	})
}

func TestB14TheFirmsLookInPagesAndMails(t *testing.T) {
	w := testkit.New(t)
	set := m{"colour": "#FFCC00", "footer": "Garrigues & Vega, S.L.P.\nCIF B-12345678", "privacy_url": "https://www.vega.example/privacidad"}
	w.Invite("before@client.example")
	w.Settle()
	r := w.Admin.Patch(w.Path(""), m{"look": set}).OK()
	if r.String("look.colour") != "#ffcc00" || r.String("look.ink") != "#000000" || r.String("look.link") == "#ffcc00" || r.String("look.link_dark") != "#ffcc00" {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Put(w.Path("/logo"), body(drawn(t, 120, 48))).OK()

	t.Run("every answer that names the firm shows it", func(t *testing.T) {
		w.Invite("after@client.example")
		w.Settle()
		link := w.Admin.Post(w.Path("/joinlinks"), m{"portal": w.Portal, "create_contact": true}).OK().String("url")
		_, token, _ := strings.Cut(link, "#")
		for name, r := range map[string]testkit.Response{
			"the portal's door":  w.Anonymous().Get("/v1/portals/" + w.PortalName),
			"the console's door": w.Anonymous().Get(w.Path("/public")),
			"an invitation":      w.Anonymous().Post("/v1/invitations/open", m{"token": w.TokenIn(w.LastMailTo("after@client.example"))}),
			"a join link":        w.Anonymous().Post("/v1/joinlinks/open", m{"token": token}),
			"the workspace":      w.Admin.Get(w.Path("")),
		} {
			if r.OK().String("look.footer") != set["footer"] || r.String("look.privacy_url") != set["privacy_url"] || r.String("look.logo") == "" {
				t.Errorf("%s: %s", name, r.Body)
			}
		}
	})
	t.Run("the next mail has it, the one before has not", func(t *testing.T) {
		if before := w.LastMailTo("before@client.example"); strings.Contains(before.HTML, "<img") || strings.Contains(before.Text, "B-12345678") {
			t.Errorf("%s", before.Text)
		}
		after := w.LastMailTo("after@client.example")
		for _, want := range []string{`/v1/logos/` + w.Workspace + `/`, `alt="Garrigues &amp; Vega"`, "background:#ffcc00;color:#000000", "CIF B-12345678", "https://www.vega.example/privacidad"} {
			if !strings.Contains(after.HTML, want) {
				t.Errorf("no %s in %s", want, after.HTML)
			}
		}
		if !strings.Contains(after.Text, "CIF B-12345678") || !strings.Contains(after.Text, "https://www.vega.example/privacidad") {
			t.Errorf("%s", after.Text)
		}
	})
	t.Run("a mail that waited has the look of when it goes", func(t *testing.T) {
		w.Admin.Patch(w.Path(""), m{"settings": m{"address_mails": 1}}).OK()
		_ = w.Invite("late@client.example")
		w.Settle()
		invitation := w.Admin.Get(w.Path("/invitations?address=late@client.example")).OK().String("items.0.id")
		w.Admin.Post(w.Path("/invitations/"+invitation+"/resend"), m{}).OK()
		w.Settle()
		w.Admin.Patch(w.Path(""), m{"look": m{"footer": "Vega y Socios"}}).OK()
		for range 8 {
			w.Advance(24 * time.Hour)
			w.Tick("jobs/redeliver")
		}
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		if all := w.MailTo("late@client.example"); len(all) != 2 || !strings.Contains(all[1].Text, "Vega y Socios") || strings.Contains(all[1].Text, "B-12345678") {
			t.Errorf("%d mails", len(all))
		}
	})
	t.Run("bad values are named and change nothing", func(t *testing.T) {
		for field, c := range map[string]struct{ value, code string }{
			"colour": {"red", "colour_malformed"}, "footer": {strings.Repeat("x", 601), "footer_malformed"}, "privacy_url": {"http://vega.example", "privacy_url_malformed"},
		} {
			r := w.Admin.Patch(w.Path(""), m{"name": "Changed", "look": m{field: c.value}}).Problem(422, c.code)
			if r.String("errors.0.name") != "look."+field {
				t.Errorf("%s", r.Body)
			}
		}
		if r := w.Admin.Get(w.Path("")).OK(); r.String("name") != "Garrigues & Vega" || r.String("look.footer") != "Vega y Socios" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("the trail says what changed, not the texts", func(t *testing.T) {
		r := string(w.Admin.Get(w.Path("/audit")).OK().Body)
		if !strings.Contains(r, `"changed":"footer, privacy_url"`) || !strings.Contains(r, `"colour":"#ffcc00"`) || strings.Contains(r, "B-12345678") {
			t.Errorf("%s", r)
		}
	})
	t.Run("empty takes a part away, the rest stays", func(t *testing.T) {
		w.Admin.Patch(w.Path(""), m{"look": m{"colour": "", "privacy_url": ""}}).OK()
		if r := w.Anonymous().Get("/v1/portals/" + w.PortalName).OK(); r.At("look.colour") != nil || r.At("look.privacy_url") != nil || r.String("look.footer") != "Vega y Socios" {
			t.Errorf("%s", r.Body)
		}
	})
}
