package web

import (
	"context"
	"log/slog"
	"time"

	"portero/shared/domain/apikey"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/idempotency"
	"portero/shared/domain/limit"
	"portero/shared/domain/session"
)

// Server is what serving a request needs besides the row and its handler.
type Server struct {
	Store Store
	Now   func() time.Time
	Log   *slog.Logger
	// BaseURL is the one origin of pages and API, from configuration.
	BaseURL string
	// OriginSecret is what CloudFront adds; the viewer's address is believed
	// beside it only. Empty believes nobody.
	OriginSecret string
	// PlainCookies leaves out the __Host- prefix and Secure. Only the local
	// gateway sets it; no template can (design.md §7).
	PlainCookies bool
}

// Store is what the web layer reads and writes on its own account.
type Store interface {
	// Credentials reads session, identity, grant and role in one strongly
	// consistent batch; what is not there is left zero.
	Credentials(ctx context.Context, t session.Token) (session.Credentials, error)
	// Touch records that a session was used.
	Touch(ctx context.Context, s session.Session, now time.Time) error
	// KeyCredentials reads an API key, its creator and its last use in one strongly
	// consistent batch; what is not there is left zero.
	KeyCredentials(ctx context.Context, t apikey.Token) (apikey.Credentials, error)
	// TouchKey records that a key was used.
	TouchKey(ctx context.Context, ws id.Workspace, k id.APIKey, now time.Time) error
	// Remembered reads an idempotency record.
	Remembered(ctx context.Context, ws id.Workspace, hash string) (idempotency.Record, bool, error)
	// Count adds one to a counter's window and reports whether it is still
	// within most.
	Count(ctx context.Context, c limit.Counter) (bool, error)
	Commit(ctx context.Context, set change.Set) error
}

func (s *Server) now() time.Time { return s.Now().UTC().Truncate(time.Second) }
