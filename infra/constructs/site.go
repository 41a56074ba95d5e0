package constructs

// Site is the built pages, as functions/pages describes them.
type Site struct {
	// Dir is the built folder: HTML in its root, the rest under assets/.
	Dir string
	// OpenAPI describes the API; it is served beside it at /v1/openapi.json.
	OpenAPI  []byte
	Routes   []PageRoute
	NotFound string // the file that answers what no route matches
	Headers  []Header
	// CacheHTML and CacheAssets are the values of Cache-Control.
	CacheHTML, CacheAssets string
}

// PageRoute pairs a URL with the file that answers it. Pattern is a path, or
// one whose last segment is a name in braces, which stands for one segment.
type PageRoute struct{ Pattern, File string }

// Header is one response header.
type Header struct{ Name, Value string }
