package template

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// place says where in an assembly something stands.
type place struct {
	stack string // as Resource.Stack
	path  string // such as resource CoreTable: Properties.TableName
	// constant: no resource may be referred to here (parameters, conditions).
	constant bool
}

func (p place) in(key string) place {
	p.path += "." + key
	return p
}

func (p place) at(i int) place {
	p.path += fmt.Sprintf("[%d]", i)
	return p
}

// errorf makes a one-line error that starts with the place. Its values must
// never be resolved ones: they may be secret.
func (p place) errorf(format string, values ...any) error {
	return errors.New(oneLine("stack " + p.stack + ": " + p.path + ": " + fmt.Sprintf(format, values...)))
}

// oneLine keeps names from a broken file from breaking the line.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}
