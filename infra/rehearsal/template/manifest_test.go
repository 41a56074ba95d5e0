package template

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestABrokenManifestIsNamedInOneLine(t *testing.T) {
	const stack = `"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "gone.json"}`
	for name, c := range map[string]struct{ manifest, want string }{
		"broken JSON":          {`{"artifacts": `, `manifest.json: unexpected end of JSON input`},
		"nothing in it":        {`{}`, `manifest.json: there is no stack in it`},
		"artifacts of a list":  {`{"artifacts": []}`, `manifest.json: artifacts: want an object`},
		"an unknown artifact":  {`{"artifacts": {"x": {"type": "cdk:cloud-assembly"}}}`, `manifest.json: artifact "x" is of type "cdk:cloud-assembly", which the rehearsal does not know`},
		"a missing dependency": {`{"artifacts": {"x": {"dependencies": ["y"]}}}`, `manifest.json: artifact "x" depends on "y", which is not there`},
		"a circle":             {`{"artifacts": {"x": {"dependencies": ["y"]}, "y": {"dependencies": ["x"]}}}`, `manifest.json: artifact "x" depends on itself by way of "y"`},
		"a missing template":   {`{"artifacts": {"x": {` + stack + `}}}`, `stack x: template: gone.json is missing`},
		"a missing asset list": {`{"artifacts": {"x": {"type": "cdk:asset-manifest", "properties": {"file": "gone.json"}}}}`, `manifest.json: gone.json is missing`},
		"a missing asset":      {`{"artifacts": {"x": {"type": "cdk:asset-manifest", "properties": {"file": "a.json"}}}}`, `manifest.json: a.json: asset h: gone.zip is missing`},
		"a container image":    {`{"artifacts": {"x": {"type": "cdk:asset-manifest", "properties": {"file": "b.json"}}}}`, `manifest.json: b.json: the rehearsal does not know container images`},
		"an asset of a program": {`{"artifacts": {"x": {"type": "cdk:asset-manifest", "properties": {"file": "c.json"}}}}`,
			`manifest.json: c.json: asset h: the rehearsal does not run programs that make assets`},
		"no environment":  {`{"artifacts": {"x": {"type": "aws:cloudformation:stack"}}}`, `stack x: environment "": want aws://<account>/<region>`},
		"another account": {`{"artifacts": {"x": {"type": "aws:cloudformation:stack", "environment": "aws://1/eu-west-1"}}}`, `stack x is for aws://1/eu-west-1, not for account 111122223333 in eu-west-1`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{
				manifestFile: {Data: []byte(c.manifest)},
				"a.json":     {Data: []byte(`{"files": {"h": {"source": {"path": "gone.zip"}}}}`)},
				"b.json":     {Data: []byte(`{"dockerImages": {"h": {}}}`)},
				"c.json":     {Data: []byte(`{"files": {"h": {"source": {"executable": ["make"]}}}}`)},
			}, demo())
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestAnImportFromALaterStackFails(t *testing.T) {
	stack := func(file string) string {
		return `{"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-west-1", "properties": {"templateFile": "` + file + `"}}`
	}
	_, err := load(fstest.MapFS{
		manifestFile: {Data: []byte(`{"artifacts": {"one": ` + stack("one.json") + `, "two": ` + stack("two.json") + `}}`)},
		"one.json":   {Data: []byte(`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::ImportValue": "n"}}}}}`)},
		"two.json":   {Data: []byte(`{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"A": {"Value": "x", "Export": {"Name": "n"}}}}`)},
	}, demo())
	if err == nil || !strings.HasSuffix(err.Error(), `no stack deployed before this one exports "n"`) {
		t.Error(err)
	}
}

func TestAFileThatIsTooLargeIsNotRead(t *testing.T) {
	_, err := load(fstest.MapFS{manifestFile: {Data: make([]byte, maxFileBytes+1)}}, demo())
	if err == nil || !strings.Contains(err.Error(), "are more than the 8388608 that make sense") {
		t.Error(err)
	}
}
