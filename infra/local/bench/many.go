package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/dynamo/schema"
)

// due is how many reminders are due among the pending.
const due = 100

// measureMany prints a page of invitations, one of who has not come yet, and the
// reminder job with 100 due among 1,000 and among 100,000 pending.
func measureMany(ctx context.Context) error {
	fmt.Printf("\nMany pending: a page of invitations, one of who has not come yet, and the reminder job with %d due\n", due)
	fmt.Printf("  %-10s %12s %13s %12s %13s %12s %9s   %s\n", "pending", "invitations", "its units", "pending list", "its units", "reminders", "calls", "units (table + index)")
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
	invited, err := b.page(ctx, "/invitations?state=pending")
	if err != nil {
		return err
	}
	waiting, err := b.page(ctx, "/pending?order=newest")
	if err != nil {
		return err
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
	fmt.Printf("  %-10d %s %s %9.1f ms %9d   reads %g + %g, writes %g + %g\n", pending, invited, waiting,
		ms(took), calls, u["read table"], u["read index"], u["write table"], u["write index"])
	return nil
}

// page reads a list page again and again, and says what it takes.
func (b *bench) page(ctx context.Context, path string) (string, error) {
	var pages []time.Duration
	var units map[string]float64
	for range rounds {
		b.resetUnits()
		began := time.Now()
		if err := b.Do(ctx, "GET", b.Path(path), nil, nil); err != nil {
			return "", err
		}
		pages, units = append(pages, time.Since(began)), b.resetUnits()
	}
	return fmt.Sprintf("%9.2f ms %5g + %-5g", ms(median(pages)), units["read table"], units["read index"]), nil
}

// fill invites what is due by the front door and copies one of them with its grant
// until there are enough, far from due, by BatchWriteItem.
func (b *bench) fill(ctx context.Context, pending int) error {
	var lines []any
	for i := range due {
		lines = append(lines, map[string]any{"address": fmt.Sprintf("due%d@client.example", i)})
	}
	if err := b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": lines}, nil); err != nil {
		return err
	}
	if err := b.system.Settle(ctx); err != nil {
		return err
	}
	var waiting struct {
		Items []struct {
			Invitation string
			Grants     []struct{ Account, Contact string }
		}
	}
	if err := b.Do(ctx, "GET", b.Path("/pending"), nil, &waiting); err != nil {
		return err
	}
	client := local.DatabaseClient(b.system.Config().DynamoDB)
	table := aws.String(b.system.Tables()[schema.Core])
	one := waiting.Items[0]
	for _, of := range []struct{ pk, sk string }{
		{"#invitation#" + one.Invitation, "@"}, {"#account#" + one.Grants[0].Account, "grant#" + one.Grants[0].Contact + "#" + b.Portal},
	} {
		out, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: table, Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: b.Workspace + of.pk}, "sk": &types.AttributeValueMemberS{Value: of.sk}}})
		if err != nil {
			return err
		}
		if len(out.Item) == 0 {
			return fmt.Errorf("no %s of %s", of.sk, of.pk)
		}
		if err := b.copies(ctx, client, *table, out.Item, pending-due); err != nil {
			return err
		}
	}
	return nil
}

// copies writes n copies of an invitation or a grant under other identifiers, due
// in a year and sent to yesterday.
func (b *bench) copies(ctx context.Context, client *dynamodb.Client, table string, item map[string]types.AttributeValue, n int) error {
	const batch = 25 // DynamoDB's limit of one BatchWriteItem
	for start := 0; start < n; start += batch {
		var writes []types.WriteRequest
		for i := start; i < min(start+batch, n); i++ {
			writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: b.copied(item, i)}})
		}
		if _, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{table: writes}}); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) copied(item map[string]types.AttributeValue, i int) map[string]types.AttributeValue {
	copied := map[string]types.AttributeValue{}
	for name, v := range item {
		copied[name] = v
	}
	put := func(name, value string) { copied[name] = &types.AttributeValueMemberS{Value: value} }
	invited, contact, account := fmt.Sprintf("inv_01jd0h%020d", i), fmt.Sprintf("con_01jd0h%020d", i), fmt.Sprintf("acc_01jd0h%020d", i)
	if item["sk"].(*types.AttributeValueMemberS).Value == "@" {
		put("pk", b.Workspace+"#invitation#"+invited)
		put("id", invited)
		put("lsk", "2026-11-22T08:00:00Z#"+invited)
		put("dsk", "2027-11-22T08:00:00Z#"+b.Workspace+"#"+invited)
		return copied
	}
	put("pk", b.Workspace+"#account#"+account)
	put("sk", "grant#"+contact+"#"+b.Portal)
	put("lsk", strings.Join([]string{"2026-11-22T08:00:00Z", invited, b.Portal, contact, account}, "#"))
	delete(copied, "dpk")
	delete(copied, "dsk")
	return copied
}
