package pages

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	textLine    = regexp.MustCompile(`(?m)^  '([a-z0-9_.]+)': '((?:[^'\\]|\\.)*)',$`)
	placeholder = regexp.MustCompile(`\{\w+\}`)
	literalKey  = regexp.MustCompile(`\bt\('([^']+)'`)
	plural      = regexp.MustCompile(`\.(?:one|many|other)$`)
)

// texts returns language → area → key → text.
func texts(t *testing.T) map[string]map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]map[string]string{}
	for name, content := range sources(t) {
		rest, is := strings.CutPrefix(name, "app/texts/")
		if !is {
			continue
		}
		language, file, _ := strings.Cut(rest, "/")
		if all[language] == nil {
			all[language] = map[string]map[string]string{}
		}
		area := map[string]string{}
		for _, found := range textLine.FindAllStringSubmatch(string(content), -1) {
			if _, twice := area[found[1]]; twice {
				t.Errorf("%s has %s twice", name, found[1])
			}
			area[found[1]] = found[2]
		}
		if lines := strings.Count(string(content), "': '"); lines != len(area) {
			t.Errorf("%s: %d of %d lines can be read; write each as 'key': 'text',", name, len(area), lines)
		}
		all[language][strings.TrimSuffix(file, path.Ext(file))] = area
	}
	return all
}

func languagesOf(t *testing.T) []string {
	languages := slices.Sorted(maps.Keys(texts(t)))
	if len(languages) < 2 {
		t.Fatalf("languages: %v", languages)
	}
	return languages
}

func readSite(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := read(nodeModules)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	all := texts(t)
	for language, areas := range all {
		for other, others := range all {
			for area, keys := range others {
				compare(t, other, language, area, keys, areas[area])
			}
		}
	}
}

func compare(t *testing.T, other, language, area string, keys, own map[string]string) {
	t.Helper()
	for key, text := range keys {
		translated, there := own[key]
		switch {
		case !there:
			t.Errorf("%s/%s has no %s", language, area, key)
		case strings.TrimSpace(translated) == "":
			t.Errorf("%s/%s: %s is empty", language, area, key)
		case language != other && len(text) > 12 && text == translated:
			t.Errorf("%s is the same in %s and %s: %q", key, language, other, text)
		case !slices.Equal(holes(text), holes(translated)):
			t.Errorf("%s: %v in %s, %v in %s", key, holes(text), other, holes(translated), language)
		}
	}
}

func holes(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNoKeyStandsInTwoAreas(t *testing.T) {
	for language, areas := range texts(t) {
		seen := map[string]string{}
		for area, keys := range areas {
			for key := range keys {
				if before, twice := seen[key]; twice {
					t.Errorf("%s: %s stands in %s and %s", language, key, before, area)
				}
				seen[key] = area
			}
		}
	}
}

func TestEveryTextIsUsedAndEveryUsedTextIsThere(t *testing.T) {
	files := sources(t)
	known := map[string]bool{}
	for _, area := range texts(t)["en"] {
		for key := range area {
			known[plural.ReplaceAllString(key, "")] = true
		}
	}
	var code strings.Builder
	for name, content := range files {
		if strings.HasPrefix(name, "app/") && !strings.HasPrefix(name, "app/texts/") {
			code.Write(content)
		}
	}
	for _, found := range literalKey.FindAllStringSubmatch(code.String(), -1) {
		if !known[found[1]] {
			t.Errorf("no text for %s", found[1])
		}
	}
	for key := range known {
		if !used(code.String(), key) {
			t.Errorf("%s is not used", key)
		}
	}
}

// used says whether the code names the key, or makes it of its area and a value, as in t(`state.${state}`),
// t(`over.${state}_about`) or word('state', state).
func used(code, key string) bool {
	if strings.Contains(code, "'"+key+"'") {
		return true
	}
	area, name, _ := strings.Cut(key, ".")
	if strings.Contains(code, "`"+area+".${"+"") && (!strings.Contains(name, "_about") || strings.Contains(code, "}_about`")) {
		return true
	}
	return strings.Contains(code, "word('"+area+"'") || strings.Contains(code, `area="`+area+`"`) || strings.Contains(code, "area = '"+area+"'")
}

// deed finds what the trail says was done in code: a noun, a dot and what became of it.
var deed = regexp.MustCompile(`"([a-z]+)\.([a-z_]*(?:ed|set|up|away|over))"`)

func TestEverythingThatTheTrailSaysHasAName(t *testing.T) {
	var code strings.Builder
	for _, room := range []string{"../../shared/domain", "../../functions"} {
		err := filepath.WalkDir(room, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			content, err := os.ReadFile(name)
			code.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	found := deed.FindAllStringSubmatch(code.String(), -1)
	if len(found) < 40 {
		t.Fatalf("only %d found", len(found))
	}
	for language, areas := range texts(t) {
		for _, one := range found {
			if key := "did." + one[1] + "_" + one[2]; areas["audit"][key] == "" {
				t.Errorf("%s has no %s", language, key)
			}
		}
	}
}
