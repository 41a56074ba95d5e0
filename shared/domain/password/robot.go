package password

import (
	"slices"
	"strings"
)

// robots are in what programs type that fill in every form they meet: names
// reserved for examples (RFC 2606 §3), the default values of scanners (Burp Suite,
// ZAP, Acunetix, Invicti, Arachni, Wapiti), and the shortest of their probes. A
// mail gateway that runs one of them must not accept an invitation by it (row M1
// of the mission anchor); a person who chooses one is no better off.
var robots = []string{
	"@example.", "//example.", "//www.example.", "@email.tst", "@mailinator.", "arachni_", "<script", "../..", "or '1'='1", "or 1=1",
}

// robotic reports whether a robot's words stand in folded.
func robotic(folded string) bool {
	return slices.ContainsFunc(robots, func(r string) bool { return strings.Contains(folded, r) })
}
