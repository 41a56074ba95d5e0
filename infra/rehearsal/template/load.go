package template

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// maxResources bounds what broken templates can blow an assembly up to: ten
// stacks of CloudFormation's 500
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
// The factor is chosen; no evidence.
const maxResources = 5000

// Load reads the assembly in dir and resolves it. Types and properties that the
// rehearsal does not know are reported together, one a line; everything else
// ends the load at once with one line.
func Load(dir string, env Environment) (*Assembly, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no cloud assembly (make synth writes one): %s is missing", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("no cloud assembly (make synth writes one): %w", err)
	}
	defer root.Close()
	a, err := load(root.FS(), env)
	if err != nil {
		return nil, err
	}
	a.dir = dir
	return a, nil
}

// loader carries one load.
type loader struct {
	files    fs.FS
	env      Environment
	exports  map[string]string
	all      []*Resource
	unknown  []error
	exported map[string]string // which stack gave an export
	owners   map[string]place  // by ARN
}

func load(files fs.FS, env Environment) (*Assembly, error) {
	env, err := env.complete()
	if err != nil {
		return nil, err
	}
	artifacts, err := readManifest(files)
	if err != nil {
		return nil, errors.New(oneLine(err.Error()))
	}
	l := &loader{files: files, env: env, exports: map[string]string{}, exported: map[string]string{}, owners: map[string]place{}}
	a := &Assembly{}
	for _, artifact := range artifacts {
		if err := artifact.checkEnvironment(env); err != nil {
			return nil, err
		}
		given := map[string]any{}
		for name, value := range artifact.Properties.Parameters {
			given[name] = value
		}
		name := artifact.stackName()
		if _, err := l.deploy(&stack{name: name, deployed: name, files: []string{artifact.Properties.TemplateFile}}, given); err != nil {
			return nil, errors.Join(append(l.unknown, err)...)
		}
		a.Stacks = append(a.Stacks, name)
	}
	if len(l.unknown) > 0 {
		return nil, errors.Join(l.unknown...)
	}
	for _, r := range l.all {
		a.Resources = append(a.Resources, *r)
	}
	return a, nil
}

// deploy resolves one stack after all it imports from, and returns its outputs.
func (l *loader) deploy(s *stack, given map[string]any) (map[string]string, error) {
	file := s.files[len(s.files)-1]
	body, err := read(l.files, file)
	if err != nil {
		return nil, errors.New(oneLine(fmt.Sprintf("stack %s: template: %s", s.name, err)))
	}
	s.loader = l
	if s.declared, err = parse(body); err != nil {
		return nil, errors.New(oneLine(fmt.Sprintf("stack %s: template %s: %s", s.name, file, err)))
	}
	s.state, s.made, s.conditions = map[string]state{}, map[string]*Resource{}, map[string]bool{}
	if s.parameters, err = s.takeParameters(given); err != nil {
		return nil, err
	}
	for _, id := range s.declared.order {
		if _, err := s.resource(id, place{}); err != nil {
			return nil, err
		}
	}
	return s.giveOutputs()
}
