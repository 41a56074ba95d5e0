package dynamo

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
)

// Item that is due: its workspace and identifier. The aggregate itself is read
// strongly before anything is decided; an index never decides.
type DueItem struct {
	Workspace id.Workspace
	Thing     string
	At        time.Time
}

// DuePage reads up to most entries of one job's shard that are due at now,
// oldest first. It costs what is due, never what is pending. after is the sort
// key to go on behind; empty begins.
func (s *Store) DuePage(ctx context.Context, job string, shard int, now time.Time, after string, most int) (due []DueItem, last string, err error) {
	input := &dynamodb.QueryInput{
		TableName: s.table(schema.Core), IndexName: aws.String(string(schema.Due)), Limit: aws.Int32(int32(most)),
		KeyConditionExpression: aws.String("dpk = :pk AND dsk BETWEEN :from AND :to"),
		ExpressionAttributeValues: Item{
			":pk": text(duePartition(job, shard)), ":from": text(after + "\x01"), ":to": text(instant(now.Add(time.Second))),
		},
		ReturnConsumedCapacity: s.consumption(),
	}
	out, err := s.Client.Query(ctx, input)
	if err != nil {
		return nil, "", translate(err)
	}
	s.countedOne("Query", out.ConsumedCapacity)
	for _, item := range out.Items {
		last = str(item[schema.DueSK])
		parts := strings.Split(last, schema.Sep)
		if len(parts) != 3 {
			continue
		}
		at, err := time.Parse(time.RFC3339, parts[0])
		if err != nil || at.After(now) {
			continue
		}
		due = append(due, DueItem{Workspace: id.Workspace(parts[1]), Thing: parts[2], At: at})
	}
	if out.LastEvaluatedKey == nil {
		last = ""
	}
	return due, last, nil
}

// DueShards is how many shards a job goes through.
func DueShards() int { return dueShards }
