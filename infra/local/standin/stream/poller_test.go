package stream_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/infra/local/standin/stream"
)

func TestDrain(t *testing.T) {
	t.Run("reads all there is in batches, and again only what is new", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.BatchSize = 2
		tb.put(t, "a", "b", "c")
		drain(t, p)
		tb.put(t, "d")
		drain(t, p)
		drain(t, p)
		if got, want := c.String(), "[a b] [c] [d]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("calls no function for records that the filter leaves out", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.BatchSize = 2
		p.Filter = func(r events.DynamoDBEventRecord) bool { return r.Change.Keys["pk"].String() == "yes" }
		tb.put(t, "no", "never", "yes", "no more")
		drain(t, p)
		if got, want := c.String(), "[yes]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("reads what the function itself writes", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		c.answer = func(call int, _ events.DynamoDBEvent) (string, error) {
			if call < 3 {
				tb.put(t, "more")
			}
			return "", nil
		}
		tb.put(t, "a")
		drain(t, tb.poller(c))
		if got, want := c.String(), "[a] [more] [more]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("of several goes on until none has anything to read", func(t *testing.T) {
		tb, first, second := newTable(t), new(calls), new(calls)
		second.answer = func(call int, _ events.DynamoDBEvent) (string, error) {
			if call == 1 {
				tb.put(t, "from second")
			}
			return "", nil
		}
		tb.put(t, "a")
		if err := stream.Drain(t.Context(), tb.poller(first), tb.poller(second)); err != nil {
			t.Fatal(err)
		}
		if want := "[a] [from second]"; first.String() != want || second.String() != want {
			t.Errorf("batches are %s and %s, want %s", first, second, want)
		}
	})
	t.Run("says when there is no such stream", func(t *testing.T) {
		tb := newTable(t)
		p := tb.poller(new(calls))
		p.StreamARN = "arn:aws:dynamodb:local:000000000000:table/none/stream/1"
		if _, err := p.Drain(t.Context()); err == nil {
			t.Error("no error")
		}
	})
}

func TestStart(t *testing.T) {
	t.Run("latest begins with what is written after the first look", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.Start = stream.Latest
		tb.put(t, "before")
		drain(t, p)
		tb.put(t, "after")
		drain(t, p)
		if got, want := c.String(), "[after]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("a saved position counts, whatever the start", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		file := filepath.Join(t.TempDir(), "made when missing", "deliver.json")
		for _, key := range []string{"a", "b"} {
			tb.put(t, key)
			p := tb.poller(c)
			p.PositionFile = file
			drain(t, p)
		}
		if got, want := c.String(), "[a] [b]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
	t.Run("the position of another stream does not", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "deliver.json")
		c := new(calls)
		for _, name := range []string{"old", "new"} {
			t.Run(name, func(t *testing.T) {
				tb := newTable(t)
				tb.put(t, name)
				p := tb.poller(c)
				p.PositionFile = file
				drain(t, p)
			})
		}
		if got, want := c.String(), "[old] [new]"; got != want {
			t.Errorf("batches are %s, want %s", got, want)
		}
	})
}

func TestContextThatEndsInABatchKeepsThePosition(t *testing.T) {
	tb, c := newTable(t), new(calls)
	ctx, cancel := context.WithCancel(t.Context())
	c.answer = func(call int, e events.DynamoDBEvent) (string, error) {
		switch call {
		case 1:
			return failing(e, "b"), nil // a is done
		case 2:
			cancel()
			return "", ctx.Err()
		}
		return "", nil
	}
	p := tb.poller(c)
	p.Retries = 5
	tb.put(t, "a", "b", "c")
	if _, err := p.Drain(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("error is %v", err)
	}
	drain(t, p)
	if got, want := c.String(), "[a b c] [b c] [b c]"; got != want {
		t.Errorf("batches are %s, want %s", got, want)
	}
}

func TestRun(t *testing.T) {
	// run runs the poller until the function took a batch, and returns its keys.
	run := func(t *testing.T, p *stream.Poller, c *calls) string {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		c.answer = func(int, events.DynamoDBEvent) (string, error) { cancel(); return "", nil }
		if err := p.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %v", err)
		}
		return c.String()
	}
	t.Run("waits for records and ends with the context", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.Idle = time.Millisecond
		tb.putBeside(t, "a")
		if got := run(t, p, c); got != "[a]" {
			t.Errorf("batches are %s", got)
		}
	})
	t.Run("waits within the window until the batch is full", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.Idle, p.Window, p.BatchSize = time.Millisecond, time.Hour, 3
		tb.put(t, "a")
		tb.putBeside(t, "b", "c", "d")
		if got := run(t, p, c); got != "[a b c]" {
			t.Errorf("batches are %s", got)
		}
	})
	t.Run("takes what is there when the window is over", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		p.Window, p.BatchSize = time.Millisecond, 3
		tb.put(t, "a")
		if got := run(t, p, c); got != "[a]" {
			t.Errorf("batches are %s", got)
		}
	})
	t.Run("tells what keeps it from reading, and goes on", func(t *testing.T) {
		tb := newTable(t)
		p := tb.poller(new(calls))
		p.StreamARN, p.Idle = "arn:aws:dynamodb:local:000000000000:table/none/stream/1", time.Millisecond
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		p.OnError = func(error) {
			if told++; told == 2 {
				cancel()
			}
		}
		if err := p.Run(ctx); !errors.Is(err, context.Canceled) || told != 2 {
			t.Errorf("Run returned %v after %d errors", err, told)
		}
	})
	t.Run("and Drain take turns", func(t *testing.T) {
		tb, c := newTable(t), new(calls)
		p := tb.poller(c)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- p.Run(ctx) }()
		tb.put(t, "a", "b", "c")
		drain(t, p)
		cancel()
		<-ended
		n := 0
		for _, b := range c.batches {
			n += (len(b) - 1) / 2
		}
		if n != 3 {
			t.Errorf("batches are %s", c)
		}
	})
}
