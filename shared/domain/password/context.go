package password

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// product is our own name, which everybody's attacker knows.
const product = "portero"

// minWord is the shortest context word, in letters. Shorter ones would be found
// in passwords by chance: chosen.
const minWord = 3

// maxContext bounds each context text in bytes, so that a long name costs
// nothing: chosen.
const maxContext = 1024

// onlyContext reports whether the letters of folded are context words and
// nothing else, in any order and number, whatever digits and signs stand
// between them. A password without letters is not.
func onlyContext(folded string, context []string) bool {
	text := letters(folded)
	if text == "" {
		return false
	}
	words := contextWords(append([]string{product}, context...))
	reach := make([]bool, len(text)+1) // reach[i]: text[:i] is context words
	reach[0] = true
	for i := range text {
		if !reach[i] {
			continue
		}
		for _, word := range words {
			if strings.HasPrefix(text[i:], word) {
				reach[i+len(word)] = true
			}
		}
	}
	return reach[len(text)]
}

// contextWords returns each text as one word without its spaces and signs, and
// each of its parts: "Pérez & Sons" gives "pérezsons", "pérez" and "sons".
func contextWords(context []string) []string {
	var words []string
	for _, text := range context {
		if len(text) > maxContext {
			text = text[:maxContext]
		}
		text = fold(norm.NFC.String(text))
		parts := strings.FieldsFunc(text, func(r rune) bool { return !letter(r) })
		for _, word := range append(parts, letters(text)) {
			if utf8.RuneCountInString(word) >= minWord {
				words = append(words, word)
			}
		}
	}
	return words
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, s)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
