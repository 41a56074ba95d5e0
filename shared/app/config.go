package app

import (
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"portero/shared/contract"
	"portero/shared/domain/password"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// Config is every setting a function can have. In Lambda it comes from the
// template's environment (FromEnvironment); the local system and the tests fill
// it by hand.
type Config struct {
	Region        string
	Credentials   aws.CredentialsProvider
	Stage         string
	Tables        map[schema.Name]string
	BaseURL       string // the one origin of pages and API, no slash at the end
	Sender        string // the deployment's verified sender
	Configuration string // the SES configuration set
	OriginSecret  string
	// Restored is since when these tables are a restored copy; zero: they are
	// not. What is older is not mailed until it is released (jobs/release).
	Restored time.Time

	// What no template can carry.
	PlainCookies bool           // see web.Server
	DynamoDB     string         // endpoint of a stand-in; empty: AWS's
	SES          string         // likewise
	HTTP         aws.HTTPClient // empty: the SDK's
	Now          func() time.Time
	Cost         password.Cost         // zero: password.DefaultCost
	Meter        func(dynamo.Consumed) // told what each database call consumed; nil: nobody asks
	Log          *slog.Logger
	// Workers is how many things of a sweep are done at a time; zero: 8. A
	// simulation sets 1, so that nothing but its scheduler decides the order.
	Workers int
}

// FromEnvironment reads the settings that the template gave this function.
func FromEnvironment() Config {
	return Config{
		Region:      os.Getenv("AWS_REGION"),
		Credentials: environmentCredentials{},
		Stage:       os.Getenv(contract.EnvStage),
		Tables: map[schema.Name]string{
			schema.Core:     os.Getenv(contract.EnvCoreTable),
			schema.Audit:    os.Getenv(contract.EnvAuditTable),
			schema.Ephemera: os.Getenv(contract.EnvEphemera),
		},
		BaseURL:       os.Getenv(contract.EnvBaseURL),
		Sender:        os.Getenv(contract.EnvSender),
		Configuration: os.Getenv(contract.EnvConfigSet),
		OriginSecret:  os.Getenv(contract.EnvOriginSecret),
		Restored:      restored(os.Getenv(contract.EnvRestored)),
		DynamoDB:      os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"), // the SDK's own names, honoured as it would
		SES:           os.Getenv("AWS_ENDPOINT_URL_SES"),
		Now:           time.Now,
		Log:           slog.New(slog.NewJSONHandler(os.Stdout, nil)),
	}
}

// restored reads an instant that the templates' settings have checked
// (infra/stacks/settings.go). One that is none holds back every mail: none twice
// is better than all at once.
func restored(setting string) time.Time {
	if setting == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, setting)
	if err != nil {
		return time.Unix(1<<40, 0)
	}
	return at
}

// Timeouts of one call to an AWS service: short, so that the SDK's retries fit
// into the function's time (reliability C: "short per-call timeouts").
const (
	callTimeout = 3 * time.Second
	mailTimeout = 12 * time.Second // above mail's own, which decides
	maxAttempts = 3
)

// Connections that are kept for the next call.
const (
	idleConns   = 16               // for what is asked at once (chosen; no evidence)
	idleTimeout = 90 * time.Second // as http.DefaultTransport
)

func (c Config) http(timeout time.Duration) aws.HTTPClient {
	if c.HTTP != nil {
		return c.HTTP
	}
	// Not a clone of http.DefaultTransport, which is made ready for HTTP/2, at
	// every start (0.05 ms, measured), for services that do not speak it.
	return &http.Client{Timeout: timeout, Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: timeout}).DialContext, TLSHandshakeTimeout: timeout,
		MaxIdleConnsPerHost: idleConns, IdleConnTimeout: idleTimeout,
	}}
}
