package lambda

import "context"

type tagKey struct{}

// WithTag returns a context whose invocations carry a tag, by which whoever
// stands behind the process knows them again (Tagged). The function never sees
// it.
func WithTag(ctx context.Context, tag string) context.Context {
	return context.WithValue(ctx, tagKey{}, tag)
}

func tagOf(ctx context.Context) string {
	tag, _ := ctx.Value(tagKey{}).(string)
	return tag
}

// Tagged is the tag of what the process with this access key works on; "" if it
// has none.
func (h *Host) Tagged(accessKey string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.live {
		if c := p.current(); p.key == accessKey && c != nil {
			return c.tag
		}
	}
	return ""
}
