package pages

import (
	"bytes"
	"regexp"
	"testing"
)

func TestWhatOnlyReadersNeedGoesAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct{ file, source, want string }{
		"a comment":                {"a.js", "// one\nexport let a = 1; // two\n/** Three */\nexport const b = 'https://x'; /* four */\n", `export let a=1;export const b="https://x"`},
		"a name nobody else sees":  {"a.js", "export function f(first) { return first + 1; }\n", "export function f(e){return e+1}"},
		"what is imported":         {"a.js", "import {\n  one} from './b.js';\nexport {one};\nconst late = () => import('./late.js');\nlate();\n", `import{one}from"./b.js";export{one};const late=()=>import("./late.js");late()`},
		"indentation of templates": {"a.js", "export const a = html`<p>\n    ${1}  <b> x </b></p>`;\n", "export const a=html`<p>\n${1}  <b> x </b></p>`"},
		"a sheet":                  {"a.css", "/* One\n   two */\na > b { color: #ffffff; margin: 0px }\n", "a>b{color:#fff;margin:0}"},
		"a page stays":             {"a.html", "// one\n", "// one\n"},
		"the view library stays":   {libraryAs, "// one\n", "// one\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := lean(c.file, []byte(c.source)); err != nil || string(got) != c.want {
				t.Errorf("%v %s, want %s", err, got, c.want)
			}
		})
	}
}

func TestAFileThatIsNoScriptIsNotServed(t *testing.T) {
	if got, err := lean("a.js", []byte("export const = ;")); err == nil {
		t.Errorf("%s", got)
	}
}

// exported finds what other modules may name.
var exported = regexp.MustCompile(`\bexport (?:async )?(?:const|let|function|class) ?([A-Za-z]\w*)`)

func TestWhatAModuleExportsKeepsItsName(t *testing.T) {
	served := readSite(t)
	for name, content := range sources(t) {
		for _, found := range exported.FindAllSubmatch(content, -1) {
			if !bytes.Contains(served[name], found[1]) {
				t.Errorf("%s exports %s no more", name, found[1])
			}
		}
	}
}
