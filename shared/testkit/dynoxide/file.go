package dynoxide

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// defaultStreamKeep is how many stream records a database keeps. DynamoDB keeps
// them for 24 hours; this is chosen, about 0.5 GB of records of our size, and
// ten times what the largest test writes before a reader comes.
const defaultStreamKeep = 200_000

// object is one row of the schema table of a SQLite file.
type object struct {
	kind, name, table string
	// isTree is false for what has no pages of its own.
	isTree bool
	sql    string
}

// schema is what dynoxide 1.2.1 would make for its stream records, and two
// things more: an index for the two questions it asks of them (the highest
// sequence number of a table, and those after one), and a trigger that drops
// what is older than the newest streamKeep, but never a table's last record,
// from which dynoxide counts on.
//
// dynoxide makes every other table itself (CREATE TABLE IF NOT EXISTS).
func schema(streamKeep int) []object {
	const records = "_stream_records"
	return []object{
		{"table", records, records, true, "CREATE TABLE " + records + " (" +
			"id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, event_name TEXT NOT NULL, " +
			"keys_json TEXT NOT NULL, new_image TEXT, old_image TEXT, sequence_number TEXT NOT NULL, " +
			"shard_id TEXT NOT NULL, created_at INTEGER NOT NULL, user_identity TEXT)"},
		{"table", "sqlite_sequence", "sqlite_sequence", true, "CREATE TABLE sqlite_sequence(name,seq)"},
		{"index", "portero_stream_order", records, true, "CREATE INDEX portero_stream_order ON " + records +
			" (table_name, CAST(sequence_number AS INTEGER))"},
		{"trigger", "portero_stream_trim", records, false, fmt.Sprintf("CREATE TRIGGER portero_stream_trim "+
			"AFTER INSERT ON %[1]s BEGIN DELETE FROM %[1]s WHERE id <= NEW.id - %[2]d AND EXISTS ("+
			"SELECT 1 FROM %[1]s AS newer WHERE newer.table_name = %[1]s.table_name AND "+
			"CAST(newer.sequence_number AS INTEGER) > CAST(%[1]s.sequence_number AS INTEGER)); END",
			records, streamKeep)},
	}
}

// Sizes and marks of the file format (https://www.sqlite.org/fileformat2.html,
// §1.3 and §1.6).
const (
	pageSize     = 4096
	headerSize   = 100
	leafSize     = 8 // header of a leaf page
	leafOfTable  = 0x0d
	leafOfIndex  = 0x0a
	schemaFormat = 4
	utf8         = 1
	// version says which SQLite wrote the file; it is for people only.
	version = 3_040_001
)

// emptyDatabase is a SQLite file with that schema and no row: one page for the
// schema table and an empty page for each table and index in it. Writing these
// few bytes ourselves spares tests and `make run` a SQLite of their own.
func emptyDatabase(streamKeep int) []byte {
	var cells, trees [][]byte
	for i, o := range schema(streamKeep) {
		root := 0
		if o.isTree {
			trees = append(trees, emptyLeaf(o.kind))
			root = 1 + len(trees)
		}
		cells = append(cells, cell(i+1, record(o.kind, o.name, o.table, root, o.sql)))
	}
	file := append(header(1+len(trees)), schemaLeaf(cells)...)
	return append(file, bytes.Join(trees, nil)...)
}

// header is the file's first 100 bytes. What is not set is zero by the format.
func header(pages int) []byte {
	h := make([]byte, headerSize)
	copy(h, "SQLite format 3\x00")
	binary.BigEndian.PutUint16(h[16:], pageSize)
	h[18], h[19] = 1, 1                   // rollback journal; dynoxide switches to a write-ahead log
	h[21], h[22], h[23] = 64, 32, 32      // payload fractions, fixed by the format
	binary.BigEndian.PutUint32(h[24:], 1) // change counter
	binary.BigEndian.PutUint32(h[28:], uint32(pages))
	binary.BigEndian.PutUint32(h[40:], 1) // schema cookie
	binary.BigEndian.PutUint32(h[44:], schemaFormat)
	binary.BigEndian.PutUint32(h[56:], utf8)
	binary.BigEndian.PutUint32(h[92:], 1) // the change counter that the page count is valid for
	binary.BigEndian.PutUint32(h[96:], version)
	return h
}

// schemaLeaf is the rest of the first page: the cells' pointers from the front,
// the cells from the back.
func schemaLeaf(cells [][]byte) []byte {
	page := make([]byte, pageSize-headerSize)
	end := len(page)
	for i, c := range cells {
		end -= len(c)
		copy(page[end:], c)
		binary.BigEndian.PutUint16(page[leafSize+2*i:], uint16(headerSize+end))
	}
	page[0] = leafOfTable
	binary.BigEndian.PutUint16(page[3:], uint16(len(cells)))
	binary.BigEndian.PutUint16(page[5:], uint16(headerSize+end))
	return page
}

func emptyLeaf(kind string) []byte {
	page := make([]byte, pageSize)
	page[0] = leafOfTable
	if kind == "index" {
		page[0] = leafOfIndex
	}
	binary.BigEndian.PutUint16(page[5:], pageSize) // where cells begin: at the end, there are none
	return page
}

// cell is a row of a table's leaf page: length, row id, record.
func cell(id int, record []byte) []byte {
	return append(varint(varint(nil, len(record)), id), record...)
}

// record is a schema row in the record format: a header of serial types, then
// the values. Text has the type 13 + 2 × length, an 8-bit integer the type 1.
func record(kind, name, table string, root int, sql string) []byte {
	types := varint(nil, 13+2*len(kind))
	types = varint(types, 13+2*len(name))
	types = varint(types, 13+2*len(table))
	types = varint(types, 1)
	types = varint(types, 13+2*len(sql))
	r := append(varint(nil, len(types)+1), types...) // the length counts itself, one byte here
	r = append(r, kind+name+table...)
	return append(append(r, byte(root)), sql...)
}

// varint appends n, below 1<<14, in SQLite's big-endian base-128 form.
func varint(b []byte, n int) []byte {
	if n < 1<<7 {
		return append(b, byte(n))
	}
	return append(b, byte(n>>7)|0x80, byte(n&0x7f))
}
