package main

import (
	"context"

	"portero/shared/app"
)

// handler makes an app.Invoke a lambda.Handler: bytes in, bytes out, no
// reflection.
type handler app.Invoke

// Invoke serves one event.
func (h handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) { return h(ctx, payload) }
