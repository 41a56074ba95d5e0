package localtime

import (
	"strings"
	"testing"
)

func TestEveryNameOfTheDatabaseLoads(t *testing.T) {
	for name := range zoneNames(t) {
		zone, err := Load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if zone.String() != name {
			t.Errorf("%s loads as %s", name, zone)
		}
	}
}

func TestLoadRefusesWhatIsNoPlace(t *testing.T) {
	for what, name := range map[string]string{
		"the empty name":                 "",
		"the machine's own zone":         "Local",
		"a machine's own zone file":      "localtime",
		"the default rules":              "posixrules",
		"the placeholder":                "Factory",
		"the tree with leap seconds":     "right/Europe/Madrid",
		"the tree without":               "posix/Europe/Madrid",
		"an unknown name":                "Europe/Atlantis",
		"an offset":                      "+02:00",
		"a path upwards":                 "../Europe/Madrid",
		"a path in place":                "Europe/./Madrid",
		"a doubled slash":                "Europe//Madrid",
		"a slash at the end":             "Europe/Madrid/",
		"an absolute path":               "/usr/share/zoneinfo/Europe/Madrid",
		"a backslash":                    `Europe\Madrid`,
		"a directory":                    "Europe",
		"a file that is no zone":         "leapseconds",
		"a space":                        "Europe/Madrid ",
		"a zero byte":                    "Europe/Madrid\x00",
		"a letter that is not ASCII":     "Europe/Mádrid",
		"more bytes than any name needs": strings.Repeat("a", maxZoneName+1),
	} {
		if zone, err := Load(name); err == nil || zone != nil {
			t.Errorf("%s: Load(%q) = %v, %v; want an error", what, name, zone, err)
		}
	}
}
