package main

import (
	"context"

	"portero/shared/app"
)

// handler makes an app.Invoke a lambda.Handler: bytes in, bytes out, no
// reflection.
type handler struct {
	serve app.Invoke
	clock *app.Clock
}

// Invoke serves one event.
func (h handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	ctx, cancel := h.clock.Begin(ctx)
	defer cancel()
	return h.serve(ctx, payload)
}
