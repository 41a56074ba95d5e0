package template

import (
	"encoding/json"
	"fmt"
	"slices"
)

// declared is a template as it stands
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html).
type declared struct {
	parameters, mappings, conditions, resources, outputs map[string]any
	order                                                []string // of the resources
}

// sections of a template: whether the rehearsal reads them. Rules are known and
// ignored: the CDK writes one that asks for the version of its bootstrap stack,
// which only an account has.
var sections = map[string]bool{
	"AWSTemplateFormatVersion": false, "Description": false, "Metadata": false, "Rules": false,
	"Parameters": true, "Mappings": true, "Conditions": true, "Resources": true, "Outputs": true,
}

func parse(body []byte) (declared, error) {
	var d declared
	var top map[string]any
	if err := json.Unmarshal(body, &top); err != nil {
		return d, err
	}
	for name, section := range top {
		known, ok := sections[name]
		if !ok {
			return d, fmt.Errorf("the rehearsal does not know the section %q", name)
		}
		if _, isObject := section.(map[string]any); known && !isObject {
			return d, fmt.Errorf("%s: want an object", name)
		}
	}
	d.parameters, _ = top["Parameters"].(map[string]any)
	d.mappings, _ = top["Mappings"].(map[string]any)
	d.conditions, _ = top["Conditions"].(map[string]any)
	d.resources, _ = top["Resources"].(map[string]any)
	d.outputs, _ = top["Outputs"].(map[string]any)
	if len(d.resources) == 0 {
		return d, fmt.Errorf("there are no resources in it")
	}
	var raw map[string]json.RawMessage
	err := json.Unmarshal(body, &raw)
	if err == nil {
		d.order, err = keys(raw["Resources"])
	}
	if err != nil {
		return d, fmt.Errorf("section Resources: %w", err)
	}
	return d, nil
}

// attributes of a resource that a rehearsal reads, and those that it knows and
// ignores: nothing is deleted, replaced or updated here.
var (
	resourceRead    = []string{"Type", "Properties", "Metadata", "DependsOn", "Condition"}
	resourceIgnored = []string{"DeletionPolicy", "UpdateReplacePolicy"}
)

// item is a resource as it stands.
type item struct {
	kind, condition      string
	properties, metadata map[string]any
	dependsOn            []string
}

func parseItem(at place, v any) (item, error) {
	var i item
	object, ok := v.(map[string]any)
	if !ok {
		return i, at.errorf("want an object")
	}
	for name := range object {
		if !slices.Contains(resourceRead, name) && !slices.Contains(resourceIgnored, name) {
			return i, at.errorf("the rehearsal does not know the attribute %q", name)
		}
	}
	var wrong string
	text := func(name string) string {
		s, ok := object[name].(string)
		if !ok && object[name] != nil {
			wrong = name + ": want a string"
		}
		return s
	}
	fields := func(name string) map[string]any {
		m, ok := object[name].(map[string]any)
		if !ok && object[name] != nil {
			wrong = name + ": want an object"
		}
		return m
	}
	i = item{kind: text("Type"), condition: text("Condition"), properties: fields("Properties"), metadata: fields("Metadata")}
	switch on := object["DependsOn"].(type) {
	case nil:
	case string:
		i.dependsOn = []string{on}
	case []any:
		for _, one := range on {
			id, ok := one.(string)
			if !ok {
				wrong = "DependsOn: want logical ids"
			}
			i.dependsOn = append(i.dependsOn, id)
		}
	default:
		wrong = "DependsOn: want logical ids"
	}
	if i.kind == "" && wrong == "" {
		wrong = "Type is missing"
	}
	if wrong != "" {
		return i, at.errorf("%s", wrong)
	}
	return i, nil
}
