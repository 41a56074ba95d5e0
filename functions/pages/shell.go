package pages

import (
	"bytes"
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"text/template"
)

// shellText is what every page is before its module runs: no view, and a word to who has no JavaScript.
//
//go:embed shell.html
var shellText string

var shellTemplate = template.Must(template.New("shell").Parse(shellText))

// shell writes the page of a route. Whatever its module imports statically is asked for at once, not one import after
// the other: https://developer.mozilla.org/docs/Web/HTML/Attributes/rel/modulepreload. An error is a module or style
// that is not among the files.
func shell(files map[string][]byte, r Route) ([]byte, error) {
	for _, style := range r.Styles {
		if _, there := files[style]; !there {
			return nil, fmt.Errorf("page %s: there is no %s", r.File, style)
		}
	}
	imported := map[string][]byte{}
	if err := follow(files, r.Module, imported); err != nil {
		return nil, fmt.Errorf("page %s: %w", r.File, err)
	}
	delete(imported, r.Module)
	var page bytes.Buffer
	err := shellTemplate.Execute(&page, struct {
		Route    Route
		Preloads []string
	}{r, sorted(imported)})
	return page.Bytes(), err
}

// static finds the imports that a module cannot run without, as it is written or lean.
var static = regexp.MustCompile(`(?m)(?:^|;)import\s*[^;'"()]*?\bfrom\s*['"]([^'"]+)['"]`)

// follow puts a module and all it imports statically, however deep, into found.
func follow(files map[string][]byte, module string, found map[string][]byte) error {
	content, there := files[module]
	if !there {
		return fmt.Errorf("there is no %s", module)
	}
	if _, seen := found[module]; seen {
		return nil
	}
	found[module] = content
	for _, match := range static.FindAllSubmatch(content, -1) {
		if err := follow(files, path.Join(path.Dir(module), string(match[1])), found); err != nil {
			return fmt.Errorf("%s: %w", module, err)
		}
	}
	return nil
}
