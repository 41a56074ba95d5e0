package simulation

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/infra/local/standin/stream"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit/dynoxide"
)

// outside is what is not in the bubble: the database, which answers over a
// network, and the goroutine that asks it. A goroutine of the bubble that waited
// for a network would keep the bubble's time from passing.
type outside struct {
	jobs     chan func()
	done     chan struct{}
	database *dynoxide.Server
	client   *dynamodb.Client
	tables   map[schema.Name]string
	http     *http.Client
	copies   map[schema.Name]string                     // of the restore drill
	spoil    func(operation string, body []byte) []byte // nil: nobody does
}

// open starts a database with empty tables.
func open(ctx context.Context) (*outside, error) {
	database, err := dynoxide.Start(ctx, dynoxide.Options{})
	if err != nil {
		return nil, err
	}
	o := &outside{jobs: make(chan func()), done: make(chan struct{}), database: database,
		client: local.DatabaseClient(database.Endpoint), http: &http.Client{Transport: &http.Transport{}}}
	if o.tables, err = local.CreateTables(ctx, o.client, ""); err == nil {
		err = o.stopTTL(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, database.Close())
	}
	go func() {
		for job := range o.jobs {
			job()
			o.done <- struct{}{}
		}
	}()
	return o, nil
}

// stopTTL keeps the machine's clock from removing anything.
func (o *outside) stopTTL(ctx context.Context) error {
	for _, t := range schema.Tables() {
		if t.TTL == "" {
			continue
		}
		if _, err := o.client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{TableName: aws.String(o.tables[t.Name]),
			TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String(t.TTL), Enabled: aws.Bool(false)}}); err != nil {
			return err
		}
	}
	return nil
}

// do has a job done outside of the bubble and waits for it.
func (o *outside) do(job func()) {
	o.jobs <- job
	<-o.done
}

// close ends the database. It must not be called from the bubble.
func (o *outside) close() error {
	close(o.jobs)
	o.http.CloseIdleConnections()
	return o.database.Close()
}

// ask sends a call to the database.
func (o *outside) ask(c *call) (answer *http.Response, body []byte, err error) {
	header, sent := c.request.Header.Clone(), c.body
	if o.spoil != nil {
		sent = o.spoil(c.operation, sent)
	}
	o.do(func() {
		var request *http.Request
		if request, err = http.NewRequestWithContext(context.Background(), http.MethodPost, o.database.Endpoint, bytes.NewReader(sent)); err != nil {
			return
		}
		request.Header = header
		if answer, err = o.http.Do(request); err != nil {
			return
		}
		defer answer.Body.Close()
		body, err = io.ReadAll(answer.Body)
	})
	return answer, body, err
}

// follower reads a table's stream.
func (o *outside) follower(ctx context.Context, table schema.Name, handle func(event []byte)) (*stream.Poller, error) {
	described, err := o.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(o.tables[table])})
	if err != nil {
		return nil, err
	}
	return &stream.Poller{
		Client: local.StreamsClient(o.database.Endpoint, nil), StreamARN: aws.ToString(described.Table.LatestStreamArn), BatchSize: 1000,
		Handle: func(_ context.Context, event []byte) ([]byte, error) {
			handle(event)
			return []byte(`{"batchItemFailures":[]}`), nil
		},
	}, nil
}

// scan reads a whole table.
func (o *outside) scan(ctx context.Context, table schema.Name) (items []map[string]types.AttributeValue, err error) {
	pages := dynamodb.NewScanPaginator(o.client, &dynamodb.ScanInput{TableName: aws.String(o.tables[table]), ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
	}
	return items, nil
}
