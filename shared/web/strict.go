package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"portero/shared/domain/fault"
)

// maxDepth bounds how deep a body may nest (chosen; our deepest has 4).
const maxDepth = 20

var (
	errJSON      = fault.New(fault.Malformed, "json_malformed", "The body is not valid JSON. Check for a missing quote or bracket.")
	errDeep      = fault.New(fault.Malformed, "json_malformed", "The body nests too deep.")
	errQuery     = fault.New(fault.Malformed, "query_malformed", "The query string cannot be read.")
	errNotObject = fault.New(fault.Malformed, "json_malformed", "The body must be one JSON object.")
)

// strictJSON refuses what encoding/json lets pass: a name twice in one object,
// anything after the value, nesting without end, bytes that are no text, halves
// of surrogate pairs, which it would store as U+FFFD.
func strictJSON(body []byte) error {
	if !utf8.Valid(body) {
		return errJSON
	}
	r := strictReader{body: body, d: json.NewDecoder(bytes.NewReader(body))}
	r.d.UseNumber()
	first, err := r.d.Token()
	if err != nil {
		return errJSON.Because(err)
	}
	if first != json.Delim('{') {
		return errNotObject
	}
	if err := r.object("", 1); err != nil {
		return err
	}
	if _, err := r.d.Token(); err != io.EOF {
		return errJSON
	}
	return nil
}

// strictReader goes through a body token by token.
type strictReader struct {
	body []byte
	d    *json.Decoder
}

// token reads one; json_malformed, or invalid on the path for a text that is
// none.
func (r strictReader) token(path string) (json.Token, error) {
	from := r.d.InputOffset()
	t, err := r.d.Token()
	if err != nil {
		return nil, errJSON.Because(err)
	}
	if _, text := t.(string); text && loneSurrogate(r.body[from:r.d.InputOffset()]) {
		return nil, fault.On(path, fault.CodeInvalid, "This text holds half of a character: one \\u escape of a surrogate pair without the other.")
	}
	return t, nil
}

func (r strictReader) object(path string, depth int) error {
	seen := map[string]bool{}
	for r.d.More() {
		t, err := r.token(path)
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return errJSON
		}
		here := strings.TrimPrefix(path+"."+name, ".")
		if seen[name] {
			return twice(here)
		}
		seen[name] = true
		if err := r.value(here, depth); err != nil {
			return err
		}
	}
	_, err := r.token(path)
	return err
}

func (r strictReader) value(path string, depth int) error {
	t, err := r.token(path)
	if err != nil {
		return err
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth == maxDepth {
		return errDeep
	}
	if delim == '{' {
		return r.object(path, depth+1)
	}
	for i := 0; r.d.More(); i++ {
		if err := r.value(path+"["+itoa(i)+"]", depth+1); err != nil {
			return err
		}
	}
	_, err = r.token(path)
	return err
}

// loneSurrogate reports whether a JSON text, as it is written, has a \u escape
// of half a surrogate pair (RFC 8259 §8.2).
func loneSurrogate(raw []byte) bool {
	var high bool // the escape before was the first half of a pair
	for i := 0; i < len(raw); i++ {
		var half rune
		size := 1
		if raw[i] == '\\' {
			size = 2
			if i+6 <= len(raw) && raw[i+1] == 'u' {
				n, err := strconv.ParseUint(string(raw[i+2:i+6]), 16, 16)
				if err == nil && utf16.IsSurrogate(rune(n)) {
					half = rune(n)
				}
				size = 6
			}
		}
		low := half >= 0xDC00
		if high != low {
			return true
		}
		high = half != 0 && !low
		i += size - 1
	}
	return high
}

func twice(name string) error {
	f := fault.New(fault.Malformed, "duplicate_parameter", "A name stands twice in the request. Send it once.")
	f.Fields = []fault.Field{{Name: name, Code: f.Code, Detail: f.Detail}}
	return f
}

// strictQuery refuses a parameter that stands twice. It reads the raw query:
// API Gateway's own map joins duplicates with a comma
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
func strictQuery(raw string) (url.Values, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, errQuery.Because(err)
	}
	for name, all := range values {
		if len(all) > 1 {
			return nil, twice(name)
		}
	}
	return values, nil
}
