package invitation

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
)

// Terms are what the clock needs to know of a workspace: its policy of working
// days and quiet hours, and whether its mail is held back.
type Terms struct {
	Policy localtime.Policy
	Paused bool
}

// Send starts an invitation's clock at now: pending, valid anew, reminders from
// the first slot, a message queued. It is the first step of a new invitation
// and of every resend.
func (i Invitation) Send(m id.Message, t Terms, now time.Time) (Invitation, error) {
	zone, err := localtime.Load(i.Zone)
	if err != nil {
		return i, err
	}
	i.State, i.EndedAt, i.LinkAskedAt = Pending, time.Time{}, time.Time{}
	i.SentAt, i.Sends = now, i.Sends+1
	i.ExpiresAt = i.Validity.ExpiresAt(now, zone)
	i.Reminded, i.Quiet = 0, false
	return i.queued(m, now).plan(t, now), nil
}

// queued notes that a mail to the invitee is on its way.
func (i Invitation) queued(m id.Message, now time.Time) Invitation {
	i.Message, i.Delivery, i.DeliveryAt, i.Reason = m, message.Queued, now, ""
	return i
}

// plan sets what the clock does next: the first reminder after now that has
// not been used, else the expiry.
func (i Invitation) plan(t Terms, now time.Time) Invitation {
	i.Next = Due{Job: JobExpire, At: i.ExpiresAt}
	zone, err := localtime.Load(i.Zone)
	if err != nil || i.Quiet {
		return i
	}
	for _, slot := range i.Reminders.Slots(i.SentAt, i.ExpiresAt, zone, t.Policy) {
		if slot.Number > i.Reminded && slot.At.After(now) {
			i.Next = Due{Job: JobRemind, At: slot.At}
			return i
		}
	}
	return i
}

// Resend mails again: a pending invitation is renewed, an expired one reopened
// with its history; invitation_accepted, invitation_declined or
// invitation_cancelled for the rest.
func (i Invitation) Resend(m id.Message, t Terms, now time.Time) (Invitation, error) {
	if s := i.StateAt(now); s != Pending && s != Expired {
		return i, over(s)
	}
	return i.Send(m, t, now)
}

// Cancel ends an open or expired invitation: every link of it is dead at once.
// Cancelling twice is the same as once; invitation_accepted or
// invitation_declined for what was answered.
func (i Invitation) Cancel(now time.Time) (Invitation, error) {
	switch s := i.StateAt(now); s {
	case Cancelled:
		return i, nil
	case Pending, Expired:
		return i.end(Cancelled, now), nil
	default:
		return i, over(s)
	}
}

// Accept ends an open invitation with the person in; else it says why not:
// invitation_accepted, invitation_declined, invitation_cancelled,
// invitation_expired.
func (i Invitation) Accept(now time.Time) (Invitation, error) {
	if s := i.StateAt(now); s != Pending {
		return i, over(s)
	}
	return i.end(Accepted, now), nil
}

// Decline ends an open invitation by the invitee's word. Declining twice is
// the same as once.
func (i Invitation) Decline(now time.Time) (Invitation, error) {
	switch s := i.StateAt(now); s {
	case Declined:
		return i, nil
	case Pending:
		return i.end(Declined, now), nil
	default:
		return i, over(s)
	}
}

// Expire records that a pending invitation is over; invitation_not_due before
// its instant and for every other state.
func (i Invitation) Expire(now time.Time) (Invitation, error) {
	if i.State != Pending || now.Before(i.ExpiresAt) {
		return i, ErrNotDue
	}
	return i.end(Expired, i.ExpiresAt), nil
}

func (i Invitation) end(s State, at time.Time) Invitation {
	i.State, i.EndedAt, i.Next = s, at, Due{}
	return i
}

// Remind uses the reminder slot that is due at now: the invitation with the
// mail queued, and the slot's number. invitation_not_due if none is. If several
// slots have passed, the last of them is used and the rest are passed over, so
// that nobody gets two at once. A late job uses nothing in quiet hours, on a
// free day or while the workspace's mail is held back; the clock is set to the
// next instant that reminders may go out.
func (i Invitation) Remind(m id.Message, t Terms, now time.Time) (next Invitation, number int, err error) {
	if i.State != Pending || i.Quiet || i.Next.Job != JobRemind || now.Before(i.Next.At) {
		return i, 0, ErrNotDue
	}
	zone, err := localtime.Load(i.Zone)
	if err != nil {
		return i, 0, err
	}
	if !now.Before(i.ExpiresAt) {
		return i.plan(t, now), 0, nil
	}
	at := now
	if t.Paused { // looked at once a day, not once a minute
		at = now.AddDate(0, 0, 1)
	}
	if allowed := i.allowed(at, t.Policy, zone); allowed.After(now) {
		i.Next.At = allowed
		if !allowed.Before(i.ExpiresAt) {
			i.Next = Due{Job: JobExpire, At: i.ExpiresAt}
		}
		return i, 0, nil
	}
	for _, slot := range i.Reminders.Slots(i.SentAt, i.ExpiresAt, zone, t.Policy) {
		if slot.Number > i.Reminded && !slot.At.After(now) {
			number = slot.Number
		}
	}
	if number == 0 { // the plan was changed under the clock
		return i.plan(t, now), 0, nil
	}
	i.Reminded = number
	// The list shows the state of the last mail; a reminder changes what it is
	// about, not where the invitation stands in any list.
	i.Message = m
	return i.plan(t, now), number, nil
}

// SlotAt is when the plan wanted a reminder, however late it goes out; the zero
// time for one that the plan does not have.
func (i Invitation) SlotAt(number int, t Terms) time.Time {
	zone, err := localtime.Load(i.Zone)
	if err != nil {
		return time.Time{}
	}
	for _, slot := range i.Reminders.Slots(i.SentAt, i.ExpiresAt, zone, t.Policy) {
		if slot.Number == number {
			return slot.At
		}
	}
	return time.Time{}
}

// allowed returns the earliest instant, not before now, at which the policy lets
// a late reminder out: now itself, the end of quiet hours, or the plan's hour of
// the next working day.
func (i Invitation) allowed(now time.Time, policy localtime.Policy, zone *time.Location) time.Time {
	at := policy.NextAllowed(now, zone)
	for policy.Workdays.Validate() == nil && !policy.Workdays.Has(localtime.DateOf(at, zone).Weekday()) {
		next := localtime.DateOf(at, zone).AddDays(1)
		at = policy.NextAllowed(localtime.Resolve(next, i.Reminders.At, zone), zone)
	}
	return at
}

// Upcoming returns when the clock will remind the invitee, as things stand.
func (i Invitation) Upcoming(t Terms, now time.Time) []time.Time {
	zone, err := localtime.Load(i.Zone)
	if err != nil || i.Quiet || !i.Open(now) {
		return nil
	}
	var all []time.Time
	for _, slot := range i.Reminders.Slots(i.SentAt, i.ExpiresAt, zone, t.Policy) {
		if slot.Number > i.Reminded && slot.At.After(now) {
			all = append(all, slot.At)
		}
	}
	return all
}

// Silence stops the reminders: a bounce, a complaint, an opt-out.
func (i Invitation) Silence() Invitation {
	if i.State != Pending || i.Quiet {
		return i
	}
	i.Quiet = true
	i.Next = Due{Job: JobExpire, At: i.ExpiresAt}
	return i
}

// Readdress moves an open or expired invitation to another address: links that
// went to the old one are dead, and it is sent again.
func (i Invitation) Readdress(a email.Address, m id.Message, t Terms, now time.Time) (Invitation, error) {
	if s := i.StateAt(now); s != Pending && s != Expired {
		return i, over(s)
	}
	i.Address, i.Key = a, a.Key()
	return i.Send(m, t, now)
}

// Retime gives an open invitation another validity, counted from when it was
// last sent, and plans again; validity_over if that would end it now.
func (i Invitation) Retime(v localtime.Validity, t Terms, now time.Time) (Invitation, error) {
	if s := i.StateAt(now); s != Pending {
		return i, over(s)
	}
	zone, err := localtime.Load(i.Zone)
	if err != nil {
		return i, err
	}
	end := v.ExpiresAt(i.SentAt, zone)
	if !now.Before(end) {
		return i, ErrShort
	}
	i.Validity, i.ExpiresAt = v, end
	return i.plan(t, now), nil
}

// Offering adds a grant to an open invitation.
func (i Invitation) Offering(o Offer) (Invitation, error) {
	if len(i.Grants) >= MaxOffers {
		return i, ErrTooMany
	}
	i.Grants = append(append([]Offer{}, i.Grants...), o)
	return i, nil
}

// Offers returns the offer for the same account and contact, if there is one.
func (i Invitation) Offers(a id.Account, c id.Contact) (Offer, bool) {
	for _, o := range i.Grants {
		if o.Account == a && o.Contact == c {
			return o, true
		}
	}
	return Offer{}, false
}
