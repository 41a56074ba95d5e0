// Command hello is the smallest Lambda function: what any start costs.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

type hello struct{}

func (hello) Invoke(context.Context, []byte) ([]byte, error) { return []byte(`"hello"`), nil }

func main() { lambda.Start(hello{}) }
