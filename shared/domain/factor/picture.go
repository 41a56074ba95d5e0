package factor

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Picture is a QR code as the path of an SVG: Size by Size modules, of which the
// path fills the dark ones. A page draws it without a script that could, and
// without an image that the content policy would have to let through.
type Picture struct {
	Size int
	Path string
}

// Draw returns the QR code of a link, at error correction M.
func Draw(link string) (Picture, error) {
	code, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return Picture{}, fmt.Errorf("factor: draw QR code: %w", err)
	}
	p := Picture{Size: code.Bounds().Dx()}
	dark := func(x, y int) bool { return x < p.Size && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y == 0 }
	var path strings.Builder
	for y := range p.Size {
		for x := 0; x < p.Size; x++ {
			run := 0
			for dark(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x, y, run, run)
				x += run
			}
		}
	}
	p.Path = path.String()
	return p, nil
}
