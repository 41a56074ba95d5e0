package pages

import (
	"io/fs"
	"path"
	"strings"
	"testing"
)

func TestFile(t *testing.T) {
	for _, c := range []struct{ name, path, file string }{
		{"the root", "/", "index.html"},
		{"an invitation", "/accept", "accept.html"},
		{"a join link", "/join", "join.html"},
		{"a new password", "/reset", "reset.html"},
		{"no more mail", "/unsubscribe", "stop.html"},
		{"a portal", "/p/clientes", "portal.html"},
		{"a console", "/console/ws_01", "console.html"},
		{"a portal without a name is no page", "/p/", NotFound},
		{"a portal with two names is no page", "/p/a/b", NotFound},
		{"a trailing slash is another path", "/accept/", NotFound},
		{"a file name is no page", "/accept.html", NotFound},
		{"capitals are another path", "/Accept", NotFound},
		{"nothing is no page", "", NotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			if file, found := File(c.path); file != c.file || found != (c.file != NotFound) {
				t.Errorf("File(%q) = %q, %v", c.path, file, found)
			}
		})
	}
}

func TestPrefix(t *testing.T) {
	for pattern, want := range map[string]string{"/": "/", "/accept": "/accept", "/p/{portal}": "/p/+"} {
		prefix, open := Route{Pattern: pattern}.Prefix()
		if open {
			prefix += "+"
		}
		if prefix != want {
			t.Errorf("Prefix of %q = %q, want %q", pattern, prefix, want)
		}
	}
}

func TestEveryRouteHasAPageOfItsOwn(t *testing.T) {
	seen := map[string]bool{NotFound: true}
	for _, route := range Routes() {
		if seen[route.File] {
			t.Errorf("%s answers two routes", route.File)
		}
		seen[route.File] = true
	}
	written, err := fs.Glob(source, "site/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range written {
		if path.Base(file) != NotFound {
			t.Errorf("%s is written by hand; Build makes the pages of the routes", file)
		}
	}
}

func FuzzFile(f *testing.F) {
	for _, seed := range []string{"/", "/p/clientes", "/console/ws_01", "/p/../accept", "/p/%2e%2e", "//", "/p/\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		file, found := File(path)
		if found == (file == NotFound) {
			t.Errorf("File(%q) = %q, %v", path, file, found)
		}
		if strings.Count(path, "/") > 2 && found {
			t.Errorf("File(%q) = %q: no route is that deep", path, file)
		}
	})
}
