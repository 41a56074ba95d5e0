package template

import (
	"strings"
	"testing"
	"unicode"
)

// FuzzTemplate: whatever a template says, a load ends with plain resources or
// with lines that name what is wrong.
func FuzzTemplate(f *testing.F) {
	f.Add(about(`{"Fn::Sub": ["${x} ${Queue.Arn}", {"x": {"Fn::If": ["Dev", "a", "b"]}}]}`))
	f.Add(about(`"{{resolve:secretsmanager:x:secret:Secret-1:SecretString}}"`))
	f.Add(`{"Resources": {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"P": ["a", "b"]}}, "Metadata": {"aws:asset:path": "child.json"}}}, "Outputs": {"O": {"Value": {"Fn::GetAtt": "S.Outputs.X"}, "Export": {"Name": "n"}}}}`)
	f.Add(`{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "DependsOn": "Q"}}}`)
	f.Fuzz(func(t *testing.T, template string) {
		a, err := load(files(template), demo())
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if line == "" || strings.ContainsFunc(line, unicode.IsControl) {
					t.Errorf("%q is no line", line)
				}
			}
			return
		}
		for _, r := range a.Resources {
			if left := intrinsic(r.Properties); left != "" {
				t.Errorf("%s: %s is left", r.LogicalID, left)
			}
		}
	})
}

// intrinsic returns the name of a function that is left in v.
func intrinsic(v any) string {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if left := intrinsic(one); left != "" {
				return left
			}
		}
	case map[string]any:
		for name, one := range v {
			if name == "Ref" || strings.HasPrefix(name, "Fn::") {
				return name
			}
			if left := intrinsic(one); left != "" {
				return left
			}
		}
	case noValue:
		return "AWS::NoValue"
	}
	return ""
}
