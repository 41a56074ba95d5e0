package pages

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"testing"
)

// maxFirstLoad is the budget of a first load in bytes, uncompressed (product rule: issue 2, "first load under 60 kB").
const maxFirstLoad = 60_000

func TestFirstLoadStaysInTheBudget(t *testing.T) {
	files := readSite(t)
	for _, c := range loads(t) {
		for _, language := range languagesOf(t) {
			t.Run(c.name+" in "+language, func(t *testing.T) {
				loaded := opened(t, files, c.page+".html", c.modules...)
				for _, area := range c.areas {
					loaded[fmt.Sprintf("app/texts/%s/%s.js", language, area)] = nil
				}
				plain, packed := weigh(t, files, loaded)
				t.Logf("%d bytes in %d files, %d packed", plain, len(loaded), packed)
				if plain > maxFirstLoad {
					t.Errorf("first load is %d bytes, more than %d", plain, maxFirstLoad)
				}
			})
		}
	}
}

// opened returns what a browser loads for a page: itself, its styles, its module and those named, with their imports.
func opened(t *testing.T, files map[string][]byte, page string, modules ...string) map[string][]byte {
	t.Helper()
	loaded := map[string][]byte{page: nil, "icon.svg": nil}
	for _, route := range Routes() {
		if route.File != page {
			continue
		}
		modules = append(modules, route.Module)
		for _, style := range route.Styles {
			loaded[style] = nil
		}
	}
	for _, module := range modules {
		found := map[string][]byte{}
		if err := follow(files, module, found); err != nil {
			t.Error(err)
		}
		maps.Copy(loaded, found)
	}
	return loaded
}

func weigh(t *testing.T, files, loaded map[string][]byte) (plain, packed int) {
	for name := range loaded {
		content, there := files[name]
		if !there {
			t.Errorf("%s is not there", name)
		}
		plain += len(content)
		var buffer bytes.Buffer
		writer := gzip.NewWriter(&buffer)
		if _, err := writer.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		packed += buffer.Len()
	}
	return plain, packed
}
