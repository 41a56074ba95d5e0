package directory

import (
	"context"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
)

// SetActive shuts a member out, or lets them in again (row Z17); see
// identity.Identity.Deactivate for its faults.
func (d Desk) SetActive(ctx context.Context, one id.Identity, active bool) (identity.Identity, change.Set, error) {
	who, err := d.Store.Identity(ctx, d.ws(), one)
	if err != nil {
		return who, change.Set{}, err
	}
	return d.activate(who, active)
}

// SetManyActive does so to up to MaxLines members, in their order;
// lines_missing, too_many_lines.
func (d Desk) SetManyActive(ctx context.Context, all []id.Identity, active bool) ([]Outcome, []Group, error) {
	if err := countable(len(all)); err != nil {
		return nil, nil, err
	}
	wellFormed := slices.DeleteFunc(slices.Clone(all), func(one id.Identity) bool { return one.Check() != nil })
	found, err := d.Store.Identities(ctx, d.ws(), wellFormed)
	if err != nil {
		return nil, nil, err
	}
	outcomes, seen := make([]Outcome, len(all)), map[id.Identity]bool{}
	var groups []Group
	for n, one := range all {
		who, there := found[one]
		switch {
		case seen[one]:
			outcomes[n].Err = ErrTwice
			continue
		case !there:
			outcomes[n].Err = fault.NotYours()
			continue
		}
		seen[one] = true
		_, set, err := d.activate(who, active)
		outcomes[n] = Outcome{Err: err, Changed: !set.Empty()}
		if !set.Empty() {
			groups = append(groups, Group{Lines: []int{n}, Set: set})
		}
	}
	return outcomes, groups, nil
}

// activate decides it for one; the set is empty where it is so already.
func (d Desk) activate(before identity.Identity, active bool) (identity.Identity, change.Set, error) {
	var set change.Set
	who, err := before.Deactivate(d.Now)
	action := "member.deactivated"
	if active {
		who, err = before.Reactivate()
		action = "member.reactivated"
	}
	if err != nil || who.Active() == before.Active() {
		return before, set, err
	}
	set.Replace(who)
	set.Insert(d.entry(action, string(who.ID)))
	return who, set, nil
}
