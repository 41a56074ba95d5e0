package workspace_test

import (
	"testing"

	"portero/shared/domain/fault"
	"portero/shared/domain/workspace"
)

func TestANameHoldsNoLink(t *testing.T) {
	for name, code := range map[string]fault.Code{
		"Vega & Partners":          "",
		"Vega.es":                  "",
		"Booking.com":              "",
		"Bodegas Sol, S.L.":        "",
		"Vega S.L./Hijos":          "",
		"24/7 Asesores":            "",
		"Kennedy/Jansson GmbH":     "",
		"Wwwind Energía":           "",
		"eva@client.example":       "",
		"Data: la firma":           "",
		"Firma http://evil":        "name_has_link",
		"HTTPS://evil.example":     "name_has_link",
		"ftp://x":                  "name_has_link",
		"Paypal www.evil.example":  "name_has_link",
		"(WWW2.evil.example)":      "name_has_link",
		"Vega evil.example/login":  "name_has_link",
		"evil.example:8080/login":  "name_has_link",
		`evil.example\login`:       "name_has_link",
		"ｗｗｗ．evil．example":         "name_has_link",
		"evil。example/login":       "name_has_link",
		"w\u200bww.evil.example":   "name_has_link",
		"mailto:eva@client.exampl": "name_has_link",
		"Vega\nHijos":              "name_malformed",
		" ":                        "name_malformed",
	} {
		var got fault.Code
		if f := fault.As(workspace.CheckName("name", name)); f != nil {
			got = f.Code
		}
		if got != code {
			t.Errorf("%q: %q, want %q", name, got, code)
		}
	}
}
