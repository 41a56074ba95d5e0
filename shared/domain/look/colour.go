package look

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is "#rrggbb" in lower case, or empty.
type Colour string

// Any colour is taken and shown as it is where it is a surface; where it is text
// it is darkened or lightened as far as reading needs, hue kept. Refusing yellow
// would leave a firm whose colour it is without one.
const (
	// readable is what text needs against its ground (WCAG 2.2, 1.4.3 AA).
	readable = 4.5
	// lightGround and darkGround are nearer to the text than any ground of the pages,
	// among them a tenth of the text's own colour on a card (functions/pages/site/
	// style.css, --tint; a test holds this to it); on white, as in mails, and on black
	// the same text contrasts more.
	lightGround Colour = "#e0eae6"
	darkGround  Colour = "#35301f"

	black Colour = "#000000"
	white Colour = "#ffffff"
	// steps is how finely a colour is mixed (chosen: 2 % is not seen).
	steps = 50
)

// Valid reports whether c is "#rrggbb" in lower case.
func (c Colour) Valid() bool {
	return len(c) == 7 && c[0] == '#' && strings.Trim(string(c[1:]), "0123456789abcdef") == ""
}

// Ink is black or white, whichever contrasts more with the colour: 4.58:1 at
// least, whatever the colour (the square root of 1.05 × 0.05 lies between).
func (c Colour) Ink() Colour {
	if Contrast(c, white) >= Contrast(c, black) {
		return white
	}
	return black
}

// OnLight is the colour as text on a light ground.
func (c Colour) OnLight() Colour { return c.toward(black, lightGround) }

// OnDark is the colour as text on a dark ground.
func (c Colour) OnDark() Colour { return c.toward(white, darkGround) }

// toward mixes the colour with an end until it is readable on the ground.
func (c Colour) toward(end, ground Colour) Colour {
	for n := range steps {
		if mixed := c.mix(end, float64(n)/steps); Contrast(mixed, ground) >= readable {
			return mixed
		}
	}
	return end
}

// mix is the colour with a share of another.
func (c Colour) mix(with Colour, share float64) Colour {
	a, b := c.parts(), with.parts()
	part := func(n int) int { return int(math.Round(a[n]*(1-share) + b[n]*share)) }
	return Colour(fmt.Sprintf("#%02x%02x%02x", part(0), part(1), part(2)))
}

// parts are red, green and blue, 0 to 255.
func (c Colour) parts() [3]float64 {
	var out [3]float64
	for n := range out {
		v, err := strconv.ParseUint(string(c[1+2*n:3+2*n]), 16, 8)
		if err != nil {
			return [3]float64{}
		}
		out[n] = float64(v)
	}
	return out
}

// Contrast is the contrast ratio of two valid colours, 1 to 21 (WCAG 2.2,
// "contrast ratio").
func Contrast(a, b Colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is WCAG 2.2's "relative luminance".
func (c Colour) luminance() float64 {
	p := c.parts()
	linear := func(n int) float64 {
		v := p[n] / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(0) + 0.7152*linear(1) + 0.0722*linear(2)
}
