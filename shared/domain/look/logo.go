package look

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

const (
	// MaxLogoBytes is what a logo may weigh: an item takes 400 KB and a read of this
	// one 8 units (eventually consistent), and it is the first thing that a phone on
	// a bad line loads (chosen: logos on the web are mostly of 5 to 30 KB).
	MaxLogoBytes = 64_000
	// maxSide bounds what a few bytes unfold to in a browser's memory: 2000 × 2000
	// pixels are 16 MB (chosen).
	maxSide = 2000
	// minSide: a picture of one pixel counts readers and is no logo (chosen).
	minSide = 16
)

// Refusals of a logo.
var (
	ErrLogoSize  = fault.On("image", "logo_too_large", "A logo has at most 64,000 bytes, and 16 to 2,000 pixels each way.")
	ErrLogoImage = fault.On("image", "logo_malformed", "A logo is a whole PNG, JPEG or WebP image.")
)

// The types of images; nothing else is ever served.
const (
	PNG  = "image/png"
	JPEG = "image/jpeg"
	WebP = "image/webp"
)

// Media lists them.
func Media() []string { return []string{PNG, JPEG, WebP} }

// Version names one image of a firm: 16 hexadecimal digits of its SHA-256. The
// same image has the same one.
type Version string

// Valid reports whether v has the form of a version.
func (v Version) Valid() bool {
	return len(v) == 16 && strings.Trim(string(v), "0123456789abcdef") == ""
}

// Logo is a firm's image.
type Logo struct {
	Workspace id.Workspace `json:"ws"`
	Name      Version      `json:"name"`
	Media     string       `json:"media"`
	Bytes     []byte       `json:"bytes"`
	Version   int          `json:"v"`
}

// NewLogo reads an image, or logo_too_large or logo_malformed.
func NewLogo(ws id.Workspace, raw []byte) (Logo, error) {
	if len(raw) > MaxLogoBytes {
		return Logo{}, ErrLogoSize
	}
	media, width, height, ok := measure(raw)
	if !ok {
		return Logo{}, ErrLogoImage
	}
	if min(width, height) < minSide || max(width, height) > maxSide {
		return Logo{}, ErrLogoSize
	}
	sum := sha256.Sum256(raw)
	return Logo{Workspace: ws, Name: Version(hex.EncodeToString(sum[:8])), Media: media, Bytes: raw}, nil
}

// Path is where an image is served.
func Path(ws id.Workspace, v Version) string {
	return "/v1/logos/" + string(ws) + "/" + string(v)
}

// Mailable reports whether mail programs show images of a type: Outlook for
// Windows shows no WebP (https://www.caniemail.com/features/image-webp/), and the
// firm's name stands there instead.
func Mailable(media string) bool { return media == PNG || media == JPEG }
