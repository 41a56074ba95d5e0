// Command bootstrap is the one binary that is deployed. Lambda's handler
// setting names the function it becomes; only that function's row is
// registered, and only the clients it uses are made.
package main

import (
	"fmt"
	"os"
	_ "time/tzdata" // zones do not depend on the machine

	"github.com/aws/aws-lambda-go/lambda"

	"portero/functions"
	"portero/shared/app"
)

func main() {
	app.CollectLess()
	name := os.Getenv("_HANDLER") // set by Lambda: docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
	f, known := functions.Find(name)
	if !known {
		fmt.Fprintf(os.Stderr, "bootstrap: the handler setting %q names no function\n", name)
		os.Exit(2)
	}
	clock, config := app.NewClock(f.Row), app.FromEnvironment()
	config.Now = clock.Now
	lambda.Start(handler{serve: f.Start(app.New(config, f.Row.Base().Uses)), clock: clock})
}
