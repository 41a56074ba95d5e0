package dynamo

import (
	"context"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// LinkedMessage reads the message that a link names, with its workspace, in one
// eventually consistent call; fresh asks for strongly consistent reads. What is
// not there is not_found.
func (s *Store) LinkedMessage(ctx context.Context, ws id.Workspace, m id.Message, fresh bool) (message.Message, workspace.Workspace, error) {
	places := []place{{schema.Core, messageKeys(ws, m)}, {schema.Core, workspaceKeys(ws)}}
	found, err := s.batches(ctx, places, fresh)
	if err != nil {
		return message.Message{}, workspace.Workspace{}, err
	}
	w, err := pick[workspace.Workspace](found, places[1].keys)
	if err != nil {
		return message.Message{}, workspace.Workspace{}, err
	}
	letter, err := pick[message.Message](found, places[0].keys)
	return letter, w, err
}

// GrantsAndPeople reads grants and identities that are there in one eventually
// consistent call: what is written of them is written under the version read.
func (s *Store) GrantsAndPeople(ctx context.Context, ws id.Workspace, grants []grant.Key, people []id.Identity) (map[grant.Key]grant.Grant, map[id.Identity]identity.Identity, error) {
	places := make([]place, 0, len(grants)+len(people))
	for _, k := range grants {
		places = append(places, place{schema.Core, grantKeys(ws, k)})
	}
	for _, who := range people {
		places = append(places, place{schema.Core, identityKeys(ws, who)})
	}
	found, err := s.glance(ctx, places)
	if err != nil {
		return nil, nil, err
	}
	held := make(map[grant.Key]grant.Grant, len(grants))
	for _, k := range grants {
		one, there, err := optional(pick[grant.Grant](found, grantKeys(ws, k)))
		if err != nil {
			return nil, nil, err
		}
		if there {
			held[k] = one
		}
	}
	known := make(map[id.Identity]identity.Identity, len(people))
	for _, who := range people {
		one, there, err := optional(pick[identity.Identity](found, identityKeys(ws, who)))
		if err != nil {
			return nil, nil, err
		}
		if there {
			known[who] = one
		}
	}
	return held, known, nil
}

// LinkAndWorkspace reads a join link, or not_found, with its workspace in one
// strongly consistent call.
func (s *Store) LinkAndWorkspace(ctx context.Context, ws id.Workspace, l id.JoinLink) (joinlink.JoinLink, workspace.Workspace, error) {
	places := []place{{schema.Core, joinLinkKeys(ws, l)}, {schema.Core, workspaceKeys(ws)}}
	found, err := s.batch(ctx, places)
	if err != nil {
		return joinlink.JoinLink{}, workspace.Workspace{}, err
	}
	w, err := pick[workspace.Workspace](found, places[1].keys)
	if err != nil {
		return joinlink.JoinLink{}, w, err
	}
	one, err := pick[joinlink.JoinLink](found, places[0].keys)
	return one, w, err
}
