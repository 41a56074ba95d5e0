package localtime

import (
	"archive/zip"
	"go/ast"
	"go/parser"
	"go/token"
	"hash/crc32"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// zoneNames returns every name of the tz database that time/tzdata embeds, with a number that is the same for names
// with the same rules. It reads the toolchain's own source of that package, so no list of ours can go stale.
func zoneNames(t testing.TB) map[string]uint32 {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "time/tzdata").Output()
	if err != nil {
		t.Fatalf("the go command must be on PATH: %v", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "zzipdata.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var data string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			data, err = strconv.Unquote(lit.Value)
		}
		return err == nil
	})
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]uint32{}
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() || entry.Name == "Factory" {
			continue
		}
		offset, err := entry.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		names[entry.Name] = crc32.ChecksumIEEE([]byte(data[offset : offset+int64(entry.UncompressedSize64)]))
	}
	if len(names) < 500 {
		t.Fatalf("%d zones in the database, want the hundreds it has", len(names))
	}
	return names
}

// distinctZones returns one zone for each set of rules in the database: links are the same zone by another name.
func distinctZones(t testing.TB) []*time.Location {
	t.Helper()
	seen := map[uint32]bool{}
	var zones []*time.Location
	for name, rules := range zoneNames(t) {
		if !seen[rules] {
			seen[rules] = true
			zones = append(zones, mustLoad(t, name))
		}
	}
	return zones
}

// distinctClocks returns one zone for each way in which clocks run from from to to: the zones of a group show the same
// at every instant of that time.
func distinctClocks(t testing.TB, from, to time.Time) []*time.Location {
	t.Helper()
	seen := map[string]bool{}
	var zones []*time.Location
	for _, zone := range distinctZones(t) {
		runs := from.In(zone).Format("-07:00:00")
		for _, change := range changes(zone, from, to) {
			runs += change.Format(" 2006-01-02T15:04:05-07:00:00")
		}
		if !seen[runs] {
			seen[runs] = true
			zones = append(zones, zone)
		}
	}
	return zones
}

func mustLoad(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// changes returns the instants in [from, to) at which zone sets its clock.
func changes(zone *time.Location, from, to time.Time) []time.Time {
	var found []time.Time
	_, at := from.In(zone).ZoneBounds()
	for !at.IsZero() && at.Before(to) {
		_, before := at.Add(-time.Second).Zone()
		_, after := at.Zone()
		if before != after {
			found = append(found, at)
		}
		_, at = at.ZoneBounds()
	}
	return found
}

func mustTime(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func mustDate(t testing.TB, text string) Date {
	t.Helper()
	date, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return date
}

func mustClock(t testing.TB, text string) Clock {
	t.Helper()
	clock, err := ParseClock(text)
	if err != nil {
		t.Fatal(err)
	}
	return clock
}
