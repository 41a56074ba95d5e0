package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// inBulk is how many grants a bulk is about (issue 4).
	inBulk = 1_000
	// bulkAccounts is how many accounts they are at: a request may leave the contact
	// out in as many lines.
	bulkAccounts = 100
)

// measureBulk prints what bulk work takes: how many transactions, each of 100
// items at most, and which units.
func measureBulk(ctx context.Context) error {
	b, err := newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.system.Close() }()
	fmt.Printf("\nIn bulk: %d contacts of %d accounts, from the request to the last line\n", inBulk, bulkAccounts)
	fmt.Printf("  %-32s %12s %13s   %s\n", "what", "whole", "transactions", "units (table + index)")
	var accounts []string
	for _, one := range []struct {
		name string
		run  func() error
	}{
		{"put on file, from a CSV file", func() error { return b.importPeople(ctx) }},
		{"grant access, by a job", func() error {
			return b.Post(ctx, b.Path("/jobs"), map[string]any{"accounts": accounts, "access": "grant", "portal": b.Portal}, nil)
		}},
		{"a switch of each, in one request", func() error {
			var lines []any
			for _, a := range accounts {
				lines = append(lines, map[string]any{"account": a})
			}
			return b.Post(ctx, b.Path("/grants/batch"), map[string]any{"lines": lines, "notify": false}, nil)
		}},
	} {
		b.begin()
		if err := one.run(); err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		if err := b.system.Settle(ctx); err != nil {
			return err
		}
		took, writes := time.Since(b.began), b.writes
		u := b.resetUnits()
		fmt.Printf("  %-32s %9.0f ms %13d   reads %g + %g, writes %g + %g\n", one.name, ms(took), writes, u["read table"], u["read index"], u["write table"], u["write index"])
		if accounts, err = b.accounts(ctx); err != nil {
			return err
		}
	}
	return nil
}

// importPeople sends a file of inBulk people.
func (b *bench) importPeople(ctx context.Context) error {
	var file strings.Builder
	file.WriteString("email,name,company\n")
	for n := range inBulk {
		fmt.Fprintf(&file, "p%d@client.example,Person %d,Company %d\n", n, n, n%bulkAccounts)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.System.URL()+b.Path("/imports"), strings.NewReader(file.String()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "text/csv")
	req.Header.Set("Authorization", "Bearer "+b.Bearer)
	res, err := b.HTTP.Do(req)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusAccepted {
		err = fmt.Errorf("status %d", res.StatusCode)
	}
	return errors.Join(err, res.Body.Close())
}

// accounts are those of the file.
func (b *bench) accounts(ctx context.Context) ([]string, error) {
	var all []string
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		if err := b.Do(ctx, http.MethodGet, b.Path("/accounts?name=company&cursor="+cursor), nil, &page); err != nil {
			return nil, err
		}
		for _, a := range page.Items {
			all = append(all, a.ID)
		}
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}
