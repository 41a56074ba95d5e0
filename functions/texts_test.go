package functions_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"portero/functions"
	"portero/shared/contract"
)

// Pages choose their sentences by code; TestEveryLanguageHasEveryText holds the
// other languages to this one.
func TestEveryCodeOfARowHasASentenceOnThePages(t *testing.T) {
	files, err := filepath.Glob("pages/site/app/texts/en/*.js")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	key := regexp.MustCompile(`(?m)^  'error\.([a-z0-9_]+)': '`)
	said := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range key.FindAllStringSubmatch(string(content), -1) {
			said[found[1]] = true
		}
	}
	silent := map[string]string{}
	for _, f := range functions.All() {
		row, ok := f.Row.(contract.Endpoint)
		if !ok {
			continue
		}
		for _, code := range row.Faults {
			if !said[string(code)] {
				silent[string(code)] = row.Name
			}
		}
	}
	for code, row := range silent {
		t.Errorf("no page can say what %s (%s, for one) means: write 'error.%s' into functions/pages/site/app/texts/*/errors.js", code, row, code)
	}
}
