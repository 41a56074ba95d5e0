package dynoxide

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"portero/shared/testkit/dynoxide/child"
)

// fileName is the database's name inside a data directory.
const fileName = "dynoxide.db"

// Options says where the data lies and who reads the server's output.
type Options struct {
	// DataDir keeps the database; made when missing. One server at a time may use
	// it. Empty: the data ends with the server.
	DataDir string
	// Log receives what the server prints. Nil discards it.
	Log io.Writer
	// StreamKeep is how many stream records are kept, over all tables; 0 means
	// 200,000. It counts when the database file is made, not later.
	StreamKeep int
}

// Server is a running database. Its methods may be called concurrently.
type Server struct {
	// Endpoint is the base URL for an AWS SDK client, without a path.
	Endpoint string

	process *child.Process // nil for an endpoint that is not ours
	keep    bool           // whether there is data to put down safely
}

// Start returns a database that answers. ctx bounds the start only. It takes
// about 5 ms, Close included (measured). Whoever calls it must Close it; on Linux it ends with
// this process in any case.
func Start(ctx context.Context, o Options) (*Server, error) {
	if given := os.Getenv(endpointVariable); given != "" {
		return external(given)
	}
	binary, err := find()
	if err != nil {
		return nil, err
	}
	dir, isScratch := o.DataDir, o.DataDir == ""
	if isScratch {
		if dir, err = os.MkdirTemp(memoryDir(), fmt.Sprintf("portero-dynoxide-%d-", os.Getpid())); err != nil {
			return nil, fmt.Errorf("make a directory for the database: %w", err)
		}
		// SQLite holds its files open from the start and opens none later, so they
		// can lose their names at once: however this process ends, none is left.
		defer func() { _ = os.RemoveAll(dir) }()
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	file := filepath.Join(dir, fileName)
	if err := prepare(ctx, binary, file, o.StreamKeep); err != nil {
		return nil, err
	}
	s, err := run(ctx, binary, file, o.Log)
	if err != nil {
		return nil, err
	}
	s.keep = !isScratch
	return s, nil
}

// Close ends the server and waits until it is gone. It returns an error when
// the server had ended by itself. An endpoint from DYNAMODB_ENDPOINT is left
// alone. A second call does nothing.
func (s *Server) Close() error {
	if s.process == nil {
		return nil
	}
	if s.keep {
		return s.process.Stop()
	}
	return s.process.Kill()
}

func external(endpoint string) (*Server, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%s is not an http address: %q", endpointVariable, endpoint)
	}
	return &Server{Endpoint: strings.TrimSuffix(endpoint, "/")}, nil
}

// prepare writes the database file that dynoxide is to open, when there is none
// yet and the binary is the release whose schema we know.
func prepare(ctx context.Context, binary, file string, streamKeep int) error {
	if streamKeep <= 0 {
		streamKeep = defaultStreamKeep
	}
	if !isPinned(ctx, binary) {
		return nil
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the database file: %w", err)
	}
	_, err = f.Write(emptyDatabase(streamKeep))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the database file: %w", err)
	}
	return nil
}

func run(ctx context.Context, binary, file string, log io.Writer) (*Server, error) {
	p, port, err := child.StartListening(ctx, func(port int) child.Command {
		return child.Command{
			Path:  binary,
			Args:  []string{"--host", "127.0.0.1", "--port", strconv.Itoa(port), "--db-path", file},
			Log:   log,
			Ready: func(line string) bool { return strings.HasPrefix(line, "Dynoxide listening on ") },
		}
	})
	if err != nil {
		return nil, err
	}
	return &Server{Endpoint: fmt.Sprintf("http://127.0.0.1:%d", port), process: p}, nil
}
