package pages

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const nodeModules = "../../infra/node_modules"

// built packs the site into a fresh folder.
func built(t testing.TB) (dir, hash string) {
	t.Helper()
	dir = t.TempDir()
	hash, err := Build(context.Background(), dir, nodeModules)
	if err != nil {
		t.Fatal(err)
	}
	return dir, hash
}

// contents returns every file below dir by its slash path.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTwoBuildsAreTheSameBytes(t *testing.T) {
	one, hash := built(t)
	two, again := built(t)
	if hash != again {
		t.Errorf("hash %s, then %s", hash, again)
	}
	first, second := contents(t, one), contents(t, two)
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
	for name, content := range first {
		if second[name] != content {
			t.Errorf("%s differs", name)
		}
	}
}

func TestBuildOverAnEarlierOneKeepsItsAssets(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "assets", "0000000000000000", "style.css")
	if err := write(old, []byte("/* before */")); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(context.Background(), dir, nodeModules); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err != nil {
		t.Errorf("who loaded a page before the deploy lost its assets: %v", err)
	}
}

func TestAnyChangedAssetChangesTheHash(t *testing.T) {
	files := map[string][]byte{"a.js": []byte("1"), "b.css": []byte("2"), "c.html": []byte("3")}
	before := hashOf(files)
	files["c.html"] = []byte("4")
	if hashOf(files) != before {
		t.Error("HTML counts, though it is not under the hash")
	}
	for name, change := range map[string][]byte{"a.js": []byte("2"), "d.js": nil} {
		changed := map[string][]byte{"a.js": files["a.js"], "b.css": files["b.css"]}
		changed[name] = change
		if hashOf(changed) == before {
			t.Errorf("a change of %s does not show", name)
		}
	}
}

func TestBuildFailures(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		ctx          context.Context
		out, modules string
	}{
		{"without the view library", context.Background(), t.TempDir(), t.TempDir()},
		{"into what is no folder", context.Background(), filepath.Join(file, "out"), nodeModules},
		{"after the context is over", over, t.TempDir(), nodeModules},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Build(c.ctx, c.out, c.modules); err == nil {
				t.Error("Build succeeded")
			}
		})
	}
}

var reference = regexp.MustCompile(`(?:src|href)="(/[^"]+)"`)

func TestEveryReferenceOfABuiltPageIsThere(t *testing.T) {
	dir, hash := built(t)
	files := contents(t, dir)
	for name, content := range files {
		if !isHTML(name) {
			continue
		}
		for _, found := range reference.FindAllStringSubmatch(content, -1) {
			if found[1] == "/" {
				continue
			}
			if _, there := files[strings.TrimPrefix(found[1], "/")]; !there || !strings.HasPrefix(found[1], AssetPrefix+hash+"/") {
				t.Errorf("%s refers to %s", name, found[1])
			}
		}
	}
}

func TestPagesHoldNothingInline(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		"a script with a body":  regexp.MustCompile(`<script[^>]*>[^<]`),
		"a style element":       regexp.MustCompile(`<style`),
		"a style attribute":     regexp.MustCompile(`\sstyle=`),
		"a handler attribute":   regexp.MustCompile(`(?i)<[^>$]*\son[a-z]+="`),
		"another origin":        regexp.MustCompile(`(?:src|href)="(?:https?:)?//`),
		"markup made of text":   regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function`),
		"a reading of the past": regexp.MustCompile(`localStorage|document\.cookie`),
	}
	files, err := read(nodeModules)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		for what, pattern := range banned {
			if found := pattern.Find(content); found != nil && name != libraryAs {
				t.Errorf("%s holds %s: %s", name, what, found)
			}
		}
		if bytes.Contains(content, []byte("fetch(")) && name != "app/api.js" {
			t.Errorf("%s calls the network; only app/api.js does", name)
		}
	}
	for name, content := range sources(t) {
		if lines := bytes.Count(content, []byte("\n")); lines > 300 {
			t.Errorf("%s has %d lines: look for the second subject", name, lines)
		}
	}
}
