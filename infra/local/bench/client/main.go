// Command client is a function with one hand-built DynamoDB client: what the
// start of Portero's binary is held against (design.md §9).
package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

type one struct{ c *dynamodb.Client }

func (o one) Invoke(ctx context.Context, _ []byte) ([]byte, error) {
	_, err := o.c.ListTables(ctx, &dynamodb.ListTablesInput{})
	return []byte(`"hello"`), err
}

func main() {
	c := dynamodb.New(dynamodb.Options{Region: os.Getenv("AWS_REGION"), Credentials: aws.CredentialsProviderFunc(
		func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY")}, nil
		})})
	lambda.Start(one{c})
}
