package main

import (
	"strings"
	"testing"
	"time"

	"portero/functions"
	"portero/infra/rehearsal"
	"portero/infra/rehearsal/policy"
	"portero/shared/contract"
)

func TestAGrantThatNothingNeededFailsUnlessItIsExpected(t *testing.T) {
	unused := []rehearsal.Granted{{Row: "a/b", Grant: policy.Grant{Action: "dynamodb:PutItem", Resource: "arn:aws:dynamodb:eu-west-1:123456789012:table/core", Key: "ws_*#x*"}}}
	err := unneeded(unused)
	if err == nil || !strings.Contains(err.Error(), "a/b 0 dynamodb:PutItem") {
		t.Errorf("%v", err)
	}
}

func TestAFunctionThatNothingCalledFails(t *testing.T) {
	rows := []contract.Row{contract.Task{Function: contract.Function{Name: "a/b"}}, contract.Task{Function: contract.Function{Name: "a/c"}}}
	err := uncalled(rows, []rehearsal.Measured{{Row: "a/c", Durations: []time.Duration{time.Second}}})
	if err == nil || err.Error() != "functions that no scenario called: a/b" {
		t.Errorf("%v", err)
	}
}

func TestWhatIsExpectedIsOfARow(t *testing.T) {
	rows := map[string]bool{"*": true}
	for _, r := range functions.Rows() {
		rows[r.Base().Name] = true
	}
	for _, e := range expected {
		if !rows[e.row] || e.grant == "" || e.why == "" {
			t.Errorf("%+v", e)
		}
	}
}
