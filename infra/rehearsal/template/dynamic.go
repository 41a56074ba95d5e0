package template

import (
	"maps"
	"slices"
	"strings"
)

// What a dynamic reference looks like
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html).
const (
	dynamicStart  = "{{resolve:"
	dynamicEnd    = "}}"
	secretService = "secretsmanager:"
	secretString  = ":SecretString"
)

// dynamic returns v with secrets where it refers to them.
func (l *loader) dynamic(v any, at place) (any, error) {
	switch v := v.(type) {
	case string:
		return l.fillSecrets(v, at)
	case []any:
		all := make([]any, len(v))
		for i := range v {
			value, err := l.dynamic(v[i], at.at(i))
			if err != nil {
				return nil, err
			}
			all[i] = value
		}
		return all, nil
	case map[string]any:
		all := make(map[string]any, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			value, err := l.dynamic(v[name], at.in(name))
			if err != nil {
				return nil, err
			}
			all[name] = value
		}
		return all, nil
	}
	return v, nil
}

func (l *loader) fillSecrets(text string, at place) (string, error) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, dynamicStart)
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		reference, after, closed := strings.Cut(rest, dynamicEnd)
		if !closed {
			return "", at.errorf("a %s is not closed", dynamicStart)
		}
		secret, err := l.secret(reference, at)
		if err != nil {
			return "", err
		}
		out.WriteString(secret)
		text = after
	}
}

func (l *loader) secret(reference string, at place) (string, error) {
	inner, ok := strings.CutPrefix(reference, secretService)
	id, rest, whole := strings.Cut(inner, secretString)
	if !ok || !whole || id == "" || strings.Trim(rest, ":") != "" {
		return "", at.errorf("%s%s%s: the rehearsal knows secretsmanager:<id>:SecretString only", dynamicStart, reference, dynamicEnd)
	}
	if l.env.Secret != nil {
		if secret, ok := l.env.Secret(id); ok {
			return secret, nil
		}
	}
	return "", at.errorf("the environment has no secret %q", id)
}
