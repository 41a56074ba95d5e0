// Command infra is the CDK program: cdk.json starts it for every synth, diff
// and deploy. It takes the settings from the CDK context, every function from
// functions.Rows, the pages from functions/pages and what `make build` built.
//
// It must never build, look up or ask anything: a synth needs no credentials.
//
// Next: infra/stacks.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"portero/functions"
	"portero/functions/document"
	"portero/functions/pages"
	"portero/infra/constructs"
	"portero/infra/stacks"
)

// Where `make build` puts what is deployed, from the repository's root, where
// the CDK starts us.
const (
	functionDir = "build/function"
	siteDir     = "build/site"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	if err := synth(app, functionDir, siteDir); err != nil {
		fmt.Fprintln(os.Stderr, "infra:", err)
		jsii.Close()
		os.Exit(1)
	}
}

// synth writes the templates of everything there is. An error says what is not
// built, which setting is wrong, or what cannot be deployed.
func synth(app awscdk.App, functionDir, siteDir string) error {
	for _, built := range []string{filepath.Join(functionDir, "bootstrap"), filepath.Join(siteDir, pages.NotFound)} {
		if _, err := os.Stat(built); err != nil {
			return fmt.Errorf("%s is missing: run `make build` first", built)
		}
	}
	settings, err := stacks.Read(func(key string) string {
		value, _ := app.Node().TryGetContext(jsii.String(key)).(string)
		return value
	})
	if err != nil {
		return err
	}
	if err := stacks.Synth(app, settings, functions.Rows(), stacks.Assets{FunctionDir: functionDir, Site: site(siteDir)}); err != nil {
		return err
	}
	app.Synth(nil)
	return nil
}

// site describes the built pages in the constructs' own words.
func site(dir string) constructs.Site {
	s := constructs.Site{
		Dir: dir, OpenAPI: document.OpenAPI, NotFound: pages.NotFound, CacheHTML: pages.CacheHTML, CacheAssets: pages.CacheAssets,
	}
	for _, r := range pages.Routes() {
		s.Routes = append(s.Routes, constructs.PageRoute{Pattern: r.Pattern, File: r.File})
	}
	for _, h := range pages.Headers() {
		s.Headers = append(s.Headers, constructs.Header{Name: h.Name, Value: h.Value})
	}
	return s
}
