package template

import (
	"strings"
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
		"S": {"Type": "AWS::Scheduler::Schedule", "Properties": {"Name": "s", "Description": "d", "ScheduleExpression": "rate(1 minute)", "Target": {"Arn": "a", "Input": "{}"}}},
		"M": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"BatchSize": 1, "FilterCriteria": {"Filters": [{"Pattern": "{}"}]}}},
		"F": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "h"}},
		"L": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "l"}}}}`), demo())
	if err != nil {
		t.Fatal(err)
	}
	s := a.Of("AWS::Scheduler::Schedule")[0]
	if _, err := s.String("Target", "Arn"); err != nil {
		t.Fatal(err)
	}
	unread := func(id, kind, path string) string {
		return "stack demo: resource " + id + " (" + kind + "): Properties." + path + ": nobody read it"
	}
	want := []string{
		unread("F", "AWS::Lambda::Function", "Handler"),
		unread("M", "AWS::Lambda::EventSourceMapping", "BatchSize"),
		unread("M", "AWS::Lambda::EventSourceMapping", "FilterCriteria.Filters.Pattern"),
		unread("M", "AWS::Lambda::EventSourceMapping", "FilterCriteria.Filters"),
		unread("M", "AWS::Lambda::EventSourceMapping", "FilterCriteria"),
		unread("S", "AWS::Scheduler::Schedule", "ScheduleExpression"),
		unread("S", "AWS::Scheduler::Schedule", "Target.Input"),
	}
	if diff := cmp.Diff(want, a.Unread()); diff != "" {
		t.Error(diff)
	}
	var mapping struct {
		BatchSize      int
		FilterCriteria struct{ Filters []struct{ Pattern string } }
	}
	if err := a.Of("AWS::Lambda::EventSourceMapping")[0].Decode(&mapping); err != nil || mapping.FilterCriteria.Filters[0].Pattern != "{}" {
		t.Fatal(mapping, err)
	}
	s.Has("ScheduleExpression")
	if _, err := s.Map("Target"); err != nil {
		t.Fatal(err)
	}
	a.Of("AWS::Lambda::Function")[0].Pass()
	if left := a.Unread(); len(left) > 0 {
		t.Error(left)
	}
}

func TestDecodingReadsWhatTheStructNamesAndNoMore(t *testing.T) {
	r := Resource{Stack: "s", LogicalID: "L", Type: "T", reads: &reads{}, Properties: map[string]any{
		"Name": "n", "Targets": []any{map[string]any{"Arn": "a", "Id": "i"}}, "Any": map[string]any{"k": "v"}, "Given": "g", "Left": true,
	}}
	type embedded struct {
		Given string
	}
	var in struct {
		embedded
		Called  string `json:"Name"`
		Targets []struct{ Arn string }
		Any     any
	}
	if err := r.Decode(&in); err != nil || in.Called != "n" || in.Targets[0].Arn != "a" || in.Given != "g" {
		t.Fatal(in, err)
	}
	for path, want := range map[string]bool{"Name": true, "Targets": true, "Targets.Arn": true, "Targets.Id": false, "Any.k": true, "Given": true, "Left": false} {
		if r.reads.has(path) != want {
			t.Errorf("%s counts as read: %v", path, !want)
		}
	}
	var wrong struct{ Name int }
	if err := r.Decode(&wrong); err == nil || !strings.HasPrefix(err.Error(), "stack s: resource L (T): ") {
		t.Error(err)
	}
}
