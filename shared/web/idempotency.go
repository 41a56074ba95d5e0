package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/idempotency"
)

var (
	errKeyReused = fault.New(fault.Invalid, fault.CodeKeyReused, "This Idempotency-Key was used for another request. Use a new key for a new request.")
	errBusy      = fault.New(fault.Conflict, fault.CodeBusy, "The same request is still running. Ask again in a moment.").After(time.Second)
	errKeyLong   = fault.On("Idempotency-Key", "idempotency_key_malformed", "An Idempotency-Key has 1 to 128 visible ASCII characters.")
	errKeyRaced  = fault.New(fault.Conflict, "key_raced", "") // never shown: the request is run again
)

// keyed is one request under a key.
type keyed struct {
	hash    string // of caller, row and key; empty: no key was sent
	ws      id.Workspace
	request []byte // digest of what was asked
}

// keyOf reads the Idempotency-Key and binds it to its caller and row: the
// signed-in identity, or the link of a public row. A public row without a link
// keeps no record, since nobody could be told from anybody.
func keyOf(row contract.Endpoint, x *exchange, call Call, in any) (keyed, error) {
	key := header(x.event, "idempotency-key")
	if key == "" || row.Method != "POST" || row.NoIdempotency {
		return keyed{}, nil
	}
	if len(key) > idempotency.MaxKey || !visible(key) {
		return keyed{}, errKeyLong
	}
	caller := ""
	if l, ok := in.(Linked); ok {
		caller = l.LinkToken()
	} else if call.Actor.Kind == access.Key {
		caller = string(call.Actor.Key)
	} else if call.Actor.Kind == access.Person {
		caller = string(call.Actor.Identity)
	}
	if caller == "" || call.Actor.Workspace == "" {
		return keyed{}, nil
	}
	sum := sha256.Sum256([]byte(caller + "\x00" + row.Name + "\x00" + key))
	// Keyed, since a body may hold a password: nobody who reads the record can
	// try words against it without the key, which is stored nowhere.
	request := hmac.New(sha256.New, []byte(key))
	request.Write([]byte(x.event.RawPath + "?" + x.event.RawQueryString + "\x00"))
	request.Write(x.body)
	return keyed{hash: hex.EncodeToString(sum[:]), ws: call.Actor.Workspace, request: request.Sum(nil)}, nil
}

func visible(s string) bool {
	for i := range len(s) {
		if s[i] < '!' || s[i] > '~' {
			return false
		}
	}
	return true
}

// remembered returns the record of an earlier request under the same key, or
// idempotency_key_reused if that was another request.
func (s *Server) remembered(ctx context.Context, k keyed) (idempotency.Record, bool, error) {
	if k.hash == "" {
		return idempotency.Record{}, false, nil
	}
	r, found, err := s.Store.Remembered(ctx, k.ws, k.hash)
	if err != nil || !found {
		return r, false, err
	}
	if !bytes.Equal(r.Request, k.request) {
		return r, false, errKeyReused
	}
	return r, true, nil
}

// record makes the record of an answer; kept is its body, secrets aside.
func (k keyed) record(status int, kept []byte, now time.Time) idempotency.Record {
	return idempotency.Record{Workspace: k.ws, Hash: k.hash, Request: k.request, Status: status, Answer: kept, At: now}
}
