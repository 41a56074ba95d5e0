package testkit

import (
	"context"
	"sync"
	"testing"

	"portero/shared/testkit/dynoxide"
)

// server is the one database of a test package; it ends with the process.
var server = sync.OnceValues(func() (*dynoxide.Server, error) {
	return dynoxide.Start(context.Background(), dynoxide.Options{})
})

// Database returns the endpoint of the test package's database. It fails the
// test, saying what to run, if there is none.
func Database(t testing.TB) string {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return s.Endpoint
}
