package pages

import "strings"

// Header is one response header.
type Header struct{ Name, Value string }

// Cache rules. HTML names the assets of its own build, so that a deploy counts at the next load; assets never change
// under their hash.
const (
	CacheHTML   = "no-cache"
	CacheAssets = "public, max-age=31536000, immutable" // one year: RFC 8246 §2, the usual upper end
)

// policy is the Content-Security-Policy (product rule: issue 2 "strict Content-Security-Policy"): our own files, our own
// API, nothing inline, framed by nobody. Images may be data: for the marks of form controls in style.css.
var policy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
}

// Headers returns the security headers of every answer that is a page or an asset, in a fixed order. Over plain http
// browsers ignore Strict-Transport-Security (RFC 6797 §8.1), so the local gateway sends it too.
func Headers() []Header {
	return []Header{
		{"Content-Security-Policy", strings.Join(policy, "; ")},
		{"Strict-Transport-Security", "max-age=31536000"}, // one year: chosen, what preload lists ask at least
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"}, // for browsers without frame-ancestors
		{"Referrer-Policy", "no-referrer"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
	}
}

// CacheControl returns the caching rule of a path of the built folder.
func CacheControl(path string) string {
	if strings.HasPrefix(path, AssetPrefix) {
		return CacheAssets
	}
	return CacheHTML
}
