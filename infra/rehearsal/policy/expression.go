package policy

import (
	"fmt"
	"slices"
	"strings"
)

// words of expressions that are no attributes. They are reserved, so that an
// attribute of such a name is written as a placeholder
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html).
var words = []string{"AND", "OR", "NOT", "BETWEEN", "IN", "SET", "ADD", "REMOVE", "DELETE"}

// tokens splits an expression into names, placeholders, and signs of one byte.
func tokens(expression string) (list []string) {
	for i := 0; i < len(expression); {
		end := i
		for end < len(expression) && isNameByte(expression[end]) {
			end++
		}
		switch {
		case end > i:
			list = append(list, expression[i:end])
			i = end
			continue
		case !strings.ContainsRune(" \t\r\n", rune(expression[i])):
			list = append(list, expression[i:i+1])
		}
		i++
	}
	return list
}

func isNameByte(b byte) bool {
	letter := 'a' <= b|0x20 && b|0x20 <= 'z'
	return letter || '0' <= b && b <= '9' || b == '_' || b == '#' || b == ':' || b >= 0x80
}

// names are the placeholders of attributes, #n.
type names map[string]string

func (n names) resolve(token string) (string, error) {
	if !strings.HasPrefix(token, "#") {
		return token, nil
	}
	name, ok := n[token]
	if !ok {
		return "", fmt.Errorf("placeholder %s is not in ExpressionAttributeNames", token)
	}
	return name, nil
}

// attributesOf returns the top-level attributes that an expression names.
func attributesOf(expression string, n names) (list []string, err error) {
	all := tokens(expression)
	for i, token := range all {
		first, last := i == 0, i == len(all)-1
		switch {
		case !isNameByte(token[0]), token[0] == ':', '0' <= token[0] && token[0] <= '9':
			continue // a sign, a value, an index of a list
		case !first && all[i-1] == ".": // within a document
			continue
		case !last && all[i+1] == "(" && !isWord(token): // a function
			continue
		case isWord(token):
			continue
		}
		name, err := n.resolve(token)
		if err != nil {
			return nil, err
		}
		list = append(list, name)
	}
	return list, nil
}

func isWord(token string) bool { return slices.Contains(words, strings.ToUpper(token)) }

// equalTo returns the placeholder of the one value that an expression holds an
// attribute equal to.
func equalTo(expression, attribute string, n names) (string, error) {
	var found []string
	all := tokens(expression)
	for i := 1; i+1 < len(all); i++ {
		if all[i] != "=" {
			continue
		}
		left, right := all[i-1], all[i+1]
		if strings.HasPrefix(left, ":") {
			left, right = right, left
		}
		name, err := n.resolve(left)
		if err != nil {
			return "", err
		}
		nested := i >= 2 && all[i-2] == "."
		if name == attribute && !nested && strings.HasPrefix(right, ":") {
			found = append(found, right)
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("the key condition does not say once what %s equals", attribute)
	}
	return found[0], nil
}
