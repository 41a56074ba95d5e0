package policy

import (
	"maps"
	"slices"
)

// Together joins the calls of one request that are the same action on the same
// resource, with the values of both.
//
// It is the stricter reading of a transaction: AWS does not document whether the
// leading keys of a transaction's item are its own or those of all its items of
// the same action and table. A role is safe under both readings if it allows
// what Calls returns, and that put together.
func Together(calls []Call) []Call {
	var all []Call
	for _, c := range calls {
		at := slices.IndexFunc(all, func(other Call) bool { return other.Action == c.Action && other.Resource == c.Resource })
		if at < 0 {
			own := map[string][]string{}
			maps.Copy(own, c.Context)
			all = append(all, Call{c.Action, c.Resource, own})
			continue
		}
		for key, values := range c.Context {
			joined := slices.Concat(all[at].Context[key], values)
			slices.Sort(joined)
			all[at].Context[key] = slices.Compact(joined)
		}
	}
	return all
}
