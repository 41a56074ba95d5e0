//go:build rehearsal

package sweep

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/message"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// traces says of each workspace what there is in it: how many of each kind of
// thing, in what state, which mails, and which entries of the trail. Whatever
// happened exactly once leaves the same trace.
func traces(ctx context.Context, client *dynamodb.Client, tables map[schema.Name]string) (map[string]string, error) {
	counts := map[string]map[string]int{}
	err := everything(ctx, client, tables, func(_ schema.Name, item dynamo.Item) error {
		ws, _, _ := strings.Cut(word(item, schema.PK), schema.Sep)
		kind := schema.Kind(word(item, schema.KindAttr))
		switch kind {
		case schema.Counter:
			return nil
		case schema.PortalName:
			ws = word(item, "ws")
		}
		if counts[ws] == nil {
			counts[ws] = map[string]int{}
		}
		counts[ws][says(kind, item)]++
		return nil
	})
	all := map[string]string{}
	for ws, of := range counts {
		var lines []string
		for line, n := range of {
			lines = append(lines, fmt.Sprintf("%d %s", n, line))
		}
		slices.Sort(lines)
		all[ws] = strings.Join(lines, "\n")
	}
	return all, err
}

// says is what an item is, without its names and times.
func says(kind schema.Kind, item dynamo.Item) string {
	part, _, _ := strings.Cut(word(item, schema.SK), schema.Sep)
	if strings.Contains(part, "_") {
		part = "one"
	}
	words := []string{string(kind), part}
	if kind == schema.Message && word(item, "delivery") == string(message.Delivered) {
		// A mail whose report overtook its record knows itself what the invitation
		// knows otherwise.
		item["delivery"] = &types.AttributeValueMemberS{Value: string(message.Sent)}
	}
	for _, name := range []string{"action", "kind_of", "state", "delivery", "level"} {
		words = append(words, word(item, name))
	}
	for _, name := range []string{"accepted_at", "ended_at", "deactivated", "off", "sign_in"} {
		if _, there := item[name]; there {
			words = append(words, name)
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// difference names what one trace has and the other has not.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "want "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "got "+line)
		}
	}
	return strings.Join(out, "; ")
}
