package jobs

import (
	"context"
	"sync"

	"portero/shared/domain/id"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
)

// book looks workspaces and portals up once in a tick, however many
// invitations of theirs are due. It may be used concurrently.
type book struct {
	store      *dynamo.Store
	mu         sync.Mutex
	workspaces map[id.Workspace]workspace.Workspace
	portals    map[id.Portal]portal.Portal
}

func newBook(s *dynamo.Store) *book {
	return &book{store: s, workspaces: map[id.Workspace]workspace.Workspace{}, portals: map[id.Portal]portal.Portal{}}
}

func (b *book) workspace(ctx context.Context, ws id.Workspace) (workspace.Workspace, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if w, known := b.workspaces[ws]; known {
		return w, nil
	}
	w, err := b.store.Workspace(ctx, ws)
	if err == nil {
		b.workspaces[ws] = w
	}
	return w, err
}

// portal returns the zero portal for an invitation to staff.
func (b *book) portal(ctx context.Context, ws id.Workspace, p id.Portal) (portal.Portal, error) {
	if p == "" {
		return portal.Portal{}, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, known := b.portals[p]; known {
		return found, nil
	}
	found, err := b.store.Portal(ctx, ws, p)
	if err == nil {
		b.portals[p] = found
	}
	return found, err
}
