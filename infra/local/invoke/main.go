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

func run(ctx context.Context, a asked) (string, error) {
	if _, known := functions.Find(a.fn); !known {
		return "", fmt.Errorf("no function is called %q: FN=invitations/create, for example; functions/functions.go lists them", a.fn)
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
	return os.ReadFile(file)
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
	name := "portero-" + a.stage + "-" + strings.ReplaceAll(a.fn, "/", "-")
	out, err := lambda.NewFromConfig(c).Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(name), Payload: event})
	if err != nil {
		return "", fmt.Errorf("call %s: %w", name, err)
	}
	if out.FunctionError != nil {
		return "", fmt.Errorf("%s failed: %s", name, out.Payload)
	}
	return pretty(out.Payload), nil
}

func pretty(raw []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}
