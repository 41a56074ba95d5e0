package link_test

import (
	"testing"

	"portero/shared/domain/link"
)

func TestWhatNobodySeesIsHidden(t *testing.T) {
	for says, text := range map[string]string{
		"a right-to-left override": "Eva \u202eloS", "a zero-width space": "Eva\u200bSol", "a soft hyphen": "Bode\u00adgas", "a byte order mark": "\ufeffEva",
		"a direction mark": "Eva\u200e", "an isolate": "\u2067Eva\u2069", "a bell": "Eva\a", "a line break": "Eva\nSol", "a C1 control": "Eva\u0085", "a line separator": "Eva\u2028Sol",
		"a joiner at the end": "Eva\u200d", "a joiner at the beginning": "\u200cEva", "a joiner beside a space": "Eva \u200dSol", "two joiners": "a\u200d\u200db",
		"a filler": "\u3164", "a tag": "Eva\U000e0041",
	} {
		if !link.Hidden(text) {
			t.Errorf("%s: %q is taken", says, text)
		}
	}
	for says, text := range map[string]string{
		"nothing": "", "a firm": "Peña & Cía., S.L.", "marks of their own": "Pen\u0303a", "Persian": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "Hindi": "\u0915\u094d\u200d\u0937",
		"Hebrew": "\u05d9\u05e2\u05dc", "Chinese": "\u738b\u5c0f\u660e", "a hard space": "Eva\u00a0Sol", "a face": "\U0001f600",
	} {
		if link.Hidden(text) {
			t.Errorf("%s: %q is refused", says, text)
		}
	}
}
