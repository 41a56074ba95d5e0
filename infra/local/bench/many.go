package main

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/dynamo/schema"
)

// due is how many reminders are due among the pending.
const due = 100

// measureMany prints a list page and the reminder job with 100 due among 1,000
// and among 100,000 pending.
func measureMany(ctx context.Context) error {
	fmt.Printf("\nMany pending: a list page, and the reminder job with %d due\n", due)
	fmt.Printf("  %-10s %12s %14s %12s %9s   %s\n", "pending", "list page", "its units", "reminders", "calls", "units (table + index)")
	for _, pending := range []int{1_000, 100_000} {
		if err := many(ctx, pending); err != nil {
			return err
		}
	}
	return nil
}

func many(ctx context.Context, pending int) error {
	b, err := newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.system.Close() }()
	if err := b.fill(ctx, pending); err != nil {
		return err
	}
	var pages []time.Duration
	var pageUnits map[string]float64
	for range rounds {
		b.resetUnits()
		began := time.Now()
		if err := b.Do(ctx, "GET", b.Path("/invitations?state=pending"), nil, nil); err != nil {
			return err
		}
		pages, pageUnits = append(pages, time.Since(began)), b.resetUnits()
	}
	b.calls.reset()
	b.now = b.now.Add(3*24*time.Hour + time.Hour)
	began := time.Now()
	if _, err := b.system.Tick(ctx, "jobs/remind", b.now); err != nil {
		return err
	}
	took := time.Since(began)
	_, calls := b.calls.reset()
	u := b.resetUnits()
	fmt.Printf("  %-10d %9.2f ms %5g + %-5g %9.1f ms %9d   reads %g + %g, writes %g + %g\n", pending, ms(median(pages)),
		pageUnits["read table"], pageUnits["read index"], ms(took), calls, u["read table"], u["read index"], u["write table"], u["write index"])
	return nil
}

// fill invites what is due by the front door and copies one of them until there
// are enough, far from due, by BatchWriteItem.
func (b *bench) fill(ctx context.Context, pending int) error {
	var lines []any
	for i := range due {
		lines = append(lines, map[string]any{"address": fmt.Sprintf("due%d@client.example", i)})
	}
	var made struct {
		Lines []struct {
			Invitation string `json:"invitation"`
		} `json:"lines"`
	}
	if err := b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": lines}, &made); err != nil {
		return err
	}
	if err := b.system.Settle(ctx); err != nil {
		return err
	}
	client := local.DatabaseClient(b.system.Config().DynamoDB)
	table := aws.String(b.system.Tables()[schema.Core])
	id := made.Lines[0].Invitation
	out, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: table, Key: map[string]types.AttributeValue{
		"pk": &types.AttributeValueMemberS{Value: b.Workspace + "#invitation#" + id}, "sk": &types.AttributeValueMemberS{Value: "@"}}})
	if err != nil {
		return err
	}
	return copies(ctx, client, *table, out.Item, b.Workspace, pending-due)
}

// copies writes n copies of an invitation under other identifiers, due in a
// year.
func copies(ctx context.Context, client *dynamodb.Client, table string, item map[string]types.AttributeValue, ws string, n int) error {
	const batch = 25 // DynamoDB's limit of one BatchWriteItem
	for start := 0; start < n; start += batch {
		var writes []types.WriteRequest
		for i := start; i < min(start+batch, n); i++ {
			unique := fmt.Sprintf("inv_01jd0h%020d", i)
			copied := map[string]types.AttributeValue{}
			for name, v := range item {
				copied[name] = v
			}
			put := func(name, value string) { copied[name] = &types.AttributeValueMemberS{Value: value} }
			put("pk", ws+"#invitation#"+unique)
			put("id", unique)
			put("lsk", "2026-11-22T08:00:00Z#"+unique)
			put("dsk", "2027-11-22T08:00:00Z#"+ws+"#"+unique)
			writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: copied}})
		}
		if _, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{table: writes}}); err != nil {
			return err
		}
	}
	return nil
}
