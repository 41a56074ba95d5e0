package child

import (
	"context"
	"errors"
	"fmt"
	"net"
)

// tries bounds how often StartListening picks another port. Chosen; between
// picking a free port and binding it another program may take it, which nobody
// does ten times in a row.
const tries = 10

// StartListening starts a program that listens on 127.0.0.1, on a port that was
// free just before, and again on another one when it ended before it was ready.
// Its errors are those of Start.
func StartListening(ctx context.Context, command func(port int) Command) (p *Process, port int, err error) {
	for range tries {
		if port, err = freePort(); err != nil {
			return nil, 0, err
		}
		p, err = Start(ctx, command(port))
		var ended *EndedError
		if !errors.As(err, &ended) {
			break
		}
	}
	return p, port, err
}

func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}
