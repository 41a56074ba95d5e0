package app

import (
	"context"
	"errors"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// environmentCredentials reads what Lambda puts into the environment
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
type environmentCredentials struct{}

// Retrieve fails if the environment has no credentials.
func (environmentCredentials) Retrieve(context.Context) (aws.Credentials, error) {
	c := aws.Credentials{
		AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken: os.Getenv("AWS_SESSION_TOKEN"), Source: "environment",
	}
	if !c.HasKeys() {
		return c, errors.New("no AWS credentials in the environment")
	}
	return c, nil
}
