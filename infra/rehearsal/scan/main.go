// Command scan plays the scanner profiles of infra/rehearsal/scanner against a
// running or deployed system: to each invitation link that it reads, one a line,
// it does what mail gateways and robots do, and then asks whether the invitation
// is still open.
//
//	go run ./infra/rehearsal/scan -base https://portal.firm.example <links.txt
//
// A line is a link as it was mailed, and may have the mail's List-Unsubscribe
// address behind a space. Links are secrets: they are read from the input, never
// from the command line, and never printed.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"portero/infra/rehearsal/scanner"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "scan:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("scan", flag.ContinueOnError)
	base := flags.String("base", "", "the origin of the system, e.g. https://portal.firm.example")
	later := flags.Duration("later", time.Minute, "how long to wait before the delayed profiles")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *base == "" || flags.NArg() > 0 {
		return errors.New("say -base and nothing else; links are read from the input, one a line")
	}
	links, err := read(in)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 30 * time.Second}
	all := make([]*scanner.Scanner, len(links))
	for i, l := range links {
		all[i] = &scanner.Scanner{HTTP: client, Base: strings.TrimSuffix(*base, "/"), Link: l, Random: rand.New(rand.NewPCG(1, uint64(i)))}
		state, err := stateOf(ctx, client, all[i])
		if err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
		if state != "pending" {
			return fmt.Errorf("line %d: the invitation is not open to begin with: %s", i+1, state)
		}
	}
	waited := false
	for _, p := range scanner.Profiles() {
		if p.Late && !waited {
			if err := wait(ctx, *later); err != nil {
				return err
			}
			waited = true
		}
		for i, s := range all {
			if err := s.Run(ctx, p); err != nil {
				return fmt.Errorf("line %d: %w", i+1, err)
			}
		}
		_, _ = fmt.Fprintf(out, "%-22s %s\n", p.Name, p.About)
	}
	return report(ctx, client, all, out)
}

func read(in io.Reader) ([]scanner.Link, error) {
	var links []scanner.Link
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		link, stop, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if link != "" {
			links = append(links, scanner.Link{URL: link, Stop: strings.TrimSpace(stop)})
		}
	}
	if len(links) == 0 {
		return nil, errors.Join(errors.New("no links on the input"), lines.Err())
	}
	return links, lines.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// report says what was given away and what was spent.
func report(ctx context.Context, client *http.Client, all []*scanner.Scanner, out io.Writer) error {
	asked, spent, found := 0, 0, 0
	for i, s := range all {
		asked += s.Asked()
		for _, f := range s.Found() {
			found++
			_, _ = fmt.Fprintf(out, "line %d: %s\n", i+1, f)
		}
		state, err := stateOf(ctx, client, s)
		if err != nil {
			return err
		}
		if state != "pending" {
			spent++
			_, _ = fmt.Fprintf(out, "line %d: the invitation is %s\n", i+1, state)
		}
	}
	_, _ = fmt.Fprintf(out, "%d requests to %d invitations: %d spent, %d given away\n", asked, len(all), spent, found)
	if spent+found > 0 {
		return errors.New("scanners do not leave invitations alone here")
	}
	return nil
}

// stateOf asks what state the invitation of a link is in, as its page does.
func stateOf(ctx context.Context, client *http.Client, s *scanner.Scanner) (string, error) {
	body, err := json.Marshal(map[string]string{"token": s.Link.Token()})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Base+"/v1/invitations/open", strings.NewReader(string(body)))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		State, Code string
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return "", fmt.Errorf("not an answer of Portero: %w", err)
	}
	return answer.State + answer.Code, nil
}
