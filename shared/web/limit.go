package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
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
	if call.Actor.Key != "" {
		who = string(call.Actor.Key)
	}
	if who == "" || row.Limit.ByNetwork {
		sum := sha256.Sum256([]byte(call.Network))
		who = hex.EncodeToString(sum[:8])
	}
	width := int64(row.Limit.Per / time.Second)
	window := call.Now.Unix() / width
	end := time.Unix((window+1)*width, 0).UTC()
	c := limit.Counter{
		Workspace: call.Actor.Workspace, Name: "limit." + row.Name + "." + who, Public: strings.ReplaceAll(row.Name, "/", "-"),
		Window: strconv.FormatInt(window, 10), Most: row.Limit.Requests, Until: end, Per: row.Limit.Per,
	}
	within, err := s.Store.Count(ctx, c)
	if err == nil && !within {
		err = c.Over(errTooMany, call.Now)
	}
	return err
}

// tellLimit writes the header fields of a limit that was met
// (draft-ietf-httpapi-ratelimit-headers-10 §3 and §4; values are RFC 9651's).
// One that no time ends has neither window nor reset.
func (x *exchange) tellLimit(f *fault.Error) {
	if f == nil || f.Kind != fault.TooMany || f.Quota.Most == 0 {
		return
	}
	policy, left := fmt.Sprintf("%q;q=%d", f.Quota.Name, f.Quota.Most), fmt.Sprintf("%q;r=0", f.Quota.Name)
	if f.Quota.Window > 0 {
		policy += fmt.Sprintf(";w=%d", int(f.Quota.Window.Seconds()))
		left += fmt.Sprintf(";t=%d", int(math.Ceil(f.RetryAfter.Seconds())))
	}
	x.header.Set("RateLimit-Policy", policy)
	x.header.Set("RateLimit", left)
}
