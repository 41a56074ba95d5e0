package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"portero/shared/domain/fault"
)

// How much a file may hold (issue 4: 5 MB and 10,000 rows). The rest is chosen,
// so that a hostile file is refused before it costs anything.
const (
	MaxBytes = 5_000_000
	MaxRows  = 10_000
	// MaxColumns is more than any address book exports (chosen; no evidence).
	MaxColumns = 100
	// maxCell is how many bytes one cell may hold; an address has 254 (chosen).
	maxCell = 4096
)

// The faults of a file as a whole.
var (
	ErrEncoding  = fault.On("body", "csv_encoding", "The file is not in UTF-8. Save it as “CSV UTF-8” and send it again.")
	ErrBinary    = fault.On("body", "csv_binary", "The file holds bytes that no text has. Is it a CSV file?")
	ErrEmpty     = fault.On("body", "csv_empty", "The file has no rows below its header.")
	ErrColumns   = fault.On("body", "csv_columns", "The file has more than 100 columns. Keep those that matter.")
	ErrDelimiter = fault.On("delimiter", "delimiter_unknown", "A delimiter is comma or semicolon.")
	// ErrRows is 413, like a file of too many bytes.
	ErrRows = fault.New(fault.TooLarge, "csv_rows", "A file has at most 10,000 rows. Send the rest in another one.")
)

// ErrQuotes is of a file whose quotes do not match; Read says where.
var ErrQuotes = fault.On("body", "csv_quotes", "The quotes of the file do not match.")

// Table is a file as it was read: cells without the space around them.
type Table struct {
	Header []string
	Rows   []Cells
}

// Cells are one row, with the line of the file that it begins in, from 1.
type Cells struct {
	Line  int
	Cells []string
}

// bom is UTF-8's byte order mark, which spreadsheets put in front.
var bom = []byte("\xef\xbb\xbf")

// Read reads a file; delimiter is "comma", "semicolon" or empty: whichever its
// header has more of. Rows without any text are left out. csv_encoding,
// csv_binary, csv_quotes, csv_empty, csv_columns, csv_rows, delimiter_unknown.
func Read(raw []byte, delimiter string) (Table, error) {
	raw = bytes.TrimPrefix(raw, bom)
	switch {
	case !utf8.Valid(raw) || bytes.ContainsRune(raw, utf8.RuneError):
		return Table{}, ErrEncoding // what another encoding was turned into on its way, too
	case bytes.ContainsFunc(raw, binary):
		return Table{}, ErrBinary
	}
	raw, skipped, said := separator(raw)
	comma, err := comma(raw, delimiter, said)
	if err != nil {
		return Table{}, err
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma, r.FieldsPerRecord = comma, -1
	var t Table
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return Table{}, fault.On("body", ErrQuotes.Code, fmt.Sprintf("The quotes of line %d do not match. Check the row that begins in line %d.", wrong.Line+skipped, wrong.StartLine+skipped))
		}
		if err != nil {
			return Table{}, err
		}
		if len(cells) > MaxColumns {
			return Table{}, ErrColumns
		}
		blank := true
		for n := range cells {
			cells[n] = strings.TrimSpace(cells[n])
			blank = blank && cells[n] == ""
		}
		line, _ := r.FieldPos(0)
		switch {
		case blank:
		case t.Header == nil:
			t.Header = cells
		case len(t.Rows) == MaxRows:
			return Table{}, ErrRows
		default:
			t.Rows = append(t.Rows, Cells{line + skipped, cells})
		}
	}
	if len(t.Rows) == 0 {
		return Table{}, ErrEmpty
	}
	return t, nil
}

// binary reports control characters that no text file has.
func binary(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }

// separator takes off the line "sep=;" that spreadsheets put in front of some
// files, and says what it says.
func separator(raw []byte) (rest []byte, skipped int, said rune) {
	line, rest, _ := bytes.Cut(raw, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
		return rest, 1, rune(line[4])
	}
	return raw, 0, 0
}

func comma(raw []byte, asked string, said rune) (rune, error) {
	switch {
	case asked == "comma" || asked == "" && said == ',':
		return ',', nil
	case asked == "semicolon" || asked == "" && said == ';':
		return ';', nil
	case asked != "":
		return 0, ErrDelimiter
	}
	commas, semicolons, quoted := 0, 0, false
	for _, b := range raw {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == ',':
			commas++
		case b == ';':
			semicolons++
		case b == '\n' && commas+semicolons > 0:
			return more(commas, semicolons), nil
		}
	}
	return more(commas, semicolons), nil
}

func more(commas, semicolons int) rune {
	if semicolons > commas {
		return ';'
	}
	return ','
}
