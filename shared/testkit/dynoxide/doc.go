// Package dynoxide starts the embedded database: a DynamoDB-compatible server on
// SQLite, for tests and for `make run`.
//
// It uses the endpoint in DYNAMODB_ENDPOINT when that is set and starts nothing
// then. Otherwise it runs the binary that `npm ci --prefix infra` installed, or a
// dynoxide on PATH, on a free port of 127.0.0.1. Without a data directory the data
// lies in a nameless file, in memory where the system has room for files there,
// and is gone with the server.
//
// Stock dynoxide keeps every stream record and reads them all on each write (one
// put: 0.5 ms at first, 1.8 ms after 5,000; measured). This package therefore
// hands the pinned release a database file that already has an index over the
// stream records and a trigger that drops old ones; a put then stays at 0.5 ms
// (measured up to 20,000). Another release gets no such file and is merely slower.
//
// It must never listen beyond 127.0.0.1, and never be linked into what is
// deployed.
//
// Look next at file.go for that database file, at package child for how the
// process is held, and at infra/local/standin/stream for who reads the stream.
package dynoxide
