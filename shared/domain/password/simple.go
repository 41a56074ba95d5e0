package password

import (
	"slices"
	"strings"
)

// minRun is the shortest stretch of a walk that counts as one. Three in a row
// happen by chance, but not so that they make up a whole password: chosen.
const minRun = 3

// maxDistinct is the number of different characters up to which a text is no
// password however long it is: chosen; three of them make fewer choices in 15
// places (24 bits) than eight random letters do.
const maxDistinct = 3

// walks are the orders in which people type without thinking: the alphabet and
// the digits go round, the rows and columns of QWERTY, QWERTZ, AZERTY and
// Spanish keyboards do not.
var walks = [...]struct {
	keys   string
	around bool
}{
	{"abcdefghijklmnopqrstuvwxyz", true}, {"0123456789", true},
	{"qwertyuiop", false}, {"asdfghjklñ", false}, {"zxcvbnm", false}, {"asdfghjkl;'", false}, {"zxcvbnm,./", false},
	{"qwertzuiopü", false}, {"yxcvbnm", false}, {"asdfghjklöä", false},
	{"azertyuiop", false}, {"qsdfghjklm", false}, {"wxcvbn", false},
	{"1qaz", false}, {"2wsx", false}, {"3edc", false}, {"4rfv", false}, {"5tgb", false}, {"6yhn", false}, {"7ujm", false},
	{"8ik,", false}, {"9ol.", false}, {"0p;/", false}, {"1qay", false}, {"6zhn", false},
	{"!@#$%^&*()", false}, {"!\"·$%&/()=", false}, {"!\"§$%&/()=", false},
}

// simple reports whether text is a unit shorter than the floor repeated, is made
// of three different characters or fewer, or is nothing but walks.
func simple(text string) bool {
	runes := []rune(text)
	return len(repeated(runes)) < SecondFactor.MinLength || distinct(runes) <= maxDistinct ||
		onlyWalks(runes) || onlyWalks(slices.Compact(slices.Clone(runes)))
}

// repeated returns the shortest unit that, written again and again, gives text:
// the last copy may be cut off, as in "abcabcab". Text that does not repeat is
// its own unit.
func repeated(text []rune) []rune {
	// The failure function of Knuth, Morris and Pratt: border[i] is the length of
	// the longest proper prefix of text[:i+1] that also ends it.
	border := make([]int, len(text))
	for i := 1; i < len(text); i++ {
		n := border[i-1]
		for n > 0 && text[i] != text[n] {
			n = border[n-1]
		}
		if text[i] == text[n] {
			n++
		}
		border[i] = n
	}
	if len(text) == 0 {
		return nil
	}
	unit := len(text) - border[len(text)-1]
	if 2*unit > len(text) {
		return text
	}
	return text[:unit]
}

func distinct(text []rune) int {
	sorted := slices.Sorted(slices.Values(text))
	return len(slices.Compact(sorted))
}

// onlyWalks reports whether text can be cut into stretches of minRun or more
// that each follow one walk in one direction.
func onlyWalks(text []rune) bool {
	paths := bothWays()
	reach := make([]bool, len(text)+1) // reach[i]: text[:i] can be cut so
	reach[0] = true
	for i := range text {
		if !reach[i] {
			continue
		}
		longest := 0
		for _, p := range paths {
			longest = max(longest, p.follow(text[i:]))
		}
		for n := minRun; n <= longest; n++ {
			reach[i+n] = true
		}
	}
	return len(text) > 0 && reach[len(text)]
}

// path is a walk in one direction.
type path struct {
	keys   []rune
	around bool
}

func bothWays() []path {
	paths := make([]path, 0, 2*len(walks))
	for _, w := range walks {
		there, back := []rune(w.keys), []rune(w.keys)
		slices.Reverse(back)
		paths = append(paths, path{there, w.around}, path{back, w.around})
	}
	return paths
}

// follow returns how many characters at the start of text keep to the path.
func (p path) follow(text []rune) int {
	at := slices.Index(p.keys, text[0])
	if at < 0 {
		return 0
	}
	n := 1
	for n < len(text) {
		at++
		if at == len(p.keys) {
			if !p.around {
				break
			}
			at = 0
		}
		if text[n] != p.keys[at] {
			break
		}
		n++
	}
	return n
}

// fold is how a text is compared with the list and with context words: in lower
// case, because a capital adds nothing that an attacker does not try.
func fold(normal string) string { return strings.ToLower(normal) }
