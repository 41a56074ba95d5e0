package pages

import (
	"strings"
	"testing"
)

func TestAPagePreloadsWhatItsModuleCannotRunWithoutAndNothingElse(t *testing.T) {
	files := map[string][]byte{
		"app/a.js":  []byte("import {b} from './b.js';\nimport {c,\n  d} from '../lib/c.js';\nconst late = () => import('./late.js');\n"),
		"app/b.js":  []byte("import {a} from './a.js';\n"),
		"lib/c.js":  []byte("export const c = 1;\n"),
		"style.css": nil,
	}
	page, err := shell(files, Route{File: "a.html", Module: "app/a.js", Styles: []string{"style.css"}})
	if err != nil {
		t.Fatal(err)
	}
	for part, count := range map[string]int{
		`<link rel="modulepreload" href="/assets/app/b.js">`:     1,
		`<link rel="modulepreload" href="/assets/lib/c.js">`:     1,
		`rel="modulepreload"`:                                    2,
		`<script type="module" src="/assets/app/a.js"></script>`: 1,
		`<link rel="stylesheet" href="/assets/style.css">`:       1,
		`<meta name="robots" content="noindex">`:                 1,
	} {
		if found := strings.Count(string(page), part); found != count {
			t.Errorf("%s stands there %d times, not %d:\n%s", part, found, count, page)
		}
	}
}

func TestAPageOfWhatIsNotThereIsNotBuilt(t *testing.T) {
	files := map[string][]byte{"app/a.js": []byte("import {b} from './gone.js';\n"), "app/c.js": nil}
	for name, route := range map[string]Route{
		"a module":         {Module: "app/gone.js"},
		"an import of one": {Module: "app/a.js"},
		"a style sheet":    {Module: "app/c.js", Styles: []string{"gone.css"}},
	} {
		if page, err := shell(files, route); err == nil {
			t.Errorf("%s: %s", name, page)
		}
	}
}
