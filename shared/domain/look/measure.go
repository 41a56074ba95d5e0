package look

import (
	"bytes"
	"encoding/binary"
)

// measure reads type and size off an image's own bytes; false for what is none of
// the three, or is cut off. The headers are read here and not by image/png and its
// like: those decode pixels, which nobody needs, and link compress/zlib into the
// one binary whose start everybody waits for. A test holds this to them.
func measure(raw []byte) (media string, width, height int, ok bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		width, height, ok = sizePNG(raw)
		return PNG, width, height, ok
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		width, height, ok = sizeJPEG(raw)
		return JPEG, width, height, ok
	case len(raw) >= 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		width, height, ok = sizeWebP(raw)
		return WebP, width, height, ok
	}
	return "", 0, 0, false
}

// sizePNG reads IHDR, the first chunk, and looks for IEND, the last (W3C PNG §5.6).
func sizePNG(raw []byte) (width, height int, ok bool) {
	const head, end = "\x00\x00\x00\x0dIHDR", "\x00\x00\x00\x00IEND\xae\x42\x60\x82"
	if len(raw) < 8+25+len(end) || string(raw[8:16]) != head || !bytes.HasSuffix(raw, []byte(end)) {
		return 0, 0, false
	}
	return int(binary.BigEndian.Uint32(raw[16:])), int(binary.BigEndian.Uint32(raw[20:])), true
}

// sizeJPEG goes from marker to marker up to the frame header, and looks for the
// end of the image (ITU-T T.81 §B.1).
func sizeJPEG(raw []byte) (width, height int, ok bool) {
	if !bytes.HasSuffix(raw, []byte{0xff, 0xd9}) {
		return 0, 0, false
	}
	for at := 2; at+9 <= len(raw); {
		if raw[at] != 0xff {
			return 0, 0, false
		}
		marker := raw[at+1]
		if marker == 0xff { // fill
			at++
			continue
		}
		if marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc {
			return int(binary.BigEndian.Uint16(raw[at+7:])), int(binary.BigEndian.Uint16(raw[at+5:])), true
		}
		if marker == 0xda || marker == 0xd9 || marker < 0xc0 {
			return 0, 0, false
		}
		at += 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
	}
	return 0, 0, false
}

// sizeWebP reads the first chunk of the container, whose length must be that of
// the file (RFC 9649 §2).
func sizeWebP(raw []byte) (width, height int, ok bool) {
	if len(raw) < 30 || int64(binary.LittleEndian.Uint32(raw[4:]))+8 != int64(len(raw)) {
		return 0, 0, false
	}
	switch string(raw[12:16]) {
	case "VP8 ":
		if string(raw[23:26]) != "\x9d\x01\x2a" {
			return 0, 0, false
		}
		return int(binary.LittleEndian.Uint16(raw[26:]) & 0x3fff), int(binary.LittleEndian.Uint16(raw[28:]) & 0x3fff), true
	case "VP8L":
		bits := binary.LittleEndian.Uint32(raw[21:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, raw[20] == 0x2f
	case "VP8X":
		side := func(b []byte) int { return (int(b[0]) | int(b[1])<<8 | int(b[2])<<16) + 1 }
		return side(raw[24:]), side(raw[27:]), true
	}
	return 0, 0, false
}
