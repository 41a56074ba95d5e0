package stacks

import (
	"strings"
	"testing"
	"time"

	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

func TestReadSettings(t *testing.T) {
	good := map[string]string{"stage": "dev", "region": "eu-west-1", "sender": "no-reply@example.com"}
	with := func(pairs ...string) map[string]string {
		all := map[string]string{}
		for key, value := range good {
			all[key] = value
		}
		for i := 0; i < len(pairs); i += 2 {
			all[pairs[i]] = pairs[i+1]
		}
		return all
	}
	stream := "arn:aws:dynamodb:eu-west-1:123456789012:table/portero-dev-%/stream/2026-01-01T00:00:00.000"
	core, audit := strings.Replace(stream, "%", "core", 1), strings.Replace(stream, "%", "audit", 1)
	for name, c := range map[string]struct {
		context map[string]string
		wrong   string // empty: none
	}{
		"the least there can be":                           {good, ""},
		"a domain without a certificate":                   {with("domain", "portal.example.com"), ""},
		"a domain and its certificate":                     {with("domain", "portal.example.com", "certificate", "arn:aws:acm:us-east-1:123456789012:certificate/ab-cd"), ""},
		"tables that are taken back":                       {with("tables", "existing", "coreStream", core, "auditStream", audit), ""},
		"a restored copy by another name":                  {with("coreTable", "portero-dev-core-restored"), ""},
		"no stage":                                         {with("stage", ""), `stage=""`},
		"a stage that cannot stand in a name":              {with("stage", "Dev_1"), `stage="Dev_1"`},
		"no region":                                        {with("region", ""), `region=""`},
		"a sender with a display name":                     {with("sender", "Portero <no-reply@example.com>"), "sender="},
		"no sender":                                        {with("sender", ""), "sender="},
		"a certificate in another region":                  {with("domain", "p.example.com", "certificate", "arn:aws:acm:eu-west-1:123456789012:certificate/ab"), "certificate="},
		"a certificate without a domain":                   {with("certificate", "arn:aws:acm:us-east-1:123456789012:certificate/ab-cd"), "certificate: also say the domain"},
		"alarms to no address":                             {with("alarms", "ops"), `alarms="ops"`},
		"tables that are something else than existing":     {with("tables", "yes"), "tables=yes"},
		"tables taken back without the streams":            {with("tables", "existing"), "aws dynamodb describe-table --region eu-west-1 --table-name portero-dev-core --query Table.LatestStreamArn"},
		"tables taken back with the stream of another one": {with("tables", "existing", "coreStream", audit, "auditStream", audit), "coreStream="},
		"a stream that no table is taken back for":         {with("coreStream", core), "counts with tables=existing only"},
		"tables restored at some time":                     {with("tables", "existing", "coreStream", core, "auditStream", audit, "restored", "yesterday"), `restored="yesterday"`},
		"a restore of tables that are made anew":           {with("restored", "2026-11-23T08:00:00Z"), "restored: counts with tables=existing only"},
		"tables that are a restored copy": {with("tables", "existing", "restored", "2026-11-23T08:00:00Z", "coreTable", "core-2", "auditTable", "audit-2",
			"coreStream", strings.Replace(core, "portero-dev-core", "core-2", 1), "auditStream", strings.Replace(audit, "portero-dev-audit", "audit-2", 1)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(func(key string) string { return c.context[key] })
			switch {
			case c.wrong == "" && err != nil:
				t.Error(err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("error %v, want one with %q", err, c.wrong)
			}
		})
	}
}

func TestSettingsReachWhatTheyAreFor(t *testing.T) {
	s, err := Read(func(key string) string {
		return map[string]string{"stage": "dev", "region": "eu-west-1", "sender": "no-reply@example.com", "coreTable": "restored"}[key]
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.table(schema.Core) + " " + s.table(schema.Audit); got != "restored portero-dev-audit" {
		t.Errorf("tables are called %s", got)
	}
	if s.senderDomain() != "example.com" {
		t.Errorf("mails come from %s", s.senderDomain())
	}
}

func TestRowsThatCannotBeDeployedAreRefused(t *testing.T) {
	table := func(a contract.Access) contract.Uses { return contract.Uses{Tables: []contract.Access{a}} }
	endpoint := func(f contract.Function) contract.Endpoint {
		return contract.Endpoint{Function: f, Method: "GET", Path: "/v1/x"}
	}
	slow := function("invitations/slow", contract.Uses{})
	slow.Timeout = 30 * time.Second
	for name, c := range map[string]struct {
		rows  []contract.Row
		wrong string
	}{
		"a name without a resource":     {[]contract.Row{endpoint(function("health", contract.Uses{}))}, "must be resource/verb"},
		"a name twice":                  {[]contract.Row{endpoint(function("a/b", contract.Uses{})), endpoint(function("a/b", contract.Uses{}))}, "its own"},
		"a name too long for Lambda":    {[]contract.Row{endpoint(function("invitations/"+strings.Repeat("x", 50), contract.Uses{}))}, "longer than 64"},
		"a row without a summary":       {[]contract.Row{endpoint(contract.Function{Name: "a/b"})}, "summary"},
		"access without kinds":          {[]contract.Row{endpoint(function("a/b", table(contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Get}})))}, "no kind"},
		"a write to an index":           {[]contract.Row{endpoint(function("a/b", table(contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}, Index: schema.Due})))}, "only be queried"},
		"an endpoint that outlives API": {[]contract.Row{endpoint(slow)}, "API Gateway's 30s"},
		"a job every half minute":       {[]contract.Row{contract.Job{Function: function("jobs/x", contract.Uses{}), Every: 30 * time.Second}}, "whole minutes"},
		"a trigger of no source":        {[]contract.Row{contract.Trigger{Function: function("triggers/x", contract.Uses{}), Source: "moon"}}, `the source "moon"`},
		"a third reader of a stream": {[]contract.Row{
			contract.Trigger{Function: function("triggers/a", contract.Uses{}), Source: contract.Outbox},
			contract.Trigger{Function: function("triggers/b", contract.Uses{}), Source: contract.Outbox},
			contract.Trigger{Function: function("triggers/c", contract.Uses{}), Source: contract.Outbox},
		}, "2 readers"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := synth(t.TempDir(), sampleSettings(), c.rows)
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("error %v, want one with %q", err, c.wrong)
			}
		})
	}
}
