package identity

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
)

// ErrStaff says that a member is staff as well, who do not lose the console by
// what is done to members.
var ErrStaff = fault.New(fault.Conflict, "member_is_staff", "This person is staff as well. Take their level away first.")

// Deactivate shuts a member out (row Z17): sessions end with their next request
// and no other begins until Reactivate. Who is out already stays as they are.
// not_found for whoever is no member, member_is_staff for staff.
func (i Identity) Deactivate(now time.Time) (Identity, error) {
	if err := i.onlyMember(); err != nil || !i.Active() {
		return i, err
	}
	i.Deactivated, i.Assess = now, now
	return i.EndSessions(), nil
}

// Reactivate lets a member sign in again, with the grants they have; no former
// session lives again. Its faults are those of Deactivate.
func (i Identity) Reactivate() (Identity, error) {
	if err := i.onlyMember(); err != nil {
		return i, err
	}
	if !i.Active() {
		i.Deactivated, i.Assess = time.Time{}, i.Deactivated
	}
	return i, nil
}

// onlyMember refuses whoever is no member, and staff.
func (i Identity) onlyMember() error {
	switch {
	case i.Level != access.None:
		return ErrStaff
	case !i.Member:
		return fault.NotYours()
	}
	return nil
}
