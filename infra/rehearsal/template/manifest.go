package template

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

// Files of a cloud assembly
// (https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/cloud-assembly-schema/README.md).
const (
	manifestFile = "manifest.json"
	// assetPath is the metadata that leads to a resource's files
	// (https://docs.aws.amazon.com/cdk/v2/guide/assets.html).
	assetPath = "aws:asset:path"
)

// artifact is one thing in the manifest.
type artifact struct {
	Type         string   `json:"type"`
	Environment  string   `json:"environment"` // aws://<account>/<region>
	Dependencies []string `json:"dependencies"`
	Properties   struct {
		TemplateFile string            `json:"templateFile"`
		StackName    string            `json:"stackName"`
		Parameters   map[string]string `json:"parameters"`
		File         string            `json:"file"`
	} `json:"properties"`

	id string
}

// aside are the artifacts that deploy nothing.
var aside = map[string]string{
	"cdk:tree":                "names constructs for tools",
	"cdk:feature-flag-report": "lists the CDK's flags",
}

type manifest struct {
	files     fs.FS
	artifacts map[string]artifact
	state     map[string]state
	stacks    []artifact // those done, in order
}

// state is how far a walk has come with something.
type state int

const (
	untouched state = iota
	underway
	done
)

// readManifest returns the stacks in an order in which they can be deployed.
func readManifest(files fs.FS) ([]artifact, error) {
	body, err := read(files, manifestFile)
	if err != nil {
		return nil, fmt.Errorf("no cloud assembly (make synth writes one): %w", err)
	}
	var raw struct {
		Artifacts json.RawMessage `json:"artifacts"`
	}
	m := manifest{files: files, state: map[string]state{}}
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	ids, err := keys(raw.Artifacts)
	if err == nil && len(ids) > 0 {
		err = json.Unmarshal(raw.Artifacts, &m.artifacts)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: artifacts: %w", manifestFile, err)
	}
	for _, id := range ids {
		if err := m.visit(id, ""); err != nil {
			return nil, fmt.Errorf("%s: %w", manifestFile, err)
		}
	}
	if len(m.stacks) == 0 {
		return nil, fmt.Errorf("%s: there is no stack in it", manifestFile)
	}
	return m.stacks, nil
}

func (m *manifest) visit(id, from string) error {
	a, ok := m.artifacts[id]
	switch {
	case !ok:
		return fmt.Errorf("artifact %q depends on %q, which is not there", from, id)
	case m.state[id] == underway:
		return fmt.Errorf("artifact %q depends on itself by way of %q", id, from)
	case m.state[id] == done:
		return nil
	}
	m.state[id] = underway
	for _, dependency := range a.Dependencies {
		if err := m.visit(dependency, id); err != nil {
			return err
		}
	}
	m.state[id] = done
	a.id = id
	switch _, ignored := aside[a.Type]; {
	case ignored:
	case a.Type == "cdk:asset-manifest":
		return checkAssets(m.files, a.Properties.File)
	case a.Type == "aws:cloudformation:stack":
		m.stacks = append(m.stacks, a)
	default:
		return fmt.Errorf("artifact %q is of type %q, which the rehearsal does not know", id, a.Type)
	}
	return nil
}

// stackName is the name under which the stack is deployed.
func (a artifact) stackName() string {
	if a.Properties.StackName != "" {
		return a.Properties.StackName
	}
	return a.id
}

// checkEnvironment refuses a stack that is for another account or region.
// "unknown-account" is what the CDK writes when the credentials decide.
func (a artifact) checkEnvironment(e Environment) error {
	account, region, ok := strings.Cut(strings.TrimPrefix(a.Environment, "aws://"), "/")
	if !ok {
		return fmt.Errorf("stack %s: environment %q: want aws://<account>/<region>", a.stackName(), a.Environment)
	}
	if account != "unknown-account" && account != e.Account || region != "unknown-region" && region != e.Region {
		return fmt.Errorf("stack %s is for %s, not for account %s in %s", a.stackName(), a.Environment, e.Account, e.Region)
	}
	return nil
}

// checkAssets refuses an assembly that lacks a file which a deploy uploads.
func checkAssets(files fs.FS, name string) error {
	body, err := read(files, name)
	if err != nil {
		return err
	}
	var assets struct {
		Files map[string]struct {
			Source struct {
				Path       string   `json:"path"`
				Executable []string `json:"executable"`
			} `json:"source"`
		} `json:"files"`
		DockerImages map[string]any `json:"dockerImages"`
	}
	if err := json.Unmarshal(body, &assets); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(assets.DockerImages) > 0 {
		return fmt.Errorf("%s: the rehearsal does not know container images", name)
	}
	for id, file := range assets.Files {
		if len(file.Source.Executable) > 0 {
			return fmt.Errorf("%s: asset %s: the rehearsal does not run programs that make assets", name, id)
		}
		if _, err := stat(files, file.Source.Path); err != nil {
			return fmt.Errorf("%s: asset %s: %w", name, id, err)
		}
	}
	return nil
}
