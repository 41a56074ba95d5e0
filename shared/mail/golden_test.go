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

	"github.com/google/go-cmp/cmp"

	"portero/shared/domain/message"
)

// style is what a golden leaves out of the HTML: testdata/raw.golden has it.
var style = regexp.MustCompile(`(?s)<head>.*</head>\n| (style|class)="[^"]*"`)

func TestEveryKindReadsAsItsGoldenInEveryLanguage(t *testing.T) {
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			t.Run(fmt.Sprintf("%s.%s", kind, language), func(t *testing.T) {
				golden(t, fmt.Sprintf("%s.%s.golden", kind, language), shown(t, letter(t, kind, language)))
			})
		}
	}
	t.Run("the bytes of one mail", func(t *testing.T) {
		raw := compose(t, letter(t, message.Invitation, "es"))
		golden(t, "raw.golden", strings.ReplaceAll(string(raw.Bytes), "\r\n", "\n"))
	})
}

// shown is a mail as people review it.
func shown(t *testing.T, l Letter) string {
	t.Helper()
	raw := compose(t, l)
	p := read(t, raw)
	top, _, _ := bytes.Cut(raw.Bytes, []byte("\r\n\r\n"))
	return fmt.Sprintf("%s\n\nSubject reads: %s\n\n=== text\n%s\n=== html, without head and styles\n%s",
		bytes.ReplaceAll(top, []byte("\r\n"), []byte("\n")), decoded(t, p.header.Get("Subject")), p.text, style.ReplaceAllString(p.html, ""))
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

func TestNoGoldenIsLeftOver(t *testing.T) {
	want := []string{"dressed.en.golden", "dressed.es.golden", "hostile.txt", "raw.golden"}
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			want = append(want, fmt.Sprintf("%s.%s.golden", kind, language))
		}
	}
	slices.Sort(want)
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if !e.IsDir() { // what fuzzing found
			got = append(got, e.Name())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("testdata (-want +got):\n%s", diff)
	}
}
