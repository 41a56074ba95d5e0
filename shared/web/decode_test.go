package web

import (
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"portero/shared/domain/fault"
)

type listing struct {
	Workspace string `path:"workspace"`
	Portal    string `query:"portal" required:"true"`
	State     string `query:"state" enum:"open,over" default:"open"`
	Cursor    string `query:"cursor" maxLength:"4"`
}

func TestParameters(t *testing.T) {
	invalid := func(name, detail string) []fault.Field {
		return []fault.Field{{Name: name, Code: fault.CodeInvalid, Detail: detail}}
	}
	for _, c := range []struct {
		name, query, body string
		want              listing
		wrong             []fault.Field
	}{
		{"what is left out is its default", "portal=p", "", listing{"w", "p", "open", ""}, nil},
		{"what is sent counts", "portal=p&state=over&cursor=ññññ", "{}", listing{"w", "p", "over", "ññññ"}, nil},
		{"a parameter that is needed", "state=over", "", listing{}, invalid("portal", "This parameter is needed.")},
		{"a word that is none of the list", "portal=p&state=OPEN", "", listing{}, invalid("state", `Expected value to be one of "open, over".`)},
		{"a text that is too long", "portal=p&cursor=12345", "", listing{}, invalid("cursor", "Expected length <= 4.")},
		{"a name that is not there", "portal=p&Portal=q", "", listing{}, invalid("Portal", "No parameter has this name.")},
	} {
		t.Run(c.name, func(t *testing.T) {
			query, err := url.ParseQuery(c.query)
			if err != nil {
				t.Fatal(err)
			}
			x := &exchange{event: request("GET", nil), query: query, body: []byte(c.body)}
			x.event.PathParameters = map[string]string{"workspace": "w"}
			var got listing
			in, err := InputOf(reflect.TypeFor[listing]())
			if err != nil {
				t.Fatal(err)
			}
			err = in.decode(x, &got)
			if f := fault.As(err); (f == nil) != (c.wrong == nil) {
				t.Fatal(err)
			} else if f != nil {
				if diff := cmp.Diff(c.wrong, f.Fields); diff != "" {
					t.Fatal(diff)
				}
				return
			}
			if got != c.want {
				t.Fatalf("%+v", got)
			}
		})
	}
}

func TestWhatNoRowMayTakeIsSaid(t *testing.T) {
	for want, in := range map[string]reflect.Type{
		"web: parameter limit is a int, not a string": reflect.TypeFor[struct {
			Limit int `query:"limit"`
		}](),
		"web: parameter at is a time.Time, not a string": reflect.TypeFor[struct {
			At time.Time `path:"at"`
		}](),
		"web: no form for a float64": reflect.TypeFor[struct{ Body struct{ Share float64 } }](),
		`web: ten is no number in the tag maxLength:"ten"`: reflect.TypeFor[struct {
			Body struct {
				Name string `maxLength:"ten"`
			}
		}](),
	} {
		if _, err := InputOf(in); err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
}
