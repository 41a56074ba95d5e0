package intake_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/intake"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ says, file, delimiter, want string }{
		{"comma", "a,b\n1,2\n", "", "a|b 2:1|2"},
		{"semicolon", "a;b\r\n1;2,5\r\n", "", "a|b 2:1|2,5"},
		{"a byte order mark is no text", "\ufeffa,b\n1,2", "", "a|b 2:1|2"},
		{"what the spreadsheet says", "sep=;\na;b,c,d\n1;2\n", "", "a|b,c,d 3:1|2"},
		{"what is asked for counts", "a;b,c,d\n1;2\n", "semicolon", "a|b,c,d 2:1|2"},
		{"delimiters in quotes do not count", "\"a,b,c\";d\n1;2\n", "", "a,b,c|d 2:1|2"},
		{"quotes and lines in a cell", "a,b\n\"1\"\"\n2\",3\n4,5\n", "", "a|b 2:1\"\n2|3 4:4|5"},
		{"rows without text are left out", "a,b\n , \n\n1,2\n,\n", "", "a|b 4:1|2"},
		{"cells are trimmed", "a, b \n 1 ,\t2\n", "", "a|b 2:1|2"},
		{"one column", "a\n1\n2\n", "", "a 2:1 3:2"},
		{"short rows", "a,b\n1\n", "", "a|b 2:1"},
	} {
		got, err := intake.Read([]byte(c.file), c.delimiter)
		if err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		said := strings.Join(got.Header, "|")
		for _, r := range got.Rows {
			said += " " + string(rune('0'+r.Line)) + ":" + strings.Join(r.Cells, "|")
		}
		if said != c.want {
			t.Errorf("%s: %q, want %q", c.says, said, c.want)
		}
	}
}

func TestQuotesThatDoNotMatchSayWhere(t *testing.T) {
	_, err := intake.Read([]byte("sep=,\na,b\n1,2\n3,\"4\n5,6\n"), "")
	f := fault.As(err)
	if f == nil || f.Code != "csv_quotes" || !strings.Contains(f.Fields[0].Detail, "begins in line 4") {
		t.Errorf("%+v", f)
	}
}

func TestColumnsAreFoundByTheirNames(t *testing.T) {
	for _, c := range []struct{ says, header, said, code string }{
		{says: "English", header: "Full Name,E-mail,Company"},
		{says: "Spanish, with accents", header: "Nombre,Correo Electrónico,Razón social"},
		{says: "by a mapping", header: "x,y", said: `{"address":"Y"}`},
		{says: "a mapping says which of two", header: "email,correo", said: `{"address":"correo"}`},
		{says: "two of the same", header: "email,correo", code: "column_twice"},
		{says: "none", header: "name", code: "column_missing"},
		{says: "left out by the mapping", header: "email", said: `{"address":""}`, code: "column_missing"},
		{says: "an unknown column", header: "email", said: `{"colour":"email"}`, code: "mapping_malformed"},
		{says: "an unknown header", header: "email", said: `{"name":"nombre"}`, code: "mapping_malformed"},
		{says: "one header for two", header: "email", said: `{"name":"email","address":"email"}`, code: "mapping_malformed"},
	} {
		_, err := intake.Map(strings.Split(c.header, ","), c.said)
		if f := fault.As(err); (f == nil) != (c.code == "") || f != nil && string(f.Code) != c.code {
			t.Errorf("%s: %v", c.says, err)
		}
	}
}

func TestRowsThatSayTheSameAreMarked(t *testing.T) {
	table, err := intake.Read([]byte("email,company\na@b.example,Gil SL\nA@B.example,gil  sl\na@b.example,Other\nnobody,Gil SL\nnobody,Gil SL\n"), "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := intake.Map(table.Header, "")
	if err != nil {
		t.Fatal(err)
	}
	for n, first := range []int{0, 2, 0, 0, 0} {
		if r := intake.Rows(table, m)[n]; r.First != first || r.Line != n+2 {
			t.Errorf("%+v", r)
		}
	}
}

// FuzzRead holds what follows to what was read: bounds, UTF-8, and rows that a
// job can keep.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"email;name\na@b.example;\"x\"\n", "\ufeffsep=,\nemail,correo\n", "\"", "a\x00", "email\n\xff", "email,name\n=cmd,\r\n"} {
		f.Add([]byte(s), "", "")
	}
	f.Add([]byte("x,y\n1,2\n"), "comma", `{"address":"x","name":"y"}`)
	f.Fuzz(func(t *testing.T, raw []byte, delimiter, said string) {
		table, err := intake.Read(raw, delimiter)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		if len(table.Rows) == 0 || len(table.Rows) > intake.MaxRows || len(table.Header) > intake.MaxColumns {
			t.Fatalf("%d rows of %d columns", len(table.Rows), len(table.Header))
		}
		m, err := intake.Map(table.Header, said)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		rows := intake.Rows(table, m)
		for n, l := range intake.Lines(rows) {
			if l.Number != n || len(l.Text) > 16<<10 || !utf8.ValidString(l.Text) {
				t.Fatalf("line %d: %q", n, l.Text)
			}
			if first := rows[n].First; first > 0 && first >= rows[n].Line {
				t.Fatalf("line %d repeats line %d", rows[n].Line, first)
			}
		}
	})
}
