package pages

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// load is what somebody opens: a page with the modules that are loaded on top of what the page imports, and the areas of
// texts. What a view has as a part for later, or asks for at a press, is not of it.
type load struct {
	name, page     string
	modules, areas []string
}

// How pages with several views say which there are, in console.js and portal.js; and how a view has parts for later.
var (
	viewFrame = regexp.MustCompile(`(?m)^const frame = \[(.*?)\];`)
	viewTable = regexp.MustCompile(`(?ms)^const views = \{\n(.*?)^\};`)
	viewLine  = regexp.MustCompile(`(?m)^  (\w+): \[\(\) => import\('\./(\w+\.js)'\)((?:, '\w+')*)\],\n`)
	laterPart = regexp.MustCompile(`later\(\(\) => import\('\./(\w+\.js)'\), '\w+'((?:, '\w+')*)\)`)
	quoted    = regexp.MustCompile(`'(\w+)'`)
)

// loads returns everything that can be opened.
func loads(t *testing.T) []load {
	all := []load{
		{"the root", "index", nil, []string{"shared", "entry"}},
		{"an invitation for a new person", "accept", nil, []string{"shared", "visit", "accept", "password"}},
		{"an invitation for who has a password", "accept", []string{"app/member.js"}, []string{"shared", "visit", "accept", "password"}},
		{"an invitation that is over", "accept", []string{"app/over.js"}, []string{"shared", "visit", "over"}},
		{"a join link", "join", nil, []string{"shared", "visit", "entry", "password"}},
		{"a new password", "reset", nil, []string{"shared", "visit", "entry", "password"}},
		{"no more mail", "stop", nil, []string{"shared", "visit", "entry"}},
		{"a portal, signed out", "portal", []string{"app/door.js"}, []string{"shared", "signin"}},
		{"a console, signed out", "console", []string{"app/door.js"}, []string{"shared", "console", "signin"}},
	}
	for _, page := range []string{"portal", "console"} {
		all = append(all, views(t, page)...)
	}
	return all
}

// views returns what the table of a page's module says.
func views(t *testing.T, page string) []load {
	t.Helper()
	script := sources(t)["app/"+page+".js"]
	frame, table := viewFrame.FindSubmatch(script), viewTable.FindSubmatch(script)
	if frame == nil || table == nil {
		t.Fatalf("%s.js has no frame or no views", page)
	}
	lines := viewLine.FindAllSubmatch(table[1], -1)
	if len(lines) < 3 || len(bytes.Join(wholes(lines), nil)) != len(table[1]) {
		t.Fatalf("%s.js: a view is not written as \"  name: [() => import('./name.js'), 'area'],\"", page)
	}
	var all []load
	for _, line := range lines {
		areas := append(words(frame[1]), words(line[3])...)
		all = append(all, load{page + " #/" + string(line[1]), page, []string{"app/" + string(line[2])}, areas})
	}
	return all
}

func wholes(found [][][]byte) (all [][]byte) {
	for _, one := range found {
		all = append(all, one[0])
	}
	return all
}

func words(list []byte) (all []string) {
	for _, found := range quoted.FindAllSubmatch(list, -1) {
		all = append(all, string(found[1]))
	}
	return all
}

// sources returns the scripts and sheets as they are written.
func sources(t *testing.T) map[string][]byte {
	t.Helper()
	files := readSite(t)
	for name := range files {
		content, err := source.ReadFile("site/" + name)
		if err != nil || isHTML(name) {
			delete(files, name) // made by Build
			continue
		}
		files[name] = content
	}
	return files
}

// What a module names: a text, and the beginning of some, as in `state.${state}`, word('state', state) or area="state".
var (
	anyKey = regexp.MustCompile(`'([a-z_]+\.[a-z0-9_.]+)'`)
	anyOf  = regexp.MustCompile("`([a-z_]+)\\.\\$\\{|\\bword\\('([a-z_]+)'|\\barea=\"([a-z_]+)\"")
)

// TestEveryTextThatAViewNamesIsLoadedWithIt follows each view, and each of its parts for later, with the areas that are
// loaded by then.
func TestEveryTextThatAViewNamesIsLoadedWithIt(t *testing.T) {
	files, all := sources(t), texts(t)["en"]
	files[libraryAs] = nil
	known := named(all, slices.Collect(maps.Keys(all)))
	for _, view := range append(views(t, "portal"), views(t, "console")...) {
		t.Run(view.name, func(t *testing.T) {
			names(t, files, all, known, view.modules[0], view.areas, map[string]bool{})
		})
	}
}

func names(t *testing.T, files map[string][]byte, all map[string]map[string]string, known map[string]bool, module string, areas []string, seen map[string]bool) {
	if seen[module] {
		return
	}
	seen[module] = true
	loaded := named(all, areas)
	imported := map[string][]byte{}
	if err := follow(files, module, imported); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(imported)) {
		for _, found := range anyKey.FindAllSubmatch(imported[name], -1) {
			if key := string(found[1]); known[key] && !loaded[key] && !onItsOwn(name, key) {
				t.Errorf("%s names %s, which is in none of %s", name, key, strings.Join(areas, ", "))
			}
		}
		for _, found := range anyOf.FindAllSubmatch(imported[name], -1) {
			if some := string(bytes.Join(found[1:], nil)) + "."; known[some] && !loaded[some] {
				t.Errorf("%s names some of %s…, which are in none of %s", name, some, strings.Join(areas, ", "))
			}
		}
		for _, part := range laterPart.FindAllSubmatch(imported[name], -1) {
			names(t, files, all, known, path.Join("app", string(part[1])), append(slices.Clone(areas), words(part[2])...), seen)
		}
	}
}

// named returns the texts of some areas, without their plurals, and what each begins with up to the dot.
func named(all map[string]map[string]string, areas []string) map[string]bool {
	keys := map[string]bool{}
	for _, area := range areas {
		for key := range all[area] {
			first, _, _ := strings.Cut(key, ".")
			keys[plural.ReplaceAllString(key, "")], keys[first+"."] = true, true
		}
	}
	return keys
}

// onItsOwn says whether only those who show a password need a text of the forms.
func onItsOwn(module, key string) bool {
	return module == "app/form.js" && strings.HasPrefix(key, "password.") || key == "error.password_too_short"
}
