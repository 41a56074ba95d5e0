package policy

import "strings"

// like reports whether a text matches a pattern, in which * stands for any
// characters and ? for one.
func like(pattern, text string) bool { return glob(pattern, text, false) }

// likeAction is like without regard to case: actions have none
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
func likeAction(pattern, action string) bool {
	return like(strings.ToLower(pattern), strings.ToLower(action))
}

// likeResource matches a statement's Resource: a wildcard stays within its part
// of the ARN, between colons, unless it is a * that ends its part
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
func likeResource(pattern, arn string) bool {
	return pattern == "*" || glob(pattern, arn, true)
}

// likeARN matches by the ARN operators: each of the six parts by itself
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
func likeARN(pattern, arn string) bool {
	a, b := strings.SplitN(pattern, ":", 6), strings.SplitN(arn, ":", 6)
	if len(a) != 6 || len(b) != 6 {
		return false
	}
	for i := range a {
		if !like(a[i], b[i]) {
			return false
		}
	}
	return true
}

// glob compares what stands before the first wildcard, which settles most
// statements, and then all that follows.
func glob(pattern, text string, inParts bool) bool {
	wild := strings.IndexAny(pattern, "*?")
	if wild < 0 {
		return pattern == text
	}
	rest, begins := strings.CutPrefix(text, pattern[:wild])
	return begins && reaches([]rune(pattern[wild:]), []rune(rest), inParts)
}

// reaches matches in time len(pattern) × len(text): reach says after each of the
// pattern's signs which beginnings of the text it matches so far.
func reaches(pattern, text []rune, inParts bool) bool {
	reach := make([]bool, len(text)+1)
	reach[0] = true
	for i, sign := range pattern {
		free := !inParts || sign == '*' && (i+1 == len(pattern) || pattern[i+1] == ':')
		next := make([]bool, len(text)+1)
		next[0] = sign == '*' && reach[0]
		for j, c := range text {
			stays := free || c != ':'
			switch sign {
			case '*':
				next[j+1] = reach[j+1] || next[j] && stays
			case '?':
				next[j+1] = reach[j] && stays
			default:
				next[j+1] = reach[j] && c == sign
			}
		}
		reach = next
	}
	return reach[len(text)]
}
