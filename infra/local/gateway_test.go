package local_test

import (
	"net"
	"strings"
	"testing"

	"portero/infra/local"
	"portero/shared/testkit"
)

func TestAConnectionThatAsksNothingDoesNotHoldTheEndUp(t *testing.T) {
	s, err := local.Start(t.Context(), local.Options{Database: testkit.Database(t), Prefix: "end-"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheGatewayAnswersLikeAPIGateway(t *testing.T) {
	w := testkit.Empty(t)
	t.Run("health says ok", func(t *testing.T) {
		r := w.Anonymous().Get("/v1/health").OK()
		if r.String("status") != "ok" || r.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s %v", r.Body, r.Header)
		}
	})
	t.Run("an unknown route is the gateway's own 404", func(t *testing.T) {
		if r := w.Anonymous().Get("/v1/nothing"); r.Status != 404 || !strings.Contains(string(r.Body), `"message"`) {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
	})
	t.Run("headers above 10,240 bytes are refused", func(t *testing.T) {
		if r := w.Anonymous().With("X-Long", strings.Repeat("a", 10240)).Get("/v1/health"); r.Status != 431 {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
	})
	t.Run("an unknown query parameter is refused by name", func(t *testing.T) {
		r := w.Anonymous().Get("/v1/health?pretty=1").Problem(422, "invalid")
		if r.String("errors.0.name") != "pretty" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("a parameter that stands twice is refused", func(t *testing.T) {
		r := w.Anonymous().Get("/v1/health?a=1&a=2").Problem(400, "duplicate_parameter")
		if r.String("errors.0.name") != "a" {
			t.Fatalf("%s", r.Body)
		}
	})
}
