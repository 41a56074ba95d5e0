//go:build !rehearsal

package invitations_test

import (
	"context"
	"fmt"
	"testing"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo"
	"portero/shared/testkit/outbox"
)

// TestB2NoLineIsSaidNotToBeThroughThatIs ends a bulk's time at one of its
// commits, which is done and not heard of, or never arrives.
func TestB2NoLineIsSaidNotToBeThroughThatIs(t *testing.T) {
	for says, harm := range map[string]outbox.Harm{"done and not heard of": outbox.DieAfter, "never made": outbox.DieBefore} {
		t.Run(says, func(t *testing.T) {
			b := outbox.New(t)
			d := invitation.Desk{Store: b.App.Store, Self: b.Inviter, Now: b.Now(),
				Actor: access.Actor{Workspace: b.Firm.ID, Identity: b.Inviter.ID, Level: access.Admin}}
			draft := invitation.Draft{Portal: b.Door.ID, Key: "bulk"}
			for n := range 60 {
				draft.Lines = append(draft.Lines, invitation.Line{Number: n, Address: fmt.Sprintf("c%d@client.example", n)})
			}
			got, err := d.Invite(t.Context(), draft)
			if err != nil {
				t.Fatal(err)
			}
			var units []dynamo.Unit
			for _, p := range got.Parties {
				units = append(units, dynamo.Unit{Lines: p.Lines, Set: p.Set})
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			commits := 0
			b.Wire.Harming(cancel, func(_ int, call string) outbox.Harm {
				if call != "TransactWriteItems" {
					return outbox.Pass
				}
				if commits++; commits < 3 {
					return outbox.Pass
				}
				return harm
			})
			again := func(context.Context, []int) ([]dynamo.Unit, error) { return nil, context.Canceled }
			lost, err := dynamo.Bulk{Commit: b.App.Store.Commit, Again: again}.Run(ctx, units)
			b.Wire.Well()
			if err != nil || len(lost) == 0 {
				t.Fatalf("lost %v, %v", lost, err)
			}
			made := map[id.Invitation]bool{}
			found, err := b.App.Store.Known(t.Context(), b.Firm.ID, invitation.Wanted{Invitations: names(got.Outcomes)})
			if err != nil {
				t.Fatal(err)
			}
			for i := range found.Invitations {
				made[i] = true
			}
			for _, l := range lost {
				o := got.Outcomes[l.Line]
				there := made[o.Invitation]
				if o.Fail(l.Unsure); there && o.Detail == "This line did not get through. Send it again." {
					t.Errorf("line %d is through: %+v", l.Line, o)
				}
			}
			if harm == outbox.DieAfter && len(made)+len(lost) <= len(units) {
				t.Errorf("%d made and %d lost of %d: no lost one is through", len(made), len(lost), len(units))
			}
		})
	}
}

func names(all []invitation.Outcome) (named []id.Invitation) {
	for _, o := range all {
		named = append(named, o.Invitation)
	}
	return named
}
