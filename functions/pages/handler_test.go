package pages

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	dir, hash := built(t)
	handler := Handler(dir)
	asset := AssetPrefix + hash + "/app/accept.js"
	for _, c := range []struct {
		name, method, path string
		status             int
		kind, cache        string
	}{
		{"a page", "GET", "/accept", 200, "text/html; charset=utf-8", CacheHTML},
		{"a portal", "GET", "/p/clientes", 200, "text/html; charset=utf-8", CacheHTML},
		{"an asset", "GET", asset, 200, "text/javascript; charset=utf-8", CacheAssets},
		{"the style", "HEAD", AssetPrefix + hash + "/style.css", 200, "text/css; charset=utf-8", CacheAssets},
		{"an asset of another build", "GET", AssetPrefix + "0000/app/accept.js", 404, "text/html; charset=utf-8", CacheHTML},
		{"a folder", "GET", AssetPrefix + hash, 404, "text/html; charset=utf-8", CacheHTML},
		{"a way out of the folder", "GET", AssetPrefix + hash + "/../../accept.html", 404, "text/html; charset=utf-8", CacheHTML},
		{"nothing", "GET", "/nothing", 404, "text/html; charset=utf-8", CacheHTML},
		{"a change", "POST", "/accept", 405, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, httptest.NewRequest(c.method, c.path, nil))
			header := recorder.Header()
			if recorder.Code != c.status || header.Get("Content-Type") != c.kind || header.Get("Cache-Control") != c.cache {
				t.Errorf("%d, %q, %q", recorder.Code, header.Get("Content-Type"), header.Get("Cache-Control"))
			}
			for _, want := range Headers() {
				if header.Get(want.Name) != want.Value {
					t.Errorf("%s: %q", want.Name, header.Get(want.Name))
				}
			}
			if c.method == http.MethodHead && recorder.Body.Len() > 0 {
				t.Error("HEAD has a body")
			}
		})
	}
}

func TestHandlerOfAFolderThatIsNotBuilt(t *testing.T) {
	recorder := httptest.NewRecorder()
	Handler(t.TempDir()).ServeHTTP(recorder, httptest.NewRequest("GET", "/", nil))
	if recorder.Code != http.StatusInternalServerError {
		t.Errorf("status %d", recorder.Code)
	}
}

func TestPolicyAllowsNothingInlineAndNoOtherOrigin(t *testing.T) {
	csp := Headers()[0].Value
	if !strings.HasPrefix(csp, "default-src 'none'") {
		t.Errorf("the policy does not start from nothing: %s", csp)
	}
	for _, bad := range []string{"unsafe", "*", "http:", "https:", "blob:"} {
		if strings.Contains(csp, bad) {
			t.Errorf("the policy holds %s", bad)
		}
	}
}

func FuzzHandler(f *testing.F) {
	dir, hash := built(f)
	handler := Handler(dir)
	for _, seed := range []string{"/", "/assets/" + hash + "/style.css", "/assets/../accept.html", "/assets//etc/passwd", "/p/\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		request := httptest.NewRequest("GET", "/", nil)
		request.URL.Path = path
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		if recorder.Code != 200 && recorder.Code != 404 {
			t.Errorf("%q: status %d", path, recorder.Code)
		}
	})
}
