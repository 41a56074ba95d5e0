package rehearsal

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/rehearsal/template"
	"portero/shared/dynamo/schema"
)

// table is one as a template has it, in the API's own words.
type table struct {
	TableName               string
	BillingMode             types.BillingMode
	AttributeDefinitions    []types.AttributeDefinition
	KeySchema               []types.KeySchemaElement
	GlobalSecondaryIndexes  []types.GlobalSecondaryIndex
	StreamSpecification     *types.StreamSpecification
	TimeToLiveSpecification *types.TimeToLiveSpecification

	stream string // its ARN as the template has it
}

func (p *plan) addTables(a *template.Assembly) error {
	for _, r := range a.Of("AWS::DynamoDB::Table") {
		var t table
		if err := r.Decode(&t); err != nil {
			return err
		}
		t.stream, _ = r.Attribute("StreamArn")
		p.tables = append(p.tables, t)
	}
	return nil
}

// tableNames finds each table of the schema among the templates', by its name's
// end: the stage stands before it.
func tableNames(tables []table) (map[schema.Name]string, error) {
	names := map[schema.Name]string{}
	for _, t := range tables {
		for _, declared := range schema.Tables() {
			if strings.HasSuffix(t.TableName, "-"+string(declared.Name)) {
				names[declared.Name] = t.TableName
			}
		}
	}
	if len(names) != len(schema.Tables()) {
		return nil, fmt.Errorf("the templates have other tables than the schema: %v", names)
	}
	return names, nil
}

// partitionKeys names the partition key of every table and index, as conditions
// on leading keys need it.
func partitionKeys(tables []table) map[string]string {
	keys := map[string]string{}
	add := func(name string, schema []types.KeySchemaElement) {
		for _, k := range schema {
			if k.KeyType == types.KeyTypeHash {
				keys[name] = aws.ToString(k.AttributeName)
			}
		}
	}
	for _, t := range tables {
		add(t.TableName, t.KeySchema)
		for _, i := range t.GlobalSecondaryIndexes {
			add(t.TableName+"/"+aws.ToString(i.IndexName), i.KeySchema)
		}
	}
	return keys
}

// createTables makes every table as the template has it. The template's
// properties have the names of the API's; what the stand-in has no notion of
// (encryption, recovery, protection) is left to the tests of infra/stacks. It
// returns the streams: the template's ARN → the stand-in's.
func createTables(ctx context.Context, client *dynamodb.Client, tables []table) (map[string]string, error) {
	streams := map[string]string{}
	for _, in := range tables {
		if in.StreamSpecification != nil {
			in.StreamSpecification.StreamEnabled = aws.Bool(true) // in a template its presence says so
		}
		made, err := client.CreateTable(ctx, &dynamodb.CreateTableInput{
			TableName: aws.String(in.TableName), BillingMode: in.BillingMode, AttributeDefinitions: in.AttributeDefinitions,
			KeySchema: in.KeySchema, GlobalSecondaryIndexes: in.GlobalSecondaryIndexes, StreamSpecification: in.StreamSpecification,
		})
		if err != nil {
			return nil, fmt.Errorf("create table %s: %w", in.TableName, err)
		}
		if in.TimeToLiveSpecification != nil {
			if _, err := client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{TableName: aws.String(in.TableName), TimeToLiveSpecification: in.TimeToLiveSpecification}); err != nil {
				return nil, fmt.Errorf("set the TTL of %s: %w", in.TableName, err)
			}
		}
		if in.StreamSpecification != nil {
			streams[in.stream] = aws.ToString(made.TableDescription.LatestStreamArn)
		}
	}
	return streams, nil
}
