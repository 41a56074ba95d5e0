package workspace_test

import (
	"testing"

	"portero/shared/domain/workspace"
)

func TestACountryIsAnAssignedCode(t *testing.T) {
	assigned := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if workspace.IsCountry(string([]rune{a, b})) {
				assigned++
			}
		}
	}
	if assigned != 249 { // iso3166.tab has as many
		t.Errorf("%d are assigned", assigned)
	}
	for _, s := range []string{"ES", "PE", "AD", "ZW", "GB", "AX", "SS"} {
		if !workspace.IsCountry(s) {
			t.Errorf("%q is none", s)
		}
	}
	for _, s := range []string{"XX", "QQ", "ZZ", "AA", "XK", "EU", "UK", "AN", "", "E", "es", "ESP", "ÑÑ", "Ñ", "S ", " E", "  "} {
		if workspace.IsCountry(s) {
			t.Errorf("%q is one", s)
		}
	}
}
