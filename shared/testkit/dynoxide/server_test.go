package dynoxide_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"portero/shared/testkit/dynoxide"
)

func start(t *testing.T, o dynoxide.Options) *dynoxide.Server {
	t.Helper()
	s, err := dynoxide.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func config(s *dynoxide.Server) aws.Config {
	return aws.Config{
		Region:       "us-east-1",
		BaseEndpoint: &s.Endpoint,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
		}),
	}
}

func client(s *dynoxide.Server) *dynamodb.Client { return dynamodb.NewFromConfig(config(s)) }

func streams(s *dynoxide.Server) *dynamodbstreams.Client {
	return dynamodbstreams.NewFromConfig(config(s))
}

func isListening(s *dynoxide.Server) bool {
	u, err := url.Parse(s.Endpoint)
	if err != nil {
		return false
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

func TestStart(t *testing.T) {
	t.Run("two servers at once do not share data", func(t *testing.T) {
		a, b := start(t, dynoxide.Options{}), start(t, dynoxide.Options{})
		if a.Endpoint == b.Endpoint {
			t.Fatalf("both answer at %s", a.Endpoint)
		}
		createTable(t, client(a), "only-in-a")
		for _, s := range []*dynoxide.Server{a, b} {
			out, err := client(s).ListTables(t.Context(), &dynamodb.ListTablesInput{})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := len(out.TableNames), map[*dynoxide.Server]int{a: 1, b: 0}[s]; got != want {
				t.Errorf("%s has %d tables, want %d", s.Endpoint, got, want)
			}
		}
	})
	t.Run("a closed server no longer answers and leaves no file", func(t *testing.T) {
		s := start(t, dynoxide.Options{})
		if got := leftovers(t); len(got) != 0 {
			t.Errorf("files while it runs: %v", got)
		}
		createTable(t, client(s), "any") // leaves an idle connection open, too
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if isListening(s) {
			t.Error("somebody still listens")
		}
		if err := s.Close(); err != nil {
			t.Errorf("second Close: %v", err)
		}
	})
	t.Run("a data directory keeps the data between starts", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "made", "when missing")
		first := start(t, dynoxide.Options{DataDir: dir})
		createTable(t, client(first), "kept")
		put(t, client(first), "kept", "a")
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		second := start(t, dynoxide.Options{DataDir: dir})
		if got := get(t, client(second), "kept", "a"); got == nil {
			t.Error("the item is gone")
		}
	})
	t.Run("prints to the log", func(t *testing.T) {
		var log strings.Builder
		s := start(t, dynoxide.Options{Log: &log})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if want := "Dynoxide listening on " + s.Endpoint; !strings.Contains(log.String(), want) {
			t.Errorf("log is %q", log.String())
		}
	})
}

// leftovers are the scratch directories of this process.
func leftovers(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{"/dev/shm", os.TempDir()} {
		found, err := filepath.Glob(filepath.Join(dir, fmt.Sprintf("portero-dynoxide-%d-*", os.Getpid())))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

func TestEndpointVariable(t *testing.T) {
	t.Run("a given endpoint is used and not closed", func(t *testing.T) {
		own := start(t, dynoxide.Options{})
		t.Setenv("DYNAMODB_ENDPOINT", own.Endpoint+"/")
		given := start(t, dynoxide.Options{})
		if given.Endpoint != own.Endpoint {
			t.Errorf("endpoint is %s, want %s", given.Endpoint, own.Endpoint)
		}
		if err := given.Close(); err != nil {
			t.Fatal(err)
		}
		res, err := http.Get(own.Endpoint)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	})
	for _, wrong := range []string{"localhost:8000", "http://", "ftp://a"} {
		t.Run("refuses "+wrong, func(t *testing.T) {
			t.Setenv("DYNAMODB_ENDPOINT", wrong)
			if _, err := dynoxide.Start(t.Context(), dynoxide.Options{}); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestMissingBinaryIsOneLineThatSaysWhatToRun(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("PATH", "")
	_, err := dynoxide.Start(t.Context(), dynoxide.Options{})
	if err == nil || !strings.Contains(err.Error(), "npm ci --prefix infra") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error is %v", err)
	}
}

// BenchmarkStart is where the 5 ms in Start's comment come from.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s, err := dynoxide.Start(b.Context(), dynoxide.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
