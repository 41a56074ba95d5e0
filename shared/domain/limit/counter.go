package limit

import (
	"time"

	"portero/shared/domain/id"
)

// Counter is one window of one limit.
type Counter struct {
	Workspace id.Workspace
	Name      string    // what is counted, and for whom; no address in clear
	Window    string    // which window: a day, a quarter of an hour
	Most      int       // how often it may happen in the window
	Until     time.Time // when the window is rubbish
}
