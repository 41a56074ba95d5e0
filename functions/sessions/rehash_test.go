//go:build rehearsal

package sessions_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// TestAWeakerHashIsMadeAnewAtSignIn puts a hash of an older cost into the table,
// as a deployment from before has them.
func TestAWeakerHashIsMadeAnewAtSignIn(t *testing.T) {
	w := testkit.New(t)
	ctx, client := context.Background(), local.DatabaseClient(w.System.Database())
	table := w.System.Tables()[schema.Core]
	admin := func() map[string]types.AttributeValue {
		t.Helper()
		all, err := client.Scan(ctx, &dynamodb.ScanInput{
			TableName: &table, FilterExpression: aws.String("kind = :kind AND address = :address"),
			ExpressionAttributeValues: map[string]types.AttributeValue{
				":kind": &types.AttributeValueMemberS{Value: "identity"}, ":address": &types.AttributeValueMemberS{Value: testkit.AdminAddress},
			},
		})
		if err != nil || len(all.Items) != 1 {
			t.Fatalf("%d identities, %v", len(all.Items), err)
		}
		return all.Items[0]
	}
	weak, err := password.New(password.Plain(testkit.Password), testkit.CheapCost, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	item := admin()
	item["password"] = &types.AttributeValueMemberS{Value: string(weak)}
	if _, err := client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: item}); err != nil {
		t.Fatal(err)
	}
	signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).OK()
	kept, _ := admin()["password"].(*types.AttributeValueMemberS)
	if kept == nil || kept.Value == string(weak) || !strings.Contains(kept.Value, "m=19456") {
		t.Error("the weaker hash is kept")
	}
	signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).OK()
}
