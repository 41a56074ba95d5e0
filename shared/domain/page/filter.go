package page

import "portero/shared/domain/fault"

// Filter is something that a list may be narrowed by, as the query string names it.
type Filter struct{ Name, Value string }

// CodeTogether is the code of filters of which only one can be used at once.
const CodeTogether fault.Code = "filters_together"

// One refuses with filters_together, on the second of them, more than one filter
// where each has a key of its own: two would be as many queries as there are
// entries.
func One(all ...Filter) error {
	first := ""
	for _, f := range all {
		switch {
		case f.Value == "":
		case first == "":
			first = f.Name
		default:
			return fault.On(f.Name, CodeTogether, "This list is narrowed by "+first+" or by "+f.Name+", not by both. Leave one out.")
		}
	}
	return nil
}
