package stacks

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// TestMain does not call jsii.Close, which waits for its process twice at once,
// as the race detector rightly says; the process ends with ours.
func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range rubbish {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// rubbish is what synths left; it is shared by tests, so no test removes it.
var rubbish []string

// assembly is what one synth wrote.
type assembly struct {
	dir       string
	templates map[string]template // by file; nested stacks have their own
	stacks    map[string]string   // file of each stack by its last word: "data"
	protected map[string]bool     // termination protection, likewise
}

type template struct {
	Resources  map[string]resourceOf
	Outputs    map[string]map[string]any
	Parameters map[string]any
	raw        []byte
}

type resourceOf struct {
	Type           string
	Properties     map[string]any
	DeletionPolicy string
	UpdateReplace  string `json:"UpdateReplacePolicy"`
}

// sample is the deployment most tests look at, synthesized once; takenBack the
// one that takes its tables back, restored the one whose tables are a copy; again
// the first once more.
var (
	sample    = sync.OnceValue(func() assembly { return synthOnce(sampleSettings()) })
	again     = sync.OnceValue(func() assembly { return synthOnce(sampleSettings()) })
	takenBack = sync.OnceValue(func() assembly {
		s := sampleSettings()
		s.Existing, s.ExistingIdentity = true, true
		s.Streams = map[schema.Name]string{
			schema.Core:  "arn:aws:dynamodb:eu-west-1:123456789012:table/portero-test-core/stream/2026-01-01T00:00:00.000",
			schema.Audit: "arn:aws:dynamodb:eu-west-1:123456789012:table/portero-test-audit/stream/2026-01-01T00:00:00.000",
		}
		return synthOnce(s)
	})
	restored = sync.OnceValue(func() assembly {
		s := sampleSettings()
		s.Existing, s.Restored = true, "2026-11-23T08:00:00Z"
		s.Names = map[schema.Name]string{schema.Core: "core-2", schema.Audit: "audit-2"}
		s.Streams = map[schema.Name]string{
			schema.Core:  "arn:aws:dynamodb:eu-west-1:123456789012:table/core-2/stream/2026-11-23T00:00:00.000",
			schema.Audit: "arn:aws:dynamodb:eu-west-1:123456789012:table/audit-2/stream/2026-11-23T00:00:00.000",
		}
		return synthOnce(s)
	})
)

func sampleSettings() Settings {
	return Settings{
		Stage: "test", Region: "eu-west-1", Sender: "no-reply@mail.example.com", Domain: "portal.example.com", Alarms: "ops@example.com",
		Certificate: "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-0b0a-0908-0706-050403020100",
	}
}

func synthOnce(s Settings) assembly {
	dir, err := os.MkdirTemp("", "portero-synth-")
	if err != nil {
		panic(err)
	}
	rubbish = append(rubbish, dir)
	a, err := synth(dir, s, sampleRows())
	if err != nil {
		panic(err)
	}
	return a
}

// synth writes a deployment of the rows below dir, with stubs for what is built.
func synth(dir string, s Settings, rows []contract.Row) (assembly, error) {
	site := constructs.Site{
		Dir: filepath.Join(dir, "site"), OpenAPI: []byte(`{"openapi":"3.1.0"}`), NotFound: "missing.html", CacheHTML: "no-cache", CacheAssets: "public, max-age=31536000, immutable",
		Routes: []constructs.PageRoute{{Pattern: "/", File: "index.html"}, {Pattern: "/accept", File: "accept.html"}, {Pattern: "/p/{portal}", File: "portal.html"}},
		Headers: []constructs.Header{
			{Name: "Content-Security-Policy", Value: "default-src 'none'"}, {Name: "Strict-Transport-Security", Value: "max-age=31536000"},
			{Name: "X-Content-Type-Options", Value: "nosniff"}, {Name: "X-Frame-Options", Value: "DENY"}, {Name: "Referrer-Policy", Value: "no-referrer"},
			{Name: "Permissions-Policy", Value: "camera=()"},
		},
	}
	code := filepath.Join(dir, "function")
	err := errors.Join(stub(filepath.Join(code, "bootstrap")), stub(filepath.Join(site.Dir, "index.html")), stub(filepath.Join(site.Dir, site.NotFound)))
	if err != nil {
		return assembly{}, err
	}
	out := filepath.Join(dir, "out")
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(out), AnalyticsReporting: jsii.Bool(false)})
	if err := Synth(app, s, rows, Assets{FunctionDir: code, Site: site}); err != nil {
		return assembly{}, err
	}
	app.Synth(nil)
	return read(out)
}

func stub(name string) error {
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("stub "+filepath.Base(name)), 0o755))
}

func read(dir string) (assembly, error) {
	a := assembly{dir: dir, templates: map[string]template{}, stacks: map[string]string{}, protected: map[string]bool{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
	if err != nil {
		return a, err
	}
	for _, file := range files {
		t := template{}
		t.raw, err = os.ReadFile(file)
		if err := errors.Join(err, json.Unmarshal(t.raw, &t)); err != nil {
			return a, err
		}
		a.templates[filepath.Base(file)] = t
	}
	var manifest struct {
		Artifacts map[string]struct {
			Type       string
			Properties struct {
				TemplateFile          string
				TerminationProtection bool
			}
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err := errors.Join(err, json.Unmarshal(raw, &manifest)); err != nil {
		return a, err
	}
	for name, artifact := range manifest.Artifacts {
		if artifact.Type == "aws:cloudformation:stack" {
			short := name[strings.LastIndex(name, "-")+1:]
			a.stacks[short], a.protected[short] = artifact.Properties.TemplateFile, artifact.Properties.TerminationProtection
		}
	}
	return a, nil
}

// stack returns the template of a stack by its last word.
func (a assembly) stack(name string) template { return a.templates[a.stacks[name]] }

// found is a resource and where it stands.
type found struct {
	file, id string
	resourceOf
}

// of returns every resource of a type, over all templates, in order.
func (a assembly) of(kind string) []found {
	var all []found
	for _, file := range slices.Sorted(maps.Keys(a.templates)) {
		for _, id := range slices.Sorted(maps.Keys(a.templates[file].Resources)) {
			if r := a.templates[file].Resources[id]; r.Type == kind {
				all = append(all, found{file, id, r})
			}
		}
	}
	return all
}

// at walks into a value by keys; nil if there is nothing.
func at(v any, keys ...string) any {
	for _, key := range keys {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// list returns a list's items, or the one value that stands in its place.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

func compact(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}
