package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCallsOfOneActionOnOneResourceArePutTogether(t *testing.T) {
	calls := []Call{on("PutItem", "core", "b"), on("PutItem", "audit", "c"), on("PutItem", "core", "a", "b"), on("UpdateItem", "core", "d")}
	want := []Call{on("PutItem", "core", "a", "b"), on("PutItem", "audit", "c"), on("UpdateItem", "core", "d")}
	if diff := cmp.Diff(want, Together(calls)); diff != "" {
		t.Error(diff)
	}
	if calls[0].Context[leadingKeys][0] != "b" || len(calls[0].Context[leadingKeys]) != 1 {
		t.Errorf("the calls themselves were changed: %v", calls)
	}
}

func TestATransactionThatTwoStatementsAllowTogetherNeedsOneThatDoes(t *testing.T) {
	item := func(kind string) string {
		return `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"` + tables + `core","Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"ws_*#` + kind + `*"}}}`
	}
	role := roleOf(t, item("identity"), item("mailbox"))
	calls := []Call{on("PutItem", "core", "ws_1#identity#1"), on("PutItem", "core", "ws_1#mailbox#1")}
	for _, c := range calls {
		if !role.Decide(c).Allowed {
			t.Errorf("%v is refused", c)
		}
	}
	joined := Together(calls)
	if len(joined) != 1 || role.Decide(joined[0]).Allowed {
		t.Errorf("%v is allowed", joined)
	}
	if after := roleOf(t, role.Decide(joined[0]).Missing); !after.Decide(joined[0]).Allowed || !after.Decide(calls[1]).Allowed {
		t.Error("one statement of both kinds is not enough")
	}
}
