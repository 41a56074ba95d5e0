package policy

import (
	"net/http"
	"regexp"
	"strings"
)

// invocation is the path of Invoke
// (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
var invocation = regexp.MustCompile(`^/2015-03-31/functions/([^/]+)/invocations$`)

func invoked(r *http.Request) (function string, ok bool) {
	m := invocation.FindStringSubmatch(r.URL.Path)
	if m == nil || r.Method != http.MethodPost {
		return "", false
	}
	return m[1], true
}

// invoke asks for a function, or for its version or alias by the ARN that ends
// in it. The name may be an ARN, whole or from its account on.
func invoke(r request) ([]Call, error) {
	name, _ := invoked(r.http)
	qualifier := r.http.URL.Query().Get("Qualifier")
	if _, rest, ok := strings.Cut(name, ":function:"); ok && !strings.HasPrefix(name, "arn:") {
		name = rest
	}
	arn := name
	if !strings.HasPrefix(name, "arn:") {
		arn = r.place.arn("lambda", "function:"+name)
	}
	if qualifier != "" {
		arn += ":" + qualifier
	}
	return []Call{{r.action, arn, nil}}, nil
}
