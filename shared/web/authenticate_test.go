package web

import (
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

func request(method string, headers map[string]string) *events.APIGatewayV2HTTPRequest {
	e := &events.APIGatewayV2HTTPRequest{Headers: headers}
	e.RequestContext.HTTP.Method = method
	e.RequestContext.HTTP.SourceIP = "192.0.2.1"
	return e
}

func TestD32WhatAnotherSitesPageSendsIsRefused(t *testing.T) {
	s := &Server{BaseURL: "https://portal.firm.example"}
	for _, c := range []struct {
		name    string
		method  string
		headers map[string]string
		cookie  bool
		refused bool
	}{
		{"our own page", "POST", map[string]string{"sec-fetch-site": "same-origin"}, true, false},
		{"typed into the address bar", "POST", map[string]string{"sec-fetch-site": "none"}, true, false},
		{"another site", "POST", map[string]string{"sec-fetch-site": "cross-site"}, true, true},
		{"another site without a cookie", "POST", map[string]string{"sec-fetch-site": "cross-site"}, false, true},
		{"a sister host", "POST", map[string]string{"sec-fetch-site": "same-site"}, true, true},
		{"an old browser on our page", "POST", map[string]string{"origin": "https://portal.firm.example"}, true, false},
		{"an old browser on another page", "POST", map[string]string{"origin": "https://evil.example"}, true, true},
		{"a sandboxed page", "POST", map[string]string{"origin": "null"}, true, true},
		{"our host over http", "DELETE", map[string]string{"origin": "http://portal.firm.example"}, true, true},
		{"a cookie without either header", "PATCH", nil, true, true},
		{"a program with a bearer token", "POST", nil, false, false},
		{"reading from anywhere", "GET", map[string]string{"sec-fetch-site": "cross-site"}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := s.sameOrigin(request(c.method, c.headers), c.cookie); (err != nil) != c.refused {
				t.Fatalf("%v", err)
			}
		})
	}
}

func TestTheViewersAddressIsBelievedBesideTheOriginsSecretOnly(t *testing.T) {
	for _, c := range []struct {
		name, secret string
		headers      map[string]string
		want         string
	}{
		{"with the secret", "s3", map[string]string{viewerHeader: "203.0.113.9:4711", originHeader: "s3"}, "203.0.113.9"},
		{"an IPv6 viewer", "s3", map[string]string{viewerHeader: "[2001:db8::1]:4711", originHeader: "s3"}, "2001:db8::1"},
		{"CloudFront's form of an IPv6 viewer", "s3", map[string]string{viewerHeader: "2001:db8::1", originHeader: "s3"}, "2001:db8::1"},
		{"with a wrong secret", "s3", map[string]string{viewerHeader: "203.0.113.9", originHeader: "no"}, "192.0.2.1"},
		{"without the secret", "s3", map[string]string{viewerHeader: "203.0.113.9"}, "192.0.2.1"},
		{"where no secret is set", "", map[string]string{viewerHeader: "203.0.113.9", originHeader: ""}, "192.0.2.1"},
		{"what is no address", "s3", map[string]string{viewerHeader: "\n", originHeader: "s3"}, "192.0.2.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Server{OriginSecret: c.secret}
			if got := s.viewer(request("GET", c.headers)); got != c.want {
				t.Fatalf("%s", got)
			}
		})
	}
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "::ffff:203.0.113.9": "203.0.113.9",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "unknown", "x": "unknown",
	} {
		if got := network(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
