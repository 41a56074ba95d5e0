package mail

import (
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portero/shared/domain/message"
)

// What the words name is checked by the compiler; that they are there is
// checked here and by TestEveryMailHasWhatAMailNeeds.
func TestEveryKindHasTheSamePartsInEveryLanguage(t *testing.T) {
	for _, kind := range message.Kinds() {
		for _, known := range []facts{
			{Firm: "F"},
			{Firm: "F", Portal: "P", Inviter: "I", Recipient: "R", About: "A", Level: "admin", Source: "S", Until: "U", At: "T", Number: "2"},
		} {
			var want []string
			for i, language := range languages() {
				wordsFor, frameFor, err := wordsOf(kind, language)
				if err != nil {
					t.Fatal(err)
				}
				said, frame := wordsFor(known), frameFor(known)
				if frame.Greeting == "" || frame.Bare == "" || frame.Footer == "" || frame.Stop == "" {
					t.Errorf("%s: a part of the frame is empty: %+v", language, frame)
				}
				got := parts(said)
				if i == 0 {
					want = got
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s has %q in %s and %q in %s", kind, got, language, want, languages()[0])
				}
			}
		}
	}
}

// parts names the parts that are there; a part of paragraphs once for each.
func parts(said words) []string {
	var there []string
	v := reflect.ValueOf(said)
	for i := range v.NumField() {
		texts, many := v.Field(i).Interface().([]string)
		if !many {
			texts = []string{v.Field(i).String()}
		}
		for _, text := range texts {
			if text != "" {
				there = append(there, v.Type().Field(i).Name)
			}
		}
	}
	return there
}

func TestTheNumberOfAReminderIsSaidOnlyWhereThereIsOne(t *testing.T) {
	for number, want := range map[int]bool{0: false, 1: true, 12: true} {
		l := letter(t, message.Reminder, "es")
		l.Message.Number = number
		if got := strings.Contains(read(t, compose(t, l)).text, "recordatorio número"); got != want {
			t.Errorf("%d: %v", number, got)
		}
	}
}

// Measured with Go 1.26: what a template runs is looked up by name
// (reflect.Value.MethodByName), so the linker keeps every exported method of
// every type, here all operations of the DynamoDB and SES clients: 19.0 MB
// instead of 13.3 MB, and each start of each function 0.4 ms later.
func TestNoTemplateIsLinked(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		checked++
		for _, i := range file.Imports {
			if i.Path.Value == `"text/template"` || i.Path.Value == `"html/template"` {
				t.Errorf("%s imports %s: see the comment of this test", e.Name(), i.Path.Value)
			}
		}
	}
	if checked == 0 {
		t.Error("no file was read")
	}
}
