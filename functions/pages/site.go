package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed site
var source embed.FS

// library is the view library (htm and Preact in one module, 13 kB) inside node_modules, and where the site imports it.
const (
	library   = "htm/preact/standalone.module.js"
	libraryAs = "lib/preact.js"
)

// hashBytes is how much of the SHA-256 names the assets: 64 bits tell builds apart (chosen; no evidence).
const hashBytes = 8

// Build writes the whole site below out, which it makes if need be: HTML files in its root, all else under
// assets/<hash>/, and returns the hash. One hash covers every asset, so that relative imports hold. The view library
// comes from nodeModules. Two builds of one source are the same bytes; nothing already in out is removed, because
// people who loaded a page before a deploy still load its assets. An error is a file that cannot be read or written, or
// ctx being over.
func Build(ctx context.Context, out, nodeModules string) (hash string, err error) {
	files, err := read(nodeModules)
	if err != nil {
		return "", err
	}
	hash = hashOf(files)
	for _, name := range sorted(files) {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if err := write(filepath.Join(out, filepath.FromSlash(place(name, hash))), rewritten(name, files[name], hash)); err != nil {
			return "", err
		}
	}
	return hash, nil
}

// read returns every file that is served by its slash path, as site/ has it: lean, with the view library and the pages of
// the routes.
func read(nodeModules string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(source, "site", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		short := strings.TrimPrefix(name, "site/")
		content, err := source.ReadFile(name)
		if err != nil {
			return err
		}
		files[short], err = lean(short, content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	files[libraryAs], err = os.ReadFile(filepath.Join(nodeModules, filepath.FromSlash(library)))
	if err != nil {
		return nil, fmt.Errorf("read the view library (npm ci --prefix infra puts it there): %w", err)
	}
	for _, r := range Routes() {
		if files[r.File], err = shell(files, r); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// hashOf returns the name of the asset tree: a hash over the path and content of each file that is not HTML.
func hashOf(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range sorted(files) {
		if !isHTML(name) {
			fmt.Fprintf(sum, "%s\x00%d\x00", name, len(files[name]))
			sum.Write(files[name])
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:hashBytes])
}

// place returns where the built folder holds the file.
func place(name, hash string) string {
	if isHTML(name) {
		return name
	}
	return path.Join(strings.Trim(AssetPrefix, "/"), hash, name)
}

// rewritten returns the content with references to assets pointing below the hash.
func rewritten(name string, content []byte, hash string) []byte {
	if !isHTML(name) {
		return content
	}
	return bytes.ReplaceAll(content, []byte(`"`+AssetPrefix), []byte(`"`+AssetPrefix+hash+"/"))
}

func write(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("build pages: %w", err)
	}
	if err := os.WriteFile(name, content, 0o644); err != nil {
		return fmt.Errorf("build pages: %w", err)
	}
	return nil
}

func sorted(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func isHTML(name string) bool { return path.Ext(name) == ".html" }
