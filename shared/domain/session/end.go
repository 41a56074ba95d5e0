package session

import (
	"context"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
)

// End ends one of the actor's own sessions; not_found if it is not there.
func (d Desk) End(ctx context.Context, one id.Session) (change.Set, error) {
	var set change.Set
	s, err := d.Store.Session(ctx, d.ws(), d.Actor.Identity, one)
	if err != nil {
		return set, err
	}
	set.Remove(s)
	set.Insert(d.entry("session.ended", d.Actor.Identity, string(one)))
	return set, nil
}

// EndAll ends every session of the actor, this one too, in one write: it raises
// the generation that all of them must have.
func (d Desk) EndAll(ctx context.Context) (change.Set, error) {
	var set change.Set
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err != nil {
		return set, signedOut(err)
	}
	set.Replace(who.EndSessions())
	set.Insert(d.entry("session.all_ended", who.ID, string(who.ID)))
	return set, nil
}
