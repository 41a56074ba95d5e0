package pages

import (
	"io/fs"
	"net/http"
	"os"
	"strings"
)

// contentTypes are those of the files the site has; no system table decides them, so every machine serves the same.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// Handler serves the folder that Build wrote, for the local gateway: pages by [Routes], assets by their path, with
// [Headers] and the cache rules. What is neither is answered 404 with the NotFound page; methods other than GET and
// HEAD 405. It is for concurrent use.
func Handler(dir string) http.Handler {
	files := os.DirFS(dir)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, header := range Headers() {
			w.Header().Set(header.Name, header.Value)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		serve(w, r, files)
	})
}

func serve(w http.ResponseWriter, r *http.Request, files fs.FS) {
	name, status := resolve(files, r.URL.Path)
	content, err := fs.ReadFile(files, name)
	if err != nil {
		http.Error(w, "The pages are not built.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentTypes[extension(name)])
	w.Header().Set("Cache-Control", CacheControl("/"+name))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(content) // the browser went away: nobody is left to tell
	}
}

// resolve returns the file that answers a path, and with what status.
func resolve(files fs.FS, path string) (name string, status int) {
	if strings.HasPrefix(path, AssetPrefix) {
		name = strings.TrimPrefix(path, "/")
		info, err := fs.Stat(files, name)
		if err == nil && info.Mode().IsRegular() && contentTypes[extension(name)] != "" {
			return name, http.StatusOK
		}
		return NotFound, http.StatusNotFound
	}
	name, found := File(path)
	if !found {
		return name, http.StatusNotFound
	}
	return name, http.StatusOK
}

func extension(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		return name[dot:]
	}
	return ""
}
