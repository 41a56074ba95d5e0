package web

import (
	"encoding/json"
	"testing"

	"portero/shared/domain/fault"
)

func TestStrictJSON(t *testing.T) {
	deep := ""
	for range maxDepth + 1 {
		deep += `{"a":`
	}
	for _, c := range []struct {
		name, body string
		code       fault.Code // empty: taken
	}{
		{"an object is taken", `{"a":1,"b":[{"a":2},{"a":3}],"c":{"a":null}}`, ""},
		{"an empty object is taken", `{}`, ""},
		{"a list is refused", `[]`, "json_malformed"},
		{"a bare word is refused", `hello`, "json_malformed"},
		{"half an object is refused", `{"a":`, "json_malformed"},
		{"something after the object is refused", `{"a":1} x`, "json_malformed"},
		{"a second object is refused", `{} {}`, "json_malformed"},
		{"a name that stands twice is refused", `{"a":1,"a":2}`, "duplicate_parameter"},
		{"a name that stands twice deep inside is refused", `{"lines":[{"x":{"b":1,"b":1}}]}`, "duplicate_parameter"},
		{"nesting without end is refused", deep, "json_malformed"},
		{"nothing is refused", ``, "json_malformed"},
		{"a pair of escapes is one character", `{"a":"\ud83d\ude00","\uD83D\uDE00":[]}`, ""},
		{"an escaped backslash begins no escape", `{"a":"\\ud800"}`, ""},
		{"half a character is refused", `{"a":"\ud800"}`, "invalid"},
		{"the other half is refused", `{"a":[{"b":"x\uDC00"}]}`, "invalid"},
		{"halves the wrong way round are refused", `{"a":"\ude00\ud83d"}`, "invalid"},
		{"a half before another escape is refused", `{"a":"\ud83d\n"}`, "invalid"},
		{"a half before a plain letter is refused", `{"a":"\ud83dx"}`, "invalid"},
		{"half a character in a name is refused", `{"\ud800":1}`, "invalid"},
		{"bytes that are no text are refused", "{\"a\":\"\xff\"}", "json_malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := strictJSON([]byte(c.body))
			if f := fault.As(err); (f == nil) != (c.code == "") || f != nil && f.Code != c.code {
				t.Fatalf("%v", err)
			}
		})
	}
}

func FuzzStrictJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2,{"b":"\u0000"}]}`, `{"a":1,"a":1}`, `{`, `[[[`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if strictJSON(body) == nil && !json.Valid(body) {
			t.Fatalf("taken, though not JSON: %q", body)
		}
	})
}

func FuzzStrictQuery(f *testing.F) {
	f.Add("a=1&b=2")
	f.Add("a=1&a=2")
	f.Add("%zz")
	f.Fuzz(func(t *testing.T, raw string) {
		values, err := strictQuery(raw)
		if err != nil {
			return
		}
		for name, all := range values {
			if len(all) != 1 {
				t.Fatalf("%s stands %d times", name, len(all))
			}
		}
	})
}
