package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"
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
// anything after the value, nesting without end, bytes that are no text.
func strictJSON(body []byte) error {
	if !utf8.Valid(body) {
		return errJSON
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	first, err := d.Token()
	if err != nil {
		return errJSON.Because(err)
	}
	if first != json.Delim('{') {
		return errNotObject
	}
	if err := strictObject(d, "", 1); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errJSON
	}
	return nil
}

func strictObject(d *json.Decoder, path string, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return errJSON.Because(err)
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
		if err := strictValue(d, here, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	if err != nil {
		return errJSON.Because(err)
	}
	return nil
}

func strictValue(d *json.Decoder, path string, depth int) error {
	t, err := d.Token()
	if err != nil {
		return errJSON.Because(err)
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	if depth == maxDepth {
		return errDeep
	}
	if delim == '{' {
		return strictObject(d, path, depth+1)
	}
	for d.More() {
		if err := strictValue(d, path, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return errJSON.Because(err)
	}
	return nil
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
