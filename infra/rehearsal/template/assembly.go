package template

import (
	"errors"
	"path/filepath"
	"regexp"
)

// Assembly is a cloud assembly's stacks, resolved.
type Assembly struct {
	// Resources stand in an order in which a deploy could create them: each
	// after all that it refers to or depends on, else as in its template.
	// Resources whose condition is false are not among them.
	Resources []Resource
	// Stacks are the names of the top stacks, in the order of their deploy.
	Stacks []string

	dir string
}

// Resource is one resource of a stack.
type Resource struct {
	// Stack is the stack's name; a nested one is its parent's, a slash, and the
	// logical id it has there.
	Stack, LogicalID, Type string
	// Properties hold plain JSON values only: nil, bool, float64, string, []any
	// and map[string]any. They may hold secrets.
	Properties map[string]any
	// Metadata stands as in the template, unresolved.
	Metadata map[string]any
	// Physical is what Ref gives.
	Physical string

	arn        string
	attributes map[string]string
	reads      *reads
}

// ARN returns the resource's ARN, or "" if resources of its type have none.
func (r Resource) ARN() string { return r.arn }

// Attribute returns what Fn::GetAtt gives, and whether the rehearsal knows it.
func (r Resource) Attribute(name string) (string, bool) {
	value, ok := r.attributes[name]
	return value, ok
}

// Of returns the resources of a type, in the assembly's order.
func (a *Assembly) Of(resourceType string) []Resource {
	var all []Resource
	for _, r := range a.Resources {
		if r.Type == resourceType {
			all = append(all, r)
		}
	}
	return all
}

// Find returns the resource with this ARN or, if none has it, with this Ref
// value. Two types may use one name (a schedule is called as its function): then
// it finds neither, and FindOf has to say which is meant.
func (a *Assembly) Find(physical string) (Resource, bool) { return a.find("", physical) }

// FindOf is Find among the resources of one type.
func (a *Assembly) FindOf(resourceType, physical string) (Resource, bool) {
	return a.find(resourceType, physical)
}

func (a *Assembly) find(resourceType, physical string) (Resource, bool) {
	var named []Resource
	for _, r := range a.Resources {
		switch {
		case physical == "" || resourceType != "" && r.Type != resourceType:
		case r.arn == physical:
			return r, true
		case r.Physical == physical:
			named = append(named, r)
		}
	}
	if len(named) != 1 {
		return Resource{}, false
	}
	return named[0], true
}

// Asset returns the path of the file or directory that a resource is made from,
// such as a function's code, and whether it has one.
func (a *Assembly) Asset(r Resource) (string, bool) {
	path, ok := r.Metadata[assetPath].(string)
	return filepath.Join(a.dir, filepath.FromSlash(path)), ok
}

// Environment gives what only a deploy knows.
type Environment struct {
	Account, Region string // 12 digits; such as eu-west-1
	// Partition and URLSuffix are aws and amazonaws.com if they are empty.
	Partition, URLSuffix string
	// Value returns an attribute of a resource that a deploy would make up
	// (Fn::GetAtt) or its physical id (attribute ""), and whether it knows it. It
	// is asked before the package's own defaults, once for each attribute that
	// the package knows of a resource and for each unknown one that a template
	// asks for. The resource's properties are resolved; its Physical is empty
	// while Value is asked for it. It may be nil.
	Value func(r Resource, attribute string) (string, bool)
	// Secret resolves {{resolve:secretsmanager:<arn or id>:SecretString}}. It may
	// be nil if no template asks.
	Secret func(id string) (string, bool)
}

var accountForm = regexp.MustCompile(`^[0-9]{12}$`)

func (e Environment) complete() (Environment, error) {
	if !accountForm.MatchString(e.Account) {
		return e, errors.New("environment: the account must be 12 digits")
	}
	if e.Region == "" {
		return e, errors.New("environment: the region is missing")
	}
	if e.Partition == "" {
		e.Partition = "aws"
	}
	if e.URLSuffix == "" {
		e.URLSuffix = "amazonaws.com"
	}
	return e, nil
}

func (e Environment) value(r Resource, attribute string) (string, bool) {
	if e.Value == nil {
		return "", false
	}
	return e.Value(r, attribute)
}
