package idempotency

import (
	"time"

	"portero/shared/domain/id"
)

// Record is the answer to a request that was made under a key. It is an item
// of the change's own transaction.
type Record struct {
	Workspace id.Workspace `json:"ws"`
	Hash      string       `json:"hash"`    // of caller, row and key
	Request   []byte       `json:"request"` // HMAC-SHA-256 of the request under the key; another one is refused
	Status    int          `json:"status"`
	Answer    []byte       `json:"answer,omitempty"` // the encoded body, secrets aside
	At        time.Time    `json:"at"`
	Version   int          `json:"v"`
}

const (
	// Life is how long a key is remembered (design.md §5).
	Life = 24 * time.Hour
	// MaxKey bounds a key's length in bytes (chosen; a UUID has 36).
	MaxKey = 128
)
