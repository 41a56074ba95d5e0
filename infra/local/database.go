package local

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/dynamo/schema"
)

// CreateTables makes every table of the schema that is not there yet, with its
// indexes, stream and TTL, under prefix + name. The stand-in's tables come from
// the same rows as the deployed ones.
func CreateTables(ctx context.Context, client *dynamodb.Client, prefix string) (map[schema.Name]string, error) {
	names := map[schema.Name]string{}
	for _, t := range schema.Tables() {
		name := prefix + string(t.Name)
		names[t.Name] = name
		_, err := client.CreateTable(ctx, createTable(name, t))
		var there *types.ResourceInUseException
		if errors.As(err, &there) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("create table %s: %w", name, err)
		}
		if t.TTL == "" {
			continue
		}
		if _, err := client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{TableName: aws.String(name),
			TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String(t.TTL), Enabled: aws.Bool(true)}}); err != nil {
			return nil, fmt.Errorf("set the TTL of %s: %w", name, err)
		}
	}
	return names, nil
}

func createTable(name string, t schema.Table) *dynamodb.CreateTableInput {
	in := &dynamodb.CreateTableInput{
		TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest, KeySchema: keySchema(t.Partition, t.Sort),
	}
	attributes := map[string]bool{t.Partition: true, t.Sort: true}
	for _, g := range t.Indexes {
		attributes[g.Partition], attributes[g.Sort] = true, true
		projection := &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}
		if g.Include != nil {
			projection = &types.Projection{ProjectionType: types.ProjectionTypeInclude, NonKeyAttributes: g.Include}
		}
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(string(g.Name)), KeySchema: keySchema(g.Partition, g.Sort), Projection: projection,
		})
	}
	for a := range attributes {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: aws.String(a), AttributeType: types.ScalarAttributeTypeS})
	}
	if t.Stream != "" {
		in.StreamSpecification = &types.StreamSpecification{StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewType(t.Stream)}
	}
	return in
}

func keySchema(partition, sort string) []types.KeySchemaElement {
	return []types.KeySchemaElement{
		{AttributeName: aws.String(partition), KeyType: types.KeyTypeHash},
		{AttributeName: aws.String(sort), KeyType: types.KeyTypeRange},
	}
}

// region is the one that stand-ins pretend to be in.
const region = "eu-west-1"

// nobody are the credentials that stand-ins take from anyone.
func nobody() aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local", Source: "local"}, nil
	})
}
