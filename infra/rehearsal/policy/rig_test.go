package policy

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/ses"
)

// here is where the tests' requests go.
var here = Place{
	Partition: "aws", Region: "eu-central-1", Account: "111122223333",
	Keys: map[string]string{
		"core": "pk", "core/list": "lpk", "core/due": "dpk", "audit": "pk", "audit/subject": "spk", "ephemera": "pk",
	},
	Identities: []string{"example.com", "desk@other.example"},
}

const tables = "arn:aws:dynamodb:eu-central-1:111122223333:table/"

// caught is a request as it was sent.
type caught struct {
	http *http.Request
	body []byte
}

func (c caught) calls(t *testing.T) ([]Call, error) {
	t.Helper()
	credential, err := CredentialOf(c.http)
	if err != nil {
		t.Fatalf("credential: %v", err)
	}
	if credential.AccessKey != "AKIAREHEARSAL00001" || credential.Token != "token-of-the-session" || credential.Region != here.Region {
		t.Errorf("credential %+v", credential)
	}
	return Calls(here, credential.Service, c.http, c.body)
}

type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func key(pk string) item { return item{"pk": text(pk), "sk": text("@")} }

// clients are the SDK's own, against a server that catches what they send.
type clients struct {
	items   *dynamodb.Client
	streams *dynamodbstreams.Client
	mail    *ses.Client
	lambda  *lambda.Client
}

// send returns what the SDK sends for a call.
func send(t *testing.T, call func(context.Context, clients)) caught {
	t.Helper()
	var got caught
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = caught{r.Clone(context.Background()), body}
		w.WriteHeader(http.StatusBadRequest)
	}))
	defer server.Close()
	c := aws.Config{
		Region: here.Region, BaseEndpoint: &server.URL, Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIAREHEARSAL00001", SecretAccessKey: "no secret", SessionToken: "token-of-the-session"}, nil
		}),
	}
	call(t.Context(), clients{dynamodb.NewFromConfig(c), dynamodbstreams.NewFromConfig(c), ses.NewFromConfig(c), lambda.NewFromConfig(c)})
	if got.http == nil {
		t.Fatal("nothing was sent")
	}
	return got
}

// roleOf parses policies written as JSON.
func roleOf(t testing.TB, statements ...string) *Role {
	t.Helper()
	role, err := parse(statements...)
	if err != nil {
		t.Fatal(err)
	}
	return role
}

func parse(statements ...string) (*Role, error) {
	list := make([]any, len(statements))
	for i, s := range statements {
		if err := json.Unmarshal([]byte(s), &list[i]); err != nil {
			return nil, err
		}
	}
	return ParseRole("fn", "arn:aws:iam::111122223333:role/fn", []any{map[string]any{"Version": "2012-10-17", "Statement": list}})
}
