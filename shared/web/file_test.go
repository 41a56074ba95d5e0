package web

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestACellIsNoFormula(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"a word stays", "Bodegas Sol", "Bodegas Sol"},
		{"nothing stays", "", ""},
		{"a sum is a word", "=1+1", "'=1+1"},
		{"a plus is a word", "+34 600", "'+34 600"},
		{"a minus is a word", "-1", "'-1"},
		{"an at is a word", "@SUM(A1)", "'@SUM(A1)"},
		{"a tab before it is one too", "\t=1", "'\t=1"},
		{"so is a return", "\r=1", "'\r=1"},
		{"a sign within is harmless", "a=b", "a=b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := inert(c.cell); got != c.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("=cmd|' /C calc'!A0", "a,\"b\"\r\nc")
	f.Add("\xff", "\x00")
	f.Fuzz(func(t *testing.T, a, b string) {
		raw := CSV([][]string{{a, b, "end"}})
		rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 3 || rows[0][2] != "end" {
			t.Fatalf("%q: %v, %v", raw, rows, err)
		}
		for _, cell := range rows[0] {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a formula: %q", cell)
			}
		}
	})
}
