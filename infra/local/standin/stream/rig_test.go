package stream_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"portero/infra/local/standin/stream"
	"portero/shared/testkit/dynoxide"
)

// server is one database for all tests of this package; each has its own table.
var server *dynoxide.Server

func TestMain(m *testing.M) {
	var err error
	if server, err = dynoxide.Start(context.Background(), dynoxide.Options{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = server.Close()
	os.Exit(code)
}

func config() aws.Config {
	return aws.Config{
		Region: "us-east-1", BaseEndpoint: &server.Endpoint,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
		}),
	}
}

// table is a table with a stream, and what a function was given of it.
type table struct {
	name, arn string
	client    *dynamodb.Client
}

func newTable(t *testing.T) *table {
	t.Helper()
	tb := &table{name: "table-" + rand.Text(), client: dynamodb.NewFromConfig(config())}
	out, err := tb.client.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: &tb.name, BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS}},
		KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash}},
		StreamSpecification: &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
	})
	if err != nil {
		t.Fatal(err)
	}
	tb.arn = aws.ToString(out.TableDescription.LatestStreamArn)
	return tb
}

// write writes items with these keys, one after the other.
func (tb *table) write(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		item := map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: key}}
		if _, err := tb.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &tb.name, Item: item}); err != nil {
			return err
		}
	}
	return nil
}

func (tb *table) put(t *testing.T, keys ...string) {
	t.Helper()
	if err := tb.write(t.Context(), keys...); err != nil {
		t.Fatal(err)
	}
}

// putBeside writes while the test goes on, and is waited for at its end.
func (tb *table) putBeside(t *testing.T, keys ...string) {
	t.Helper()
	ended := make(chan error)
	go func() { ended <- tb.write(context.WithoutCancel(t.Context()), keys...) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// calls records what a function was given: the keys of each batch.
type calls struct {
	batches []string
	// answer, when set, decides the function's answer from the batch's keys.
	answer func(call int, batch events.DynamoDBEvent) (string, error)
}

func (c *calls) handle(_ context.Context, event []byte) ([]byte, error) {
	var e events.DynamoDBEvent
	if err := json.Unmarshal(event, &e); err != nil {
		return nil, err
	}
	c.batches = append(c.batches, keys(e))
	if c.answer == nil {
		return nil, nil
	}
	answer, err := c.answer(len(c.batches), e)
	return []byte(answer), err
}

// String is the batches, one in brackets after the other.
func (c *calls) String() string { return strings.Join(c.batches, " ") }

func keys(e events.DynamoDBEvent) string {
	var all []string
	for _, r := range e.Records {
		all = append(all, r.Change.Keys["pk"].String())
	}
	return fmt.Sprint(all)
}

// failing answers that the records with these keys failed.
func failing(e events.DynamoDBEvent, keys ...string) string {
	var failures []string
	for _, r := range e.Records {
		for _, key := range keys {
			if r.Change.Keys["pk"].String() == key {
				failures = append(failures, fmt.Sprintf(`{"itemIdentifier":%q}`, r.Change.SequenceNumber))
			}
		}
	}
	return `{"batchItemFailures":[` + strings.Join(failures, ",") + `]}`
}

func (tb *table) poller(c *calls) *stream.Poller {
	return &stream.Poller{
		Client: dynamodbstreams.NewFromConfig(config()), StreamARN: tb.arn, Handle: c.handle, Retries: 2,
	}
}

func drain(t *testing.T, p *stream.Poller) {
	t.Helper()
	if _, err := p.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}
