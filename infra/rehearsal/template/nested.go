package template

import (
	"maps"
	"slices"
	"strings"
)

const stackType = "AWS::CloudFormation::Stack"

// nest resolves the template of a nested stack. Its outputs become the
// attributes Outputs.<name>
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html).
func (s *stack) nest(r *Resource, at place) error {
	file, ok := r.Metadata[assetPath].(string)
	if !ok {
		return at.errorf("metadata %s does not say where its template is", assetPath)
	}
	if slices.Contains(s.files, file) {
		return at.errorf("template %s is nested in itself", file)
	}
	given, ok := r.Properties["Parameters"].(map[string]any)
	if !ok && r.Properties["Parameters"] != nil {
		return at.errorf("Parameters: want an object")
	}
	r.reads.mark("Parameters")
	child := &stack{name: s.name + "/" + r.LogicalID, deployed: generated(s, r.LogicalID), files: append(slices.Clone(s.files), file)}
	outputs, err := s.loader.deploy(child, given)
	for name, value := range outputs {
		r.attributes["Outputs."+name] = value
	}
	return err
}

// checkAsset refuses a resource whose file is not in the assembly.
func (s *stack) checkAsset(r *Resource, at place) error {
	path, ok := r.Metadata[assetPath]
	if !ok {
		return nil
	}
	name, _ := path.(string)
	if _, err := stat(s.loader.files, name); err != nil {
		return at.errorf("metadata %s: %s", assetPath, err)
	}
	return nil
}

// Parameters that a template may ask for. What else a parameter may say
// (AllowedPattern, lengths) is an error: nothing here checks it.
var parameterFields = []string{"Type", "Default", "Description", "ConstraintDescription", "NoEcho", "AllowedValues"}

// takeParameters gives each of the template's parameters its value. Those from
// SSM have none: in the templates of the CDK only the version of its bootstrap
// stack is one, and only Rules ask for it.
func (s *stack) takeParameters(given map[string]any) (map[string]any, error) {
	all := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := s.declared.parameters[name]; !ok {
			return nil, s.place("parameter", name).errorf("it is given but the template has none")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.declared.parameters)) {
		at := s.place("parameter", name)
		declared, ok := s.declared.parameters[name].(map[string]any)
		if !ok {
			return nil, at.errorf("want an object")
		}
		for field := range declared {
			if !slices.Contains(parameterFields, field) {
				return nil, at.errorf("the rehearsal does not know %q", field)
			}
		}
		kind, _ := declared["Type"].(string)
		if strings.HasPrefix(kind, "AWS::SSM::Parameter::Value<") {
			continue
		}
		value, ok := given[name]
		if !ok {
			value, ok = declared["Default"]
		}
		if !ok {
			return nil, at.errorf("it has no default and nobody gives it")
		}
		var err error
		if all[name], err = parameter(kind, value, declared["AllowedValues"], at); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func parameter(kind string, value, allowed any, at place) (any, error) {
	list, isList := value.([]any)
	text, ok := plain(value)
	if isList { // a list goes to a nested stack joined
		ok = true
		parts := make([]string, len(list))
		for i, part := range list {
			p, isText := plain(part)
			parts[i], ok = p, ok && isText
		}
		text = strings.Join(parts, ",")
	}
	if !ok {
		return nil, at.errorf("want a string")
	}
	if allowed, ok := allowed.([]any); ok && !slices.ContainsFunc(allowed, func(v any) bool { t, _ := plain(v); return t == text }) {
		return nil, at.errorf("its value is not among AllowedValues")
	}
	switch {
	case kind == "String", kind == "Number":
		return text, nil
	case kind == "CommaDelimitedList", strings.HasPrefix(kind, "List<"):
		var all []any
		for part := range strings.SplitSeq(text, ",") {
			all = append(all, strings.TrimSpace(part))
		}
		return all, nil
	}
	return nil, at.errorf("the rehearsal does not know the type %q", kind)
}

// giveOutputs resolves the stack's outputs and keeps what they export.
func (s *stack) giveOutputs() (map[string]string, error) {
	all := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(s.declared.outputs)) {
		at := s.place("output", name)
		output, ok := s.declared.outputs[name].(map[string]any)
		if !ok {
			return nil, at.errorf("want an object")
		}
		if condition, ok := output["Condition"].(string); ok {
			if holds, err := s.condition(condition, at.in("Condition")); err != nil {
				return nil, err
			} else if !holds {
				continue
			}
		}
		value, err := s.text(output["Value"], at.in("Value"))
		if err != nil {
			return nil, err
		}
		all[name] = value
		if export, ok := output["Export"].(map[string]any); ok {
			if err := s.export(export["Name"], value, at.in("Export.Name")); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (s *stack) export(name any, value string, at place) error {
	key, err := s.text(name, at)
	if err != nil {
		return err
	}
	if other, ok := s.loader.exported[key]; ok {
		return at.errorf("stack %s exports %q already", other, key)
	}
	s.loader.exports[key], s.loader.exported[key] = value, s.name
	return nil
}
