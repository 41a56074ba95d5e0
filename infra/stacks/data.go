package stacks

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"portero/infra/constructs"
	"portero/shared/dynamo/schema"
)

// data holds the tables. Kept ones outlive it: after a destroy they are still
// there, and a deploy takes them back in one of two ways.
//
//   - tables=existing with the streams' ARNs: the tables are used by name and
//     stay nobody's; every other stack is the same to the byte.
//   - cdk deploy --import-existing-resources: CloudFormation adopts them under
//     the same logical ids, because names are given and they are retained
//     (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html).
//     This also ends the first way, when it is done without that setting.
func (b *builder) data() (awscdk.Stack, map[schema.Name]constructs.Stream) {
	stack := b.stack("data", "the tables; what must outlive every mistake", true)
	if err := checkTables(schema.Tables()); err != nil {
		awscdk.Annotations_Of(stack).AddError(jsii.String(err.Error()))
	}
	streams := map[schema.Name]constructs.Stream{}
	for _, t := range schema.Tables() {
		name := b.settings.table(t.Name)
		if !t.Kept {
			name = b.settings.fresh(t.Name)
		}
		b.deployed.Tables[t.Name] = name
		stream := constructs.Stream{Table: t.Name}
		if t.Kept && b.settings.Existing {
			stream.ARN = jsii.String(b.settings.Streams[t.Name])
		} else {
			table := constructs.NewTable(stack, t, logicalID(t.Name), name)
			stream.ARN = table.AttrStreamArn()
		}
		if t.Stream != "" {
			streams[t.Name] = stream
			output(stack, logicalID(t.Name)+"Stream", "The stream of "+name+"; needed to take the table back after a destroy.", *stream.ARN)
		}
		output(stack, logicalID(t.Name)+"Name", "The name of table "+string(t.Name)+".", name)
	}
	return stack, streams
}

// logicalID is what CloudFormation calls a table. It never changes: another id
// is another table.
func logicalID(name schema.Name) string {
	return strings.ToUpper(string(name[:1])) + string(name[1:]) + "Table"
}
