package web

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// File is the answer of rows that answer with a file instead of JSON; the row's
// Media names the types it may have. Such a row keeps no idempotency record.
type File struct {
	Name  string // as it is saved: letters, digits, dots and hyphens
	Media string // of the row's
	Bytes []byte
	// Next is the path and query of the file's next part; empty: this is the last.
	Next string
	// Keep is the Cache-Control of a file that pages show; empty: it is saved, and
	// nobody keeps it on the way.
	Keep string
}

// tell says in the headers what the file is (RFC 6266) and where it goes on
// (RFC 8288).
func (f File) tell(x *exchange) {
	x.header.Set("Content-Type", f.Media)
	if f.Keep != "" {
		x.header.Set("Cache-Control", f.Keep)
	} else {
		x.header.Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	}
	if f.Next != "" {
		x.header.Set("Link", "<"+f.Next+`>; rel="next"`)
	}
}

// The media types of files.
const (
	MediaCSV       = "text/csv; charset=utf-8; header=present" // RFC 4180 §3
	MediaJSONLines = "application/x-ndjson"
)

// CSV writes rows as RFC 4180 has them. A cell that a spreadsheet would take for
// a formula begins with an apostrophe.
func CSV(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = inert(cell)
		}
		_ = w.Write(cells) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// inert keeps a cell from being a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
