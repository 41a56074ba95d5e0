package policy

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Credential is who signed a request, for what. The signature itself is not
// checked.
type Credential struct {
	AccessKey string
	Date      string // of the scope: "20261122"
	Region    string
	Service   string // as signed: "dynamodb" for streams too
	Token     string // of the session; empty for keys that last
}

var (
	// errUnsigned is a request without a SigV4 header.
	errUnsigned  = errors.New("the request is not signed (no AWS4-HMAC-SHA256 Authorization header)")
	accessKey    = regexp.MustCompile(`^[A-Za-z0-9_]{16,128}$`) // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
	scopeDate    = regexp.MustCompile(`^[0-9]{8}$`)
	scopeName    = regexp.MustCompile(`^[a-z0-9-]+$`)
	signatureHex = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// CredentialOf reads who signed a request out of its Authorization header, by
// Signature Version 4
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html).
// A request that is not signed, or not in that form, is an error; so is one
// whose signature does not cover its host or its session token.
func CredentialOf(r *http.Request) (Credential, error) {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	if !ok || len(r.Header.Values("Authorization")) != 1 {
		return Credential{}, errUnsigned
	}
	field := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if _, twice := field[name]; !ok || twice {
			return Credential{}, errors.New("the Authorization header is malformed")
		}
		field[name] = value
	}
	scope := strings.Split(field["Credential"], "/")
	if len(scope) != 5 || scope[4] != "aws4_request" || !accessKey.MatchString(scope[0]) || !scopeDate.MatchString(scope[1]) ||
		!scopeName.MatchString(scope[2]) || !scopeName.MatchString(scope[3]) {
		return Credential{}, errors.New("the Authorization header's Credential is malformed")
	}
	if !signatureHex.MatchString(field["Signature"]) {
		return Credential{}, errors.New("the Authorization header's Signature is malformed")
	}
	c := Credential{scope[0], scope[1], scope[2], scope[3], r.Header.Get("X-Amz-Security-Token")}
	signed := strings.Split(field["SignedHeaders"], ";")
	if !slices.Contains(signed, "host") || c.Token != "" && !slices.Contains(signed, "x-amz-security-token") {
		return Credential{}, errors.New("the signature leaves out the host or the session token")
	}
	return c, nil
}
