package functions_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/web"
)

func TestEveryRowHasItsFileAndEveryFileItsRow(t *testing.T) {
	rows := map[string]bool{}
	for _, f := range functions.All() {
		name := f.Name()
		if rows[name] {
			t.Errorf("%s stands twice on the list", name)
		}
		rows[name] = true
		if _, err := os.Stat(name + ".go"); err != nil {
			t.Errorf("%s has no file functions/%s.go", name, name)
		}
	}
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.ToSlash(file), ".go")
		if strings.Contains(string(text), `Name: "`+name+`"`) != rows[name] && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("functions/%s: its row is not on the list, or is not called %s", file, name)
		}
	}
}

func TestEveryRowTakesWhatCanBeRead(t *testing.T) {
	for _, f := range functions.All() {
		if _, isEndpoint := f.Row.(contract.Endpoint); !isEndpoint {
			continue
		}
		if _, err := web.InputOf(f.Takes); err != nil {
			t.Errorf("%s: %v", f.Name(), err)
		}
	}
}

func TestEveryRowSaysWhatItMust(t *testing.T) {
	for _, row := range functions.Rows() {
		base := row.Base()
		if !strings.HasSuffix(base.Summary, ".") {
			t.Errorf("%s: the summary is a sentence with a full stop", base.Name)
		}
		e, ok := row.(contract.Endpoint)
		if !ok {
			continue
		}
		switch e.Auth {
		case contract.Public, contract.Link:
			if e.Because == "" || e.Needs != "" {
				t.Errorf("%s needs no session: say why in Because, and name no permission", e.Name)
			}
		case contract.Session:
			if e.Needs == "" {
				t.Errorf("%s names no permission", e.Name)
			}
		default:
			t.Errorf("%s lets nobody in", e.Name)
		}
		if !strings.HasPrefix(e.Path, "/v1/") {
			t.Errorf("%s: its path does not begin with /v1/", e.Name)
		}
	}
}

func TestEveryPermissionIsAskedForByARow(t *testing.T) {
	asked := map[access.Permission]bool{}
	for _, row := range functions.Rows() {
		if e, ok := row.(contract.Endpoint); ok {
			asked[e.Needs] = true
		}
	}
	for _, p := range access.Permissions() {
		if !asked[p] {
			t.Errorf("no row asks for %s", p)
		}
	}
}
