package intake

import (
	"cmp"
	"strings"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Row is one person of a list, as they were written: what a job's line holds.
type Row struct {
	Line    int    `json:"i"` // of the file, from 1
	Address string `json:"a,omitempty"`
	// Contact stands for all the rest but the account's identifier, where the
	// people are on file already.
	Contact  id.Contact `json:"p,omitempty"`
	Name     string     `json:"n,omitempty"`
	Account  string     `json:"c,omitempty"` // an identifier, or a name
	Role     string     `json:"r,omitempty"` // likewise
	Language string     `json:"l,omitempty"`
	Zone     string     `json:"z,omitempty"`
	Source   string     `json:"s,omitempty"`
	// Wrong is what is wrong with the row whoever is meant: a refusal's code.
	Wrong fault.Code `json:"w,omitempty"`
	// First is the line that says the same of the same person.
	First int `json:"f,omitempty"`
}

// Rows reads a table by its mapping. A row that says what another one said
// before it, of the same address at the same account, is marked.
func Rows(t Table, m Mapping) []Row {
	all := make([]Row, len(t.Rows))
	seen := map[string]int{}
	_, languages := m[Language]
	for n, cells := range t.Rows {
		of := func(c Column) string {
			if at, ok := m[c]; ok && at < len(cells.Cells) {
				return cells.Cells[at]
			}
			return ""
		}
		r := Row{
			Line: cells.Line, Address: of(Address), Name: strings.TrimSpace(of(Name) + " " + of(Family)), Account: of(Account),
			Role: of(Role), Language: tongue(of(Language)), Zone: of(Zone), Source: of(Source),
		}
		r.Wrong = wrong(t.Header, cells.Cells)
		if languages && r.Language == "" {
			r.Wrong = cmp.Or(r.Wrong, codeNoLanguage)
		}
		if a, err := email.Parse(r.Address); err == nil && r.Wrong == "" {
			key := string(a.Key()) + "\x00" + folded(r.Account)
			if r.First = seen[key]; r.First == 0 {
				seen[key] = r.Line
			}
		}
		all[n] = r.cut()
	}
	return all
}

// The codes of what is wrong with a row by itself.
const (
	codeWide       fault.Code = "row_too_wide"
	codeLong       fault.Code = "cell_too_long"
	codeNoLanguage fault.Code = "language_missing"
)

func wrong(header, cells []string) fault.Code {
	for n, cell := range cells {
		switch {
		case n >= len(header) && cell != "":
			return codeWide
		case len(cell) > maxCell:
			return codeLong
		}
	}
	return ""
}

// cut keeps what is shown of a row that is refused within bounds.
func (r Row) cut() Row {
	for _, s := range []*string{&r.Address, &r.Name, &r.Account, &r.Role, &r.Language, &r.Zone, &r.Source} {
		if len(*s) > maxKept {
			*s = strings.ToValidUTF8((*s)[:maxKept], "")
			r.Wrong = cmp.Or(r.Wrong, codeLong)
		}
	}
	return r
}

// maxKept is how many bytes of a cell a job keeps: more than any of them may
// have (a source has 200 characters).
const maxKept = 1024

// tongues are languages as people write them.
var tongues = map[string]string{
	"es": "es", "espanol": "es", "castellano": "es", "spanish": "es", "es es": "es",
	"en": "en", "ingles": "en", "english": "en", "en gb": "en", "en us": "en",
}

func tongue(s string) string { return cmp.Or(tongues[plain(s)], s) }

// folded is how names are compared: what people type alike is the same.
func folded(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }
