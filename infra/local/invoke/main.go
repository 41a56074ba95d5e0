// Command invoke calls one function: of the running local system by its
// gateway, or of a deployed stage by Lambda. `make invoke` and `make workspace`
// are made of it.
//
// For a deployed stage the credentials come from aws-sdk-go-v2/config, the
// SDK's own loader, because an operator signs in by profile or single sign-on.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"portero/functions"
	"portero/infra/local"
)

// patience is how long an answer may take: Lambda's longest run of ours.
const patience = 2 * time.Minute

type asked struct{ port, fn, event, stage, name, admin string }

func main() {
	var a asked
	flag.StringVar(&a.port, "port", "8080", "port of the running local system")
	flag.StringVar(&a.fn, "fn", "", "the function, for example invitations/create")
	flag.StringVar(&a.event, "event", "", "a file with the event; empty: the sample in events/")
	flag.StringVar(&a.stage, "stage", "", "a deployed stage; empty: the running local system")
	flag.StringVar(&a.name, "name", "", "of workspaces/create: the firm's name")
	flag.StringVar(&a.admin, "admin", "", "of workspaces/create: the first admin's address")
	flag.Usage = usage
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	answer, err := run(ctx, a)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(answer)
}

func usage() {
	fmt.Fprint(os.Stderr, `Calls one function of the running local system, as the demo admin:

  make invoke FN=invitations/create                the sample events/invitations/create.json
  make invoke FN=invitations/create EVENT=my.json  an event of your own
  make invoke FN=health/get PORT=8090              a system on another port

Creates a workspace and mails its first admin:

  make workspace NAME="Vega & Partners" ADMIN=ana@vega.example
  make workspace NAME=… ADMIN=… STAGE=prod         in the deployed stage

What it is given:
`)
	flag.PrintDefaults()
}

func run(ctx context.Context, a asked) (string, error) {
	if a.fn == "" {
		return "Say which function: make invoke FN=invitations/create, for example. There are:\n  " + strings.Join(named(""), "\n  "), nil
	}
	if _, known := functions.Find(a.fn); !known {
		return "", unknown(a.fn)
	}
	event, err := eventFor(a)
	if err != nil {
		return "", err
	}
	if a.stage != "" {
		return deployed(ctx, a, event)
	}
	return running(ctx, a, event)
}

// unknown says which functions there are: those of the same resource, if any,
// else all.
func unknown(fn string) error {
	resource, _, _ := strings.Cut(fn, "/")
	near := named(strings.TrimSuffix(resource, "s"))
	if len(near) == 0 {
		near = named("")
	}
	return fmt.Errorf("no function is called %q: make invoke FN=invitations/create, for example. There are:\n  %s", fn, strings.Join(near, "\n  "))
}

// named are the functions whose names begin so.
func named(beginning string) (all []string) {
	for _, row := range functions.Rows() {
		if name := row.Base().Name; strings.HasPrefix(name, beginning) {
			all = append(all, name)
		}
	}
	return all
}

func eventFor(a asked) ([]byte, error) {
	if a.name != "" || a.admin != "" {
		if a.name == "" || a.admin == "" {
			return nil, errors.New(`say both: make workspace NAME="Vega & Partners" ADMIN=ana@vega.example`)
		}
		return json.Marshal(map[string]string{"name": a.name, "admin": a.admin})
	}
	file := a.event
	if file == "" {
		file = filepath.Join("events", a.fn+".json")
	}
	event, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the event cannot be read: %w", err)
	}
	if !json.Valid(event) {
		return nil, fmt.Errorf("the event in %s is no JSON", file)
	}
	return event, nil
}

func running(ctx context.Context, a asked, event []byte) (string, error) {
	url := "http://localhost:" + a.port + local.InvokePath + a.fn
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(event))
	if err != nil {
		return "", err
	}
	req.Header.Set(local.InvokeHeader, "1")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("nothing answers on port %s: start it with `make run`, or say PORT=", a.port)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", a.fn, strings.TrimSpace(string(body)))
	}
	return pretty(body), nil
}

func deployed(ctx context.Context, a asked, event []byte) (string, error) {
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	if c.Region == "" {
		return "", errors.New("which region is it in? Say AWS_REGION=eu-west-1, for example")
	}
	if _, err := c.Credentials.Retrieve(ctx); err != nil {
		return "", fmt.Errorf("there are no AWS credentials: sign in, or say AWS_PROFILE= (%w)", err)
	}
	name := "portero-" + a.stage + "-" + strings.ReplaceAll(a.fn, "/", "-")
	out, err := lambda.NewFromConfig(c).Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(name), Payload: event})
	var missing *types.ResourceNotFoundException
	if errors.As(err, &missing) {
		return "", fmt.Errorf("there is no function %s in %s: is the stage deployed there?", name, c.Region)
	}
	if err != nil {
		return "", fmt.Errorf("call %s: %w", name, err)
	}
	if out.FunctionError != nil {
		return "", fmt.Errorf("%s failed: %s", name, out.Payload)
	}
	return pretty(out.Payload), nil
}

// pretty is an answer as people read it: of an endpoint the status and the body
// alone.
func pretty(raw []byte) string {
	var http struct {
		StatusCode int
		Body       string
	}
	if json.Unmarshal(raw, &http) == nil && http.StatusCode != 0 {
		return strings.TrimSpace(fmt.Sprintf("status %d\n%s", http.StatusCode, pretty([]byte(http.Body))))
	}
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}
