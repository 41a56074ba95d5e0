package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/limit"
)

var errTooMany = fault.New(fault.TooMany, fault.CodeTooMany, "Too many requests. Wait a little, then try again.")

// limit counts a call against its row's limit, per actor or, on public rows,
// per network. The window is fixed; the answer says when it ends.
func (s *Server) limit(ctx context.Context, row contract.Endpoint, call Call) error {
	if row.Limit.Requests == 0 || call.Actor.Workspace == "" {
		return nil
	}
	who := string(call.Actor.Identity)
	if who == "" || row.Limit.ByNetwork {
		sum := sha256.Sum256([]byte(call.Network))
		who = hex.EncodeToString(sum[:8])
	}
	width := int64(row.Limit.Per / time.Second)
	window := call.Now.Unix() / width
	end := time.Unix((window+1)*width, 0).UTC()
	within, err := s.Store.Count(ctx, limit.Counter{
		Workspace: call.Actor.Workspace, Name: "limit." + row.Name + "." + who,
		Window: strconv.FormatInt(window, 10), Most: row.Limit.Requests, Until: end,
	})
	if err != nil {
		return err
	}
	if !within {
		return errTooMany.After(end.Sub(call.Now))
	}
	return nil
}
