package intake

import (
	"bytes"
	"encoding/json"

	"portero/shared/domain/account"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
)

// Kind is how jobs over lists are called.
const Kind job.Kind = "intake"

// Lines are rows as a job's lines.
func Lines(rows []Row) []job.Line {
	all := make([]job.Line, len(rows))
	for n, r := range rows {
		all[n] = job.Line{Number: n, Text: written(r)}
	}
	return all
}

// Step is an account whose people are to be found, after a contact.
type Step struct {
	Account id.Account `json:"account"`
	After   id.Contact `json:"after,omitempty"`
}

// Steps are accounts as a job's first lines.
func Steps(all []id.Account) []job.Line {
	lines := make([]job.Line, len(all))
	for n, a := range all {
		lines[n] = Step{Account: a}.line()
	}
	return lines
}

func (s Step) line() job.Line { return job.Line{Step: true, Text: written(s)} }

// Lines are a row for each contact of the step's account that was found, and a
// step for those behind them, if there are more.
func (s Step) Lines(found []account.Link, more bool) []job.Line {
	var all []job.Line
	for _, l := range found {
		all = append(all, job.Line{Text: written(Row{Contact: l.Contact, Account: string(l.Account)})})
		s.After = l.Contact
	}
	if more {
		all = append(all, s.line())
	}
	return all
}

// written is a line's text: JSON without the escapes for HTML, which would
// lengthen it.
func written(v any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // texts and numbers
	return out.String()
}
