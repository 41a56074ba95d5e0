package template

import (
	"strings"
	"testing"
)

func TestEveryRowOfTheTableSaysWhatItIs(t *testing.T) {
	for name, k := range kinds {
		_, runs := run[name]
		if runs == (k.aside != "") {
			t.Errorf("%s: it is run or it says why not", name)
		}
		if len(k.properties) == 0 {
			t.Errorf("%s: it has no properties", name)
		}
		for path, why := range k.properties {
			if why != used && !strings.HasPrefix(why, "ignored because ") {
				t.Errorf("%s %s: %q is no reason", name, path, why)
			}
			if why == used && !runs {
				t.Errorf("%s %s: nothing of a type that is not run is used", name, path)
			}
			if i := strings.LastIndex(path, "."); i >= 0 {
				if _, ok := k.properties[path[:i]]; !ok {
					t.Errorf("%s %s: the row above it is missing", name, path)
				}
			}
		}
	}
	for name := range notRun {
		if _, twice := run[name]; twice {
			t.Errorf("%s is run and is not", name)
		}
	}
}

func TestWhatIsNotRunSaysWhy(t *testing.T) {
	if why, is := Aside("AWS::CloudWatch::Alarm"); !is || why == "" {
		t.Error("an alarm has no reason")
	}
	if why, is := Aside("AWS::Lambda::Function"); is {
		t.Errorf("functions are run: %s", why)
	}
	if why := Ignored("AWS::Lambda::Function")["Tags"]; why != tags {
		t.Errorf("Tags: %q", why)
	}
}

func TestGeneratedNamesFitWhereTheyGo(t *testing.T) {
	s := &stack{deployed: strings.Repeat("s", 100)}
	name := generated(s, strings.Repeat("l", 200))
	if len(name) > 64 { // of a role, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
		t.Errorf("%d characters", len(name))
	}
	if other := generated(s, strings.Repeat("l", 201)); other == name {
		t.Error("two resources have one name")
	}
}
