package template

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readable(t *testing.T) Resource {
	t.Helper()
	return Resource{Stack: "s", LogicalID: "L", Type: "T", Properties: map[string]any{
		"Name": "n", "Size": 3.5, "Count": "15", "On": true, "Off": "false", "Empty": nil,
		"Targets": []any{map[string]any{"Arn": "a"}}, "Names": []any{"x", "y"}, "Map": map[string]any{"k": "v", "n": 1.0},
	}}
}

func TestPropertiesAreReadByType(t *testing.T) {
	r := readable(t)
	check := func(what string, got any, err error, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", what, err, diff)
		}
	}
	text, err := r.String("Targets", "0", "Arn")
	check("string in a list", text, err, "a")
	number, err := r.Number("Size")
	check("number", number, err, 3.5)
	whole, err := r.Int("Count")
	check("a whole number as a string", whole, err, 15)
	on, err := r.Bool("On")
	check("bool", on, err, true)
	off, err := r.Bool("Off")
	check("bool as a string", off, err, false)
	names, err := r.Strings("Names")
	check("strings", names, err, []string{"x", "y"})
	values, err := r.StringMap("Map")
	check("map of strings", values, err, map[string]string{"k": "v", "n": "1"})
	if !r.Has("Map", "k") || r.Has("Map", "x") || r.Has("Targets", "1") || r.Has("Name", "x") {
		t.Error("Has is wrong")
	}
}

func TestAPropertyThatIsNotAsWantedIsNamed(t *testing.T) {
	r := readable(t)
	for want, read := range map[string]func() error{
		"stack s: resource L (T): Properties.Map.x: it is missing":          func() error { _, err := r.String("Map", "x"); return err },
		"stack s: resource L (T): Properties.Size: want a string":           func() error { _, err := r.String("Size"); return err },
		"stack s: resource L (T): Properties.Name: want a number":           func() error { _, err := r.Number("Name"); return err },
		"stack s: resource L (T): Properties.Size: want a whole number":     func() error { _, err := r.Int("Size"); return err },
		"stack s: resource L (T): Properties.Name: want true or false":      func() error { _, err := r.Bool("Name"); return err },
		"stack s: resource L (T): Properties.Map: want a list":              func() error { _, err := r.List("Map"); return err },
		"stack s: resource L (T): Properties.Names: want an object":         func() error { _, err := r.StringMap("Names"); return err },
		"stack s: resource L (T): Properties.Targets[0]: want a string":     func() error { _, err := r.Strings("Targets"); return err },
		"stack s: resource L (T): Properties.Targets.0.Rule: it is missing": func() error { _, err := r.Value("Targets", "0", "Rule"); return err },
	} {
		if err := read(); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestWhatNobodyReadIsListed(t *testing.T) {
	a, err := load(files(`{"Resources": {
		"S": {"Type": "AWS::Scheduler::Schedule", "Properties": {"Name": "s", "Description": "d", "Target": {"Arn": "a", "Input": "{}"}}},
		"L": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "l"}}}}`), demo())
	if err != nil {
		t.Fatal(err)
	}
	s := a.Of("AWS::Scheduler::Schedule")[0]
	if _, err := s.String("Target", "Arn"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"stack demo: resource S (AWS::Scheduler::Schedule): Properties.Name: nobody read it",
		"stack demo: resource S (AWS::Scheduler::Schedule): Properties.Target.Input: nobody read it",
	}
	if diff := cmp.Diff(want, a.Unread()); diff != "" {
		t.Error(diff)
	}
	s.Has("Name")
	if _, err := s.Map("Target"); err != nil {
		t.Fatal(err)
	}
	if left := a.Unread(); len(left) > 0 {
		t.Error(left)
	}
}
