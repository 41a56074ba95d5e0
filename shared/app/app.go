package app

import (
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/ses"

	"portero/shared/contract"
	"portero/shared/domain/password"
	"portero/shared/dynamo"
	"portero/shared/mail"
	"portero/shared/web"
)

// App is what handlers work with: the store, the mailer and the clock. Services
// of the domain are made from it by the handlers, as values.
type App struct {
	Config Config
	Store  *dynamo.Store
	Mail   mail.Sender
	Cost   password.Cost
	Log    *slog.Logger
	server *web.Server
}

// New builds the clients a function uses, and nothing else.
func New(c Config, uses contract.Uses) *App {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Log = slog.New(correlated{c.Log.Handler()})
	a := &App{Config: c, Cost: c.Cost, Log: c.Log}
	if a.Cost == (password.Cost{}) {
		a.Cost = password.DefaultCost
	}
	sdk := aws.Config{
		Region: c.Region, Credentials: c.Credentials, HTTPClient: c.http(callTimeout),
		Retryer: func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = maxAttempts })
		},
	}
	if len(uses.Tables) > 0 {
		a.Store = &dynamo.Store{Tables: c.Tables, Meter: c.Meter, Client: dynamodb.NewFromConfig(sdk, func(o *dynamodb.Options) {
			if c.DynamoDB != "" {
				o.BaseEndpoint = aws.String(c.DynamoDB)
			}
		})}
	}
	if uses.Mail {
		a.Mail = mail.Sender{ConfigurationSet: c.Configuration, SES: ses.NewFromConfig(sdk, func(o *ses.Options) {
			o.HTTPClient = c.http(mailTimeout)
			if c.SES != "" {
				o.BaseEndpoint = aws.String(c.SES)
			}
		})}
	}
	a.server = &web.Server{Store: a.Store, Now: c.Now, Log: c.Log, BaseURL: c.BaseURL, OriginSecret: c.OriginSecret, PlainCookies: c.PlainCookies}
	return a
}

// Now is the current instant in UTC, whole seconds.
func (a *App) Now() time.Time { return a.Config.Now().UTC().Truncate(time.Second) }
