package joinlink

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// Desk is where staff make and look after join links, and decide on requests.
// It loads, decides and returns what must become true; it never writes.
type Desk struct {
	Store Store
	Actor access.Actor
	Now   time.Time // UTC, whole seconds
}

// Store is what a Desk reads from.
type Store interface {
	invitation.Store
	// JoinLink and JoinRequest read one, or not_found.
	JoinLink(ctx context.Context, ws id.Workspace, l id.JoinLink) (JoinLink, error)
	JoinRequest(ctx context.Context, ws id.Workspace, r id.JoinRequest) (Request, error)
}

// Draft is a link to be made.
type Draft struct {
	Portal        id.Portal
	Role          id.Role // empty: the portal's default
	Label         string
	From, Until   time.Time // zero: no limit
	MaxUses       int       // 0: no limit
	Domains       []string  // empty: any
	Approval      bool
	CreateContact bool
}

// Create makes a join link and its secret, which is shown once. It returns
// portal_unknown, role_unknown, label_malformed, until_before_from,
// max_uses_malformed, domain_malformed, domain_public, too_many_domains.
func (d Desk) Create(ctx context.Context, draft Draft) (JoinLink, link.Token, change.Set, error) {
	var set change.Set
	l := JoinLink{
		ID: id.New[id.JoinLink](d.Now), Workspace: d.Actor.Workspace, Portal: draft.Portal, Label: strings.TrimSpace(draft.Label),
		From: draft.From.UTC().Truncate(time.Second), Until: draft.Until.UTC().Truncate(time.Second), MaxUses: draft.MaxUses,
		Approval: draft.Approval, CreateContact: draft.CreateContact, Creator: d.Actor.Identity, CreatedAt: d.Now,
	}
	var err error
	if l.Domains, err = workspace.Domains("domains", draft.Domains); err != nil {
		return l, link.Token{}, set, err
	}
	if err = l.check(); err != nil {
		return l, link.Token{}, set, err
	}
	if !l.Until.IsZero() && !l.Until.After(d.Now) {
		return l, link.Token{}, set, ErrUntil
	}
	r, err := d.role(ctx, draft.Portal, draft.Role)
	if err != nil {
		return l, link.Token{}, set, err
	}
	l.Role = r.ID
	l, token := l.Reset()
	entry := d.entry("joinlink.created", string(l.ID))
	entry.After = l.plain()
	set.Insert(l)
	set.Raise(seat.Change{Workspace: r.Workspace, Role: r.ID, Limit: r.Limit()}) // the role must not be deleted meanwhile
	set.Insert(entry)
	return l, token, set, nil
}

// role returns the role a link or an approval gives: the wanted one, which must
// be the portal's, or the portal's default.
func (d Desk) role(ctx context.Context, p id.Portal, wanted id.Role) (role.Role, error) {
	found, err := d.Store.Known(ctx, d.Actor.Workspace, invitation.Wanted{Portals: []id.Portal{p}, Roles: some(wanted)})
	if err != nil {
		return role.Role{}, err
	}
	where, there := found.Portals[p]
	if !there {
		return role.Role{}, portal.ErrUnknown
	}
	if wanted == "" {
		wanted = where.DefaultRole
		if found, err = d.Store.Known(ctx, d.Actor.Workspace, invitation.Wanted{Roles: some(wanted)}); err != nil {
			return role.Role{}, err
		}
	}
	r, there := found.Roles[wanted]
	if !there || r.Portal != p {
		return role.Role{}, role.ErrUnknown
	}
	return r, nil
}

// Edit is what may be changed of a link; nil leaves a thing as it is, a zero
// value takes a limit away.
type Edit struct {
	Label       *string
	From, Until *time.Time
	MaxUses     *int
	Domains     *[]string
	Approval    *bool
	Off         *bool
}

// Change changes a link; it works so from the next request on. not_found, and
// what Create says of the fields.
func (d Desk) Change(ctx context.Context, one id.JoinLink, e Edit) (JoinLink, change.Set, error) {
	var set change.Set
	was, err := d.Store.JoinLink(ctx, d.Actor.Workspace, one)
	if err != nil {
		return was, set, err
	}
	l := was
	l.Label = strings.TrimSpace(or(e.Label, was.Label))
	l.From, l.Until = or(e.From, was.From).UTC().Truncate(time.Second), or(e.Until, was.Until).UTC().Truncate(time.Second)
	l.MaxUses, l.Approval, l.Off = or(e.MaxUses, was.MaxUses), or(e.Approval, was.Approval), or(e.Off, was.Off)
	if e.Domains != nil {
		if l.Domains, err = workspace.Domains("domains", *e.Domains); err != nil {
			return was, set, err
		}
	}
	if err := l.check(); err != nil {
		return was, set, err
	}
	if !l.Until.Equal(was.Until) && !l.Until.IsZero() && !l.Until.After(d.Now) {
		return was, set, ErrUntil // it is switched off, not dated back
	}
	entry := d.entry("joinlink.changed", string(l.ID))
	entry.Before, entry.After = was.plain(), l.plain()
	set.Replace(l)
	set.Insert(entry)
	return l, set, nil
}

// Reset gives a link another secret: the former one is dead at once, and so is
// every code that is on its way to somebody who followed it. not_found.
func (d Desk) Reset(ctx context.Context, one id.JoinLink) (JoinLink, link.Token, change.Set, error) {
	var set change.Set
	l, err := d.Store.JoinLink(ctx, d.Actor.Workspace, one)
	if err != nil {
		return l, link.Token{}, set, err
	}
	l, token := l.Reset()
	set.Replace(l)
	set.Insert(d.entry("joinlink.reset", string(l.ID)))
	return l, token, set, nil
}

func (d Desk) entry(action, subject string) audit.Entry {
	return audit.Of(d.Actor, d.Now, action, subject)
}

// plain is what an audit entry says of a link: nothing that a person wrote.
func (l JoinLink) plain() map[string]string {
	return map[string]string{
		"portal": string(l.Portal), "role": string(l.Role), "from": instant(l.From), "until": instant(l.Until),
		"max_uses": strconv.Itoa(l.MaxUses), "domains": strings.Join(l.Domains, " "), "approval": strconv.FormatBool(l.Approval),
		"create_contact": strconv.FormatBool(l.CreateContact), "off": strconv.FormatBool(l.Off),
	}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// or returns what is wanted, if anything is, else what was.
func or[T any](wanted *T, was T) T {
	if wanted == nil {
		return was
	}
	return *wanted
}

// some returns the identifiers that are not empty.
func some[T id.ID](all ...T) []T {
	var there []T
	for _, one := range all {
		if cmp.Compare(string(one), "") > 0 {
			there = append(there, one)
		}
	}
	return there
}

// decided is the audit entry of a request that staff end.
func (d Desk) decided(action string, r Request, given grant.Grant) audit.Entry {
	entry := d.entry(action, string(r.ID))
	entry.Before = map[string]string{"state": string(Waiting)}
	entry.After = map[string]string{"state": string(r.State), "identity": string(r.Identity)}
	if entry.Account = given.Account; given.Account != "" {
		entry.After["account"], entry.After["contact"], entry.After["role"] = string(given.Account), string(given.Contact), string(given.Role)
	}
	return entry
}
