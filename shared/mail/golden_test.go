package mail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"

	"portero/shared/domain/message"
)

// style is what a golden leaves out of the HTML: testdata/raw.golden has it.
var style = regexp.MustCompile(`(?s)<head>.*</head>\n| (style|class)="[^"]*"`)

func TestEveryKindReadsAsItsGoldenInEveryLanguage(t *testing.T) {
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			t.Run(fmt.Sprintf("%s.%s", kind, language), func(t *testing.T) {
				raw := compose(t, letter(t, kind, language))
				p := read(t, raw)
				top, _, _ := bytes.Cut(raw.Bytes, []byte("\r\n\r\n"))
				got := fmt.Sprintf("%s\n\nSubject reads: %s\n\n=== text\n%s\n=== html, without head and styles\n%s",
					bytes.ReplaceAll(top, []byte("\r\n"), []byte("\n")), decoded(t, p.header.Get("Subject")), p.text, style.ReplaceAllString(p.html, ""))
				golden(t, fmt.Sprintf("%s.%s.golden", kind, language), got)
			})
		}
	}
	t.Run("the bytes of one mail", func(t *testing.T) {
		raw := compose(t, letter(t, message.Invitation, "es"))
		golden(t, "raw.golden", strings.ReplaceAll(string(raw.Bytes), "\r\n", "\n"))
	})
}

// golden compares with a file, or rewrites it under `make golden`.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run `make golden`", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got):\n%s", path, diff)
	}
}

func TestNothingButTheKindsHasWordsOrAGolden(t *testing.T) {
	want := map[string]bool{"layout.html.tmpl": true, "layout.text.tmpl": true}
	goldens := map[string]bool{"raw.golden": true, "hostile.txt": true}
	for _, language := range languages() {
		want["common."+language+".tmpl"] = true
		for _, kind := range message.Kinds() {
			want[fmt.Sprintf("%s.%s.tmpl", kind, language)] = true
			goldens[fmt.Sprintf("%s.%s.golden", kind, language)] = true
		}
	}
	for dir, names := range map[string]map[string]bool{"templates": want, "testdata": goldens} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() && !names[e.Name()] {
				t.Errorf("%s/%s belongs to no kind", dir, e.Name())
			}
			delete(names, e.Name())
		}
		for name := range names {
			t.Errorf("%s/%s is missing", dir, name)
		}
	}
}

func TestEveryFileDefinesEveryBlockAndNoOther(t *testing.T) {
	check := func(name string, want []string) {
		text, err := files.ReadFile("templates/" + name)
		if err != nil {
			t.Fatal(err)
		}
		trees, err := parse.Parse(name, string(text), "", "", map[string]any{"or": 0, "eq": 0})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for block, tree := range trees {
			if block == name && parse.IsEmptyTree(tree.Root) {
				continue // what stands outside the blocks: nothing
			}
			got = append(got, block)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("blocks of %s (-want +got):\n%s", name, diff)
		}
	}
	for _, language := range languages() {
		check("common."+language+".tmpl", commonBlocks())
		for _, kind := range message.Kinds() {
			check(fmt.Sprintf("%s.%s.tmpl", kind, language), kindBlocks())
		}
	}
}
