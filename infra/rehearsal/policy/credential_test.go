package policy

import (
	"net/http/httptest"
	"strings"
	"testing"
)

const signature = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

const authorization = "AWS4-HMAC-SHA256 Credential=AKIAREHEARSAL00001/20261122/eu-central-1/dynamodb/aws4_request, " +
	"SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=" + signature

func TestASignedRequestSaysWhoSignedIt(t *testing.T) {
	r := httptest.NewRequest("POST", "/", nil)
	r.Header.Set("Authorization", authorization)
	r.Header.Set("X-Amz-Security-Token", "t")
	got, err := CredentialOf(r)
	if want := (Credential{"AKIAREHEARSAL00001", "20261122", "eu-central-1", "dynamodb", "t"}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestARequestThatIsNotSignedInFormIsAnError(t *testing.T) {
	for _, c := range []struct{ name, header, says string }{
		{"no header", "", "not signed"},
		{"another scheme", "Bearer abc", "not signed"},
		{"another algorithm", strings.Replace(authorization, "HMAC-SHA256", "ECDSA-P256-SHA256", 1), "not signed"},
		{"a scope that is too short", strings.Replace(authorization, "/dynamodb", "", 1), "Credential"},
		{"a scope of another end", strings.Replace(authorization, "aws4_request", "aws5_request", 1), "Credential"},
		{"a key with a slash", strings.Replace(authorization, "AKIA", "AK/A", 1), "Credential"},
		{"no credential", "AWS4-HMAC-SHA256 Signature=" + signature, "Credential"},
		{"two credentials", authorization + ", Credential=x", "malformed"},
		{"a part without value", authorization + ", x", "malformed"},
		{"a signature that is too short", strings.Replace(authorization, "0123", "", 1), "Signature"},
		{"a host that is not signed", strings.Replace(authorization, "host;", "", 1), "leaves out"},
		{"a token that is not signed", strings.Replace(authorization, ";x-amz-security-token", "", 1), "leaves out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/", nil)
			r.Header.Set("Authorization", c.header)
			r.Header.Set("X-Amz-Security-Token", "t")
			if got, err := CredentialOf(r); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%+v, %v; want %q", got, err, c.says)
			}
		})
	}
}

func FuzzCredentialOf(f *testing.F) {
	f.Add(authorization, "t")
	f.Fuzz(func(t *testing.T, header, token string) {
		r := httptest.NewRequest("POST", "/", nil)
		r.Header["Authorization"] = []string{header}
		r.Header["X-Amz-Security-Token"] = []string{token}
		if c, err := CredentialOf(r); err == nil && (c.AccessKey == "" || c.Region == "" || c.Service == "") {
			t.Errorf("%+v", c)
		}
	})
}
