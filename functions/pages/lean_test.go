package pages

import (
	"bytes"
	"strings"
	"testing"
)

func TestCommentsOfWholeLinesGoAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct{ file, source, want string }{
		"a line":                         {"a.js", "// one\nlet a = 1;\n  // two\nlet b = 2;\n", "\nlet a = 1;\n\nlet b = 2;\n"},
		"a block, its lines still there": {"a.js", "/** One\n *  two */\nlet a;\n", "\n\nlet a;\n"},
		"what stands after code stays":   {"a.js", "let a; // one\nlet b = 'https://x';\n", "let a; // one\nlet b = 'https://x';\n"},
		"a block between code stays":     {"a.js", "let a /* one */ = 1;\n/* two */ let b;\n", "let a /* one */ = 1;\n/* two */ let b;\n"},
		"a sheet":                        {"a.css", "/* One\n   two */\na { b: c; }\n", "\n\na { b: c; }\n"},
		"a sheet knows no //":            {"a.css", "// a {}\n", "// a {}\n"},
		"a page":                         {"a.html", "// one\n", "// one\n"},
		"the view library":               {libraryAs, "// one\n", "// one\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(lean(c.file, []byte(c.source))); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestEveryLineOfTheSiteKeepsItsNumberAndItsWords(t *testing.T) {
	dir, hash := built(t)
	served := contents(t, dir)
	for name, content := range sourceFiles(t) {
		lines := strings.Split(served[place(name, hash)], "\n")
		for n, line := range strings.Split(string(content), "\n") {
			bare := strings.TrimLeft(line, " \t")
			silent := strings.HasPrefix(bare, "//") || strings.HasPrefix(bare, "/*") || strings.HasPrefix(bare, "*") || strings.HasSuffix(bare, "*/")
			if lines[n] != line && (lines[n] != "" || !silent) && !inComment(content, n) {
				t.Errorf("%s:%d: %q is served as %q", name, n+1, line, lines[n])
			}
		}
	}
}

// sourceFiles returns the scripts and sheets as they are written.
func sourceFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := readSite(t)
	for name := range files {
		content, err := source.ReadFile("site/" + name)
		if err != nil || isHTML(name) {
			delete(files, name) // made by Build, or rewritten
			continue
		}
		files[name] = content
	}
	return files
}

// inComment says whether a line, counted from 0, is inside a block that began on a line before.
func inComment(content []byte, line int) bool {
	before := bytes.Join(bytes.Split(content, []byte("\n"))[:line], []byte("\n"))
	return bytes.LastIndex(before, []byte("/*")) > bytes.LastIndex(before, []byte("*/"))
}
