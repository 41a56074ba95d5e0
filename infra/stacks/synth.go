package stacks

import (
	"errors"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// Assets is what was built before and is shipped with the templates.
type Assets struct {
	// FunctionDir holds the one binary, bootstrap, and nothing else.
	FunctionDir string
	Site        constructs.Site
}

// Synth adds every stack of the deployment to the app. An error says what in
// the settings, the rows or the site cannot be deployed; the app is of no use then.
func Synth(app awscdk.App, s Settings, rows []contract.Row, assets Assets) error {
	sorted, err := sortRows(rows)
	if err != nil {
		return err
	}
	if err := errors.Join(s.check(), sorted.check(s)); err != nil {
		return err
	}
	// What one stack exports another imports by name, and cannot be deleted
	// meanwhile; said here because CDK asks for a decision.
	app.Node().SetContext(jsii.String("@aws-cdk/core:defaultCrossStackReferences"), "strong")
	b := builder{app: app, settings: s, rows: sorted, assets: assets}
	return b.build()
}

// builder carries what one stack finds out to the next.
type builder struct {
	app      awscdk.App
	settings Settings
	rows     rows
	assets   Assets
	deployed constructs.Deployment
}

func (b *builder) build() error {
	b.deployed = constructs.Deployment{
		Stage: b.settings.Stage, Region: b.settings.Region, Sender: b.settings.Sender, Tables: map[schema.Name]string{},
		ConfigurationSet: "portero-" + b.settings.Stage, Code: b.assets.FunctionDir, Restored: b.settings.Restored,
	}
	data, streams := b.data()
	mail := b.mail()
	site, door, err := b.site()
	if err != nil {
		return err
	}
	api := b.api(door)
	jobs, background := b.jobs(streams)
	// What is referred to by name only must still be there first.
	for _, functions := range []awscdk.Stack{api, jobs} {
		functions.AddStackDependency(data, nil)
		functions.AddStackDependency(mail, nil)
		functions.AddStackDependency(site, nil)
	}
	watch := b.watch(door, background)
	watch.AddStackDependency(api, nil)
	watch.AddStackDependency(jobs, nil)
	return nil
}

// stack adds one of the deployment's stacks.
func (b *builder) stack(name, description string, protected bool) awscdk.Stack {
	env := &awscdk.Environment{Region: jsii.String(b.settings.Region)}
	if b.settings.Account != "" {
		env.Account = jsii.String(b.settings.Account)
	}
	stack := awscdk.NewStack(b.app, jsii.String(b.settings.name(name)), &awscdk.StackProps{
		Env: env, Description: jsii.String("Portero " + b.settings.Stage + ": " + description),
		TerminationProtection: jsii.Bool(protected),
	})
	awscdk.Tags_Of(stack).Add(jsii.String("portero"), jsii.String(b.settings.Stage), nil)
	return stack
}

// output tells whoever deployed something they need next, under a name of its
// own beside the constructs'.
func output(stack awscdk.Stack, name, description, value string) {
	out := awscdk.NewCfnOutput(stack, jsii.String("Output"+name), &awscdk.CfnOutputProps{Description: jsii.String(description), Value: jsii.String(value)})
	out.OverrideLogicalId(jsii.String(name))
}

// explain puts a row's name before what is wrong with it.
func explain(f contract.Function, format string, args ...any) error {
	return fmt.Errorf("row %s: "+format, append([]any{f.Name}, args...)...)
}
