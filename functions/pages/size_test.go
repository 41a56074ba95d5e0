package pages

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"
)

// maxFirstLoad is the budget of a first load in bytes, uncompressed (product rule: issue 2, "first load under 60 kB").
const maxFirstLoad = 60_000

func TestFirstLoadStaysInTheBudget(t *testing.T) {
	files, err := read(nodeModules)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, page string
		styles     []string
		modules    []string // loaded on top of what the entry imports
		areas      []string
	}{
		{"the root", "index", nil, nil, []string{"shared", "entry"}},
		{"an invitation for a new person", "accept", nil, nil, []string{"shared", "visit", "accept"}},
		{"an invitation for who has a password", "accept", nil, []string{"member"}, []string{"shared", "visit", "accept", "signin"}},
		{"an invitation that is over", "accept", nil, []string{"over"}, []string{"shared", "visit", "accept", "answer"}},
		{"a join link", "join", nil, nil, []string{"shared", "visit", "entry"}},
		{"a new password", "reset", nil, nil, []string{"shared", "visit", "entry"}},
		{"no more mail", "stop", nil, nil, []string{"shared", "visit", "entry"}},
		{"a portal, signed out", "portal", []string{"rows"}, []string{"signin"}, []string{"shared", "signin"}},
		{"a portal, signed in", "portal", []string{"rows"}, []string{"home"}, []string{"shared", "home"}},
		{"a profile, signed in", "portal", []string{"rows"}, []string{"me"}, []string{"shared", "home", "me"}},
		{"a console, signed out", "console", []string{"rows"}, []string{"signin"}, []string{"shared", "signin"}},
		{"a console, signed in", "console", []string{"rows"}, []string{"invitations"}, []string{"shared", "list"}},
	} {
		for _, language := range languagesOf(t, files) {
			t.Run(c.name+" in "+language, func(t *testing.T) {
				loaded := map[string]bool{c.page + ".html": true, "style.css": true, "icon.svg": true}
				for _, style := range c.styles {
					loaded[style+".css"] = true
				}
				for _, module := range append([]string{c.page}, c.modules...) {
					for name := range imports(files, "app/"+module+".js") {
						loaded[name] = true
					}
				}
				for _, area := range c.areas {
					loaded[fmt.Sprintf("app/texts/%s/%s.js", language, area)] = true
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

func weigh(t *testing.T, files map[string][]byte, loaded map[string]bool) (plain, packed int) {
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
