package look

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"portero/shared/domain/fault"
)

func codeOf(err error) fault.Code {
	if f := fault.As(err); f != nil {
		return f.Code
	}
	return ""
}

func TestB14AColourIsReadWhereverItStands(t *testing.T) {
	const ends = "0055aaff"
	for r := 0; r < 8; r += 2 {
		for g := 0; g < 8; g += 2 {
			for b := 0; b < 8; b += 2 {
				c := Colour("#" + ends[r:r+2] + ends[g:g+2] + ends[b:b+2])
				if got := Contrast(c, c.Ink()); got < 4.5 {
					t.Errorf("text upon %s: %.2f", c, got)
				}
				for ground, text := range map[Colour]Colour{white: c.OnLight(), lightGround: c.OnLight(), black: c.OnDark(), darkGround: c.OnDark()} {
					if got := Contrast(ground, text); got < 4.5 || !text.Valid() {
						t.Errorf("%s as %s on %s: %.2f", c, text, ground, got)
					}
				}
				// A notice's ground holds a tenth of the colour itself (style.css, --tint).
				if light, dark := white.mix(c.OnLight(), .1), Colour("#1a211e").mix(c.OnDark(), .1); Contrast(light, c.OnLight()) < 4.5 || Contrast(dark, c.OnDark()) < 4.5 {
					t.Errorf("%s: %.2f on %s, %.2f on %s", c, Contrast(light, c.OnLight()), light, Contrast(dark, c.OnDark()), dark)
				}
			}
		}
	}
	if c := Colour("#0b4f9e"); c.OnLight() != c || c.Ink() != white {
		t.Errorf("a colour that is read stays: %s on %s", c.OnLight(), c.Ink())
	}
	if got := fmt.Sprintf("%.2f %.2f", Contrast(white, black), Contrast("#767676", white)); got != "21.00 4.54" {
		t.Errorf("WCAG's own figures: %s", got)
	}
}

func TestB14WhatMayBeSet(t *testing.T) {
	for _, c := range []struct {
		name string
		look Look
		want fault.Code
	}{
		{"nothing", Look{}, ""},
		{"everything", Look{Colour: "#1D4ED8", Footer: "Vega, S.L.P.\nCIF B-12345678", Notice: "https://www.vega.example/privacidad?x=1#y"}, ""},
		{"a colour by name", Look{Colour: "red"}, "colour_malformed"},
		{"a short colour", Look{Colour: "#fff"}, "colour_malformed"},
		{"a colour with more", Look{Colour: "#ffffff;"}, "colour_malformed"},
		{"a footer of 600", Look{Footer: strings.Repeat("ñ", 600)}, ""},
		{"a footer of 601", Look{Footer: strings.Repeat("ñ", 601)}, "footer_malformed"},
		{"a footer of 13 lines", Look{Footer: "a" + strings.Repeat("\na", 12)}, "footer_malformed"},
		{"a footer that turns around", Look{Footer: "a\u202eb"}, "footer_malformed"},
		{"a footer with a NUL", Look{Footer: "a\x00b"}, "footer_malformed"},
		{"a notice over http", Look{Notice: "http://vega.example"}, "privacy_url_malformed"},
		{"a script", Look{Notice: "javascript:alert(1)"}, "privacy_url_malformed"},
		{"a user", Look{Notice: "https://paypal.example@evil.example"}, "privacy_url_malformed"},
		{"a port", Look{Notice: "https://vega.example:8443"}, "privacy_url_malformed"},
		{"no host", Look{Notice: "https:///x"}, "privacy_url_malformed"},
		{"this machine", Look{Notice: "https://localhost/x"}, "privacy_url_malformed"},
		{"numbers", Look{Notice: "https://192.0.2.1/x"}, "privacy_url_malformed"},
		{"a quote", Look{Notice: `https://vega.example/"x`}, "privacy_url_malformed"},
		{"a backslash", Look{Notice: `https://vega.example\@evil.example`}, "privacy_url_malformed"},
		{"letters that look like others", Look{Notice: "https://vegа.example"}, "privacy_url_malformed"},
		{"a line break", Look{Notice: "https://vega.example/\nx"}, "privacy_url_malformed"},
		{"a long one", Look{Notice: "https://vega.example/" + strings.Repeat("x", 180)}, "privacy_url_malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.look.Check()
			if codeOf(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
			if c.name == "everything" && got.Colour != "#1d4ed8" {
				t.Errorf("kept as %s", got.Colour)
			}
		})
	}
}

// drawn are images of a size, by type.
func drawn(t testing.TB, width, height int) map[string][]byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	var p, j bytes.Buffer
	if err := png.Encode(&p, m); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, m, nil); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{PNG: p.Bytes(), JPEG: j.Bytes(), WebP: webp(width, height)}
}

// webp is the head of a lossless one.
func webp(width, height int) []byte {
	body := make([]byte, 18)
	copy(body, "VP8L")
	body[8] = 0x2f
	binary.LittleEndian.PutUint32(body[9:], uint32(width-1)|uint32(height-1)<<14)
	out := append([]byte("RIFF\x00\x00\x00\x00WEBP"), body...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

func TestB14AnImageIsKnownByItsBytes(t *testing.T) {
	for media, raw := range drawn(t, 120, 48) {
		l, err := NewLogo("ws_a", raw)
		if err != nil || l.Media != media || !l.Name.Valid() {
			t.Errorf("%s: %+v %v", media, l, err)
		}
		if _, width, height, _ := measure(raw); width != 120 || height != 48 {
			t.Errorf("%s: %d × %d", media, width, height)
		}
		if _, err := NewLogo("ws_a", raw[:len(raw)-3]); codeOf(err) != "logo_malformed" {
			t.Errorf("%s cut off: %v", media, err)
		}
		if _, err := NewLogo("ws_a", append(bytes.Clone(raw), make([]byte, MaxLogoBytes)...)); codeOf(err) != "logo_too_large" {
			t.Errorf("%s, too heavy: %v", media, err)
		}
	}
	for side, want := range map[int]fault.Code{1: "logo_too_large", 15: "logo_too_large", 16: "", 2000: "", 2001: "logo_too_large"} {
		for media, raw := range drawn(t, 100, side) {
			if _, err := NewLogo("ws_a", raw); codeOf(err) != want {
				t.Errorf("%s of 100 × %d: %v", media, side, err)
			}
		}
	}
	for name, raw := range map[string]string{
		"nothing": "", "SVG": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "HTML": "<!doctype html>", "GIF": "GIF89a\x10\x00\x10\x00",
		"a name only": "\x89PNG\r\n\x1a\n", "a script after the name": "\x89PNG\r\n\x1a\n<script>alert(1)</script>",
	} {
		if _, err := NewLogo("ws_a", []byte(raw)); codeOf(err) != "logo_malformed" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzAnImageIsReadAsLibrariesReadIt(f *testing.F) {
	for _, raw := range drawn(f, 20, 30) {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		media, width, height, ok := measure(raw)
		if !ok {
			return
		}
		decode := map[string]func() (image.Config, error){
			PNG:  func() (image.Config, error) { return png.DecodeConfig(bytes.NewReader(raw)) },
			JPEG: func() (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(raw)) },
		}[media]
		if decode == nil {
			return
		}
		if c, err := decode(); err == nil && (c.Width != width || c.Height != height) {
			t.Errorf("%s of %d × %d, a library says %d × %d", media, width, height, c.Width, c.Height)
		}
	})
}
