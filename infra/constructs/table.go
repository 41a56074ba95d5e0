package constructs

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"portero/shared/dynamo/schema"
)

// recoveryDays is how far back a kept table can be restored: the most there is
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html).
const recoveryDays = 35

// NewTable makes a table from its row under a logical id that never changes.
//
// Its name is given, not generated: other stacks and an operator who takes it
// back refer to it by name, and CloudFormation cannot replace a named table by
// an empty one. It is encrypted with the account's own DynamoDB key
// (aws/dynamodb), not with the AWS-owned one: the template says so, each use is
// in CloudTrail, nothing has to be granted, and at a few requests per five
// minutes it costs cents.
func NewTable(scope tree.Construct, t schema.Table, logicalID, name string) awsdynamodb.CfnTable {
	props := &awsdynamodb.CfnTableProps{
		TableName:                 jsii.String(name),
		BillingMode:               jsii.String("PAY_PER_REQUEST"),
		KeySchema:                 keySchema(t.Partition, t.Sort),
		AttributeDefinitions:      attributes(t),
		SseSpecification:          &awsdynamodb.CfnTable_SSESpecificationProperty{SseEnabled: jsii.Bool(true), SseType: jsii.String("KMS")},
		DeletionProtectionEnabled: jsii.Bool(t.Kept),
	}
	if len(t.Indexes) > 0 {
		props.GlobalSecondaryIndexes = indexes(t)
	}
	if t.Kept {
		props.PointInTimeRecoverySpecification = &awsdynamodb.CfnTable_PointInTimeRecoverySpecificationProperty{
			PointInTimeRecoveryEnabled: jsii.Bool(true), RecoveryPeriodInDays: jsii.Number(recoveryDays),
		}
	}
	if t.Stream != "" {
		props.StreamSpecification = &awsdynamodb.CfnTable_StreamSpecificationProperty{StreamViewType: jsii.String(t.Stream)}
	}
	if t.TTL != "" {
		props.TimeToLiveSpecification = &awsdynamodb.CfnTable_TimeToLiveSpecificationProperty{AttributeName: jsii.String(t.TTL), Enabled: jsii.Bool(true)}
	}
	table := awsdynamodb.NewCfnTable(scope, jsii.String(logicalID), props)
	table.OverrideLogicalId(jsii.String(logicalID))
	table.ApplyRemovalPolicy(removal(t), nil)
	return table
}

func removal(t schema.Table) awscdk.RemovalPolicy {
	if t.Kept {
		return awscdk.RemovalPolicy_RETAIN
	}
	return awscdk.RemovalPolicy_DESTROY
}

func keySchema(partition, sort string) []any {
	keys := []any{&awsdynamodb.CfnTable_KeySchemaProperty{AttributeName: jsii.String(partition), KeyType: jsii.String("HASH")}}
	if sort != "" {
		keys = append(keys, &awsdynamodb.CfnTable_KeySchemaProperty{AttributeName: jsii.String(sort), KeyType: jsii.String("RANGE")})
	}
	return keys
}

func indexes(t schema.Table) []any {
	var all []any
	for _, i := range t.Indexes {
		projection := &awsdynamodb.CfnTable_ProjectionProperty{ProjectionType: jsii.String("KEYS_ONLY")}
		if i.Include != nil {
			projection = &awsdynamodb.CfnTable_ProjectionProperty{ProjectionType: jsii.String("INCLUDE"), NonKeyAttributes: jsii.Strings(i.Include...)}
		}
		all = append(all, &awsdynamodb.CfnTable_GlobalSecondaryIndexProperty{
			IndexName: jsii.String(string(i.Name)), KeySchema: keySchema(i.Partition, i.Sort), Projection: projection,
		})
	}
	return all
}

// attributes declares every attribute that is part of a key, once each; all
// keys are strings.
func attributes(t schema.Table) []any {
	var all []any
	seen := map[string]bool{"": true}
	declare := func(names ...string) {
		for _, name := range names {
			if !seen[name] {
				all = append(all, &awsdynamodb.CfnTable_AttributeDefinitionProperty{AttributeName: jsii.String(name), AttributeType: jsii.String("S")})
			}
			seen[name] = true
		}
	}
	declare(t.Partition, t.Sort)
	for _, i := range t.Indexes {
		declare(i.Partition, i.Sort)
	}
	return all
}
