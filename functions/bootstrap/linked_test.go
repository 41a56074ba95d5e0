package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// heavy is what must not be linked into what is deployed, and why. Every start
// of every function pays for it (design.md §9).
var heavy = []struct{ pkg, why string }{
	{"github.com/danielgtaylor/huma/v2", "only the document needs it: 0.5 ms a start"},
	{"github.com/danielgtaylor/huma/v2/yaml", "only the document needs it"},
	{"portero/shared/web/document", "made by `make golden`"},
	{"portero/functions/document", "a file of the site"},
	{"portero/functions/pages", "files of the site"},
	{"github.com/wneessen/go-mail", "mime.go writes the same bytes: 0.3 ms a start for SMTP and SASL"},
	{"text/template", "calls methods by name: no exported method can be left out, 5.7 MB and 0.4 ms a start"},
	{"html/template", "like text/template"},
	{"net/rpc", "the build tag lambda.norpc"},
	{"net/http/pprof", "nothing asks for it"},
	{"expvar", "nothing asks for it"},
	{"encoding/gob", "nothing asks for it"},
	{"flag", "nothing asks for it"},
	{"testing", "belongs to tests"},
	{"github.com/google/go-cmp/cmp", "belongs to tests"},
	{"github.com/aws/aws-sdk-go-v2/config", "clients are made by hand: its loader takes 7 to 17 ms"},
	{"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams", "Lambda reads the stream; only the client's types are linked"},
	{"github.com/aws/aws-cdk-go/awscdk/v2", "belongs to infra"},
}

func TestNothingHeavyIsLinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-tags", "lambda.norpc", ".").Output() // the tags of the Makefile's FLAGS
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Fields(string(out))
	if !slices.Contains(linked, "portero/functions") {
		t.Fatal("go list did not say what is linked")
	}
	for _, h := range heavy {
		if slices.Contains(linked, h.pkg) {
			t.Errorf("%s is linked: %s", h.pkg, h.why)
		}
	}
	for _, pkg := range linked {
		if strings.HasPrefix(pkg, "portero/infra") || strings.HasPrefix(pkg, "portero/shared/testkit") {
			t.Errorf("%s is linked", pkg)
		}
	}
}
