package link

import "unicode"

// Hidden reports whether a text holds what nobody sees and what may make it read as
// another: control and format characters (Unicode categories Cc and Cf, of which
// U+202E turns the rest around), line and paragraph separators, and the fillers that
// are shown as nothing. The joiners U+200C and U+200D are letters' own where they
// stand between two: Persian and the scripts of India are written with them.
func Hidden(text string) bool {
	all := []rune(text)
	for i, r := range all {
		switch {
		case (r == '\u200c' || r == '\u200d') && i > 0 && i < len(all)-1 && written(all[i-1]) && written(all[i+1]):
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point):
			return true
		}
	}
	return false
}

// written reports whether a character is a letter or a letter's mark.
func written(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
