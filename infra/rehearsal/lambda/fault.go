package lambda

// Running says which function and request the process with this access key
// works on: the gate sees the key of a call and nothing else. ok is false when
// none does.
func (h *Host) Running(accessKey string) (function, requestID string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.live {
		if c := p.current(); p.key == accessKey && c != nil {
			return p.pool.Name, c.id, true
		}
	}
	return "", "", false
}

// KillRequest kills the process that works on the request, and returns when it
// is gone, so that a gate that calls it from within a call leaves the function
// no time to go on. It says whether there was one.
func (h *Host) KillRequest(requestID string) bool {
	return h.killIf(func(_ *pool, c *call) bool { return c.id == requestID }) > 0
}

// KillRunning kills every process of the function that works on a request, as
// KillRequest does, and returns how many those were.
func (h *Host) KillRunning(function string) int {
	return h.killIf(func(of *pool, _ *call) bool { return of.Name == function })
}

func (h *Host) killIf(meant func(*pool, *call) bool) int {
	h.mu.Lock()
	var these []*process
	for p := range h.live {
		if c := p.current(); c != nil && meant(p.pool, c) {
			these = append(these, p)
		}
	}
	h.mu.Unlock()
	for _, p := range these {
		p.kill()
	}
	return len(these)
}
