package app

import (
	"context"
	"errors"

	"portero/shared/domain/fault"
	"portero/shared/dynamo"
)

// tries is how often something is decided again because what it was decided on
// was changed meanwhile, before whoever called is left to repeat it (chosen;
// with dynamo.Pause it takes about a second).
const tries = 8

// Again runs a step, which loads, decides and commits, until nothing that it
// read was changed meanwhile: at most tries times.
func (a *App) Again(ctx context.Context, step func() error) error {
	for try := 0; ; try++ {
		err := step()
		if !errors.Is(err, fault.Stale(nil)) || try == tries {
			return err
		}
		if err := dynamo.Pause(ctx, try); err != nil {
			return err
		}
	}
}
