package simulation

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// flows are what people do, with how often.
var flows = []struct {
	often int
	do    func(s *seed) *ask
}{
	{12, (*seed).inviteOne}, {5, (*seed).inviteMany}, {5, (*seed).inviteElsewhere}, {3, (*seed).inviteContact},
	{5, (*seed).resend}, {4, (*seed).cancel}, {2, (*seed).changeOffer}, {3, (*seed).copyLink}, {2, (*seed).batchOffers},
	{1, (*seed).listOffers}, {2, (*seed).getOffer},
	{4, (*seed).openOffer}, {14, (*seed).acceptOffer}, {7, (*seed).acceptSigningIn}, {4, (*seed).acceptSignedIn},
	{2, (*seed).declineOffer}, {1, (*seed).optOut}, {1, (*seed).renewOffer}, {1, (*seed).unsubscribe},
	{3, (*seed).makeJoinLink}, {1, (*seed).resetJoinLink}, {1, (*seed).switchJoinLink}, {5, (*seed).join}, {2, (*seed).joinSignedIn},
	{16, (*seed).confirm}, {3, (*seed).listRequests}, {6, (*seed).approve}, {4, (*seed).refuse},
	{7, (*seed).signIn}, {4, (*seed).whoAmI}, {2, (*seed).signOut}, {1, (*seed).signOutEverywhere},
	{2, (*seed).changePassword}, {2, (*seed).forgetPassword}, {12, (*seed).resetPassword},
	{3, (*seed).addAccount}, {3, (*seed).addContact}, {1, (*seed).addRole}, {3, (*seed).listContacts}, {2, (*seed).moveContact},
	{5, (*seed).changeGrant}, {4, (*seed).inviteStaff}, {1, (*seed).changeStaff}, {1, (*seed).listMembers},
	{2, (*seed).deactivate}, {3, (*seed).reactivate}, {2, (*seed).promote},
	{3, (*seed).beginJob}, {3, (*seed).deleteRole}, {6, (*seed).sendAway}, {2, (*seed).addTestClient}, {2, (*seed).removeTestClient},
	{9, (*seed).sample},
}

// flow draws something that somebody does; nil if it cannot be done now.
func (s *seed) flow() *ask {
	total := 0
	for _, f := range flows {
		total += f.often
	}
	at := s.choose.IntN(total)
	for _, f := range flows {
		if at -= f.often; at < 0 {
			return f.do(s)
		}
	}
	return nil
}

// somebody is one of the people that fit, or the one the step is about.
func (s *seed) somebody(fits func(*person) bool) *person {
	if s.focus != nil && fits(s.focus) && s.choose.IntN(4) > 0 {
		return s.focus
	}
	able := slices.DeleteFunc(slices.Clone(s.people), func(p *person) bool { return !fits(p) })
	if len(able) == 0 {
		return nil
	}
	return able[s.choose.IntN(len(able))]
}

func isClient(p *person) bool { return !p.staff }
func isIn(p *person) bool     { return len(p.sessions) > 0 }
func isKnown(p *person) bool  { return p.identity != "" }

// most fits most often as said, else anybody.
func (s *seed) most(fits func(*person) bool) func(*person) bool {
	if s.choose.IntN(8) == 0 || !slices.ContainsFunc(s.people, fits) {
		return anybody
	}
	return fits
}

// desk is a request of a member of staff who is signed in; of one who is not, to
// sign in.
func (s *seed) desk(flow, method, rest string, body any) *ask {
	p := s.people[0]
	if other := s.somebody(func(p *person) bool { return p.staff && isIn(p) }); other != nil && s.choose.IntN(3) == 0 {
		p = other
	}
	if !isIn(p) {
		return s.signingIn(p, p.password)
	}
	a := &ask{flow: flow, who: p, method: method, path: s.under(rest), body: body, bearer: p.token()}
	if method == http.MethodPost {
		a.key = s.key()
	}
	return s.inSession(a)
}

// inSession forgets a session that is answered to be over.
func (s *seed) inSession(a *ask) *ask {
	then := a.then
	a.then = func(got answer) {
		if got.status == http.StatusUnauthorized {
			a.who.drop(a.bearer)
		}
		if then != nil {
			then(got)
		}
	}
	return a
}

func (a *ask) and(then func(answer)) *ask {
	before := a.then
	a.then = func(got answer) {
		if before != nil {
			before(got)
		}
		then(got)
	}
	return a
}

func (p *person) drop(token string) {
	p.sessions = slices.DeleteFunc(slices.Clone(p.sessions), func(t string) bool { return t == token })
}

func (s *seed) key() string {
	s.asks++
	return fmt.Sprintf("key-%d", s.asks)
}

func (s *seed) addAccount() *ask {
	a := s.desk("add an account", http.MethodPost, "/accounts", map[string]any{"name": fmt.Sprintf("Bodegas %d", len(s.accounts))})
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && strings.HasPrefix(v, "acc_") {
			s.accounts = append(s.accounts, v)
		}
	})
}

func (s *seed) addContact() *ask {
	if len(s.accounts) == 0 {
		return nil
	}
	p := s.somebody(isClient)
	a := s.desk("add a contact", http.MethodPost, "/contacts", map[string]any{"name": "Eva Sol", "address": p.address, "accounts": []string{s.anyOf(s.accounts)}})
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && strings.HasPrefix(v, "con_") {
			s.contacts = append(s.contacts, v)
		}
	})
}

func (s *seed) addRole() *ask {
	if len(s.roles) > 3 {
		return nil
	}
	a := s.desk("add a role", http.MethodPost, "/roles", map[string]any{"portal": s.portal, "name": fmt.Sprintf("Role %d", len(s.roles))})
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && strings.HasPrefix(v, "rol_") {
			s.roles = append(s.roles, v)
		}
	})
}

// listContacts learns of contacts, their accounts and so of grants.
func (s *seed) listContacts() *ask {
	a := s.desk("list contacts", http.MethodGet, "/contacts", nil)
	return a.and(func(got answer) {
		if !got.ok() || got.at("items") == nil {
			return
		}
		s.grants, s.contacts, s.accounts = nil, nil, s.accounts[:min(3, len(s.accounts))]
		for n := range got.list("items") {
			contact := got.text(fmt.Sprintf("items.%d.id", n))
			if got.at(fmt.Sprintf("items.%d.test", n)) == true {
				continue // what is removed is nobody's to invite
			}
			s.contacts = append(s.contacts, contact)
			for k := range got.list(fmt.Sprintf("items.%d.accounts", n)) {
				account := got.text(fmt.Sprintf("items.%d.accounts.%d", n, k))
				if !slices.Contains(s.accounts, account) {
					s.accounts = append(s.accounts, account)
				}
				s.grants = append(s.grants, grantPath{account, contact, s.portal})
			}
		}
	})
}

// moveContact gives a contact another address, or links it to another account.
func (s *seed) moveContact() *ask {
	contact := s.anyOf(s.contacts)
	if contact == "" {
		return nil
	}
	body := map[string]any{"address": s.somebody(isClient).address}
	if s.choose.IntN(2) == 0 && len(s.accounts) > 0 {
		body = map[string]any{"accounts": []string{s.anyOf(s.accounts)}}
	}
	return s.desk("change a contact", http.MethodPatch, "/contacts/"+contact, body)
}

// changeGrant switches something of a grant.
func (s *seed) changeGrant() *ask {
	if len(s.grants) == 0 {
		return nil
	}
	g := s.grants[s.choose.IntN(len(s.grants))]
	body := map[string]any{}
	switch s.choose.IntN(5) {
	case 0, 1:
		body["sign_in"] = s.choose.IntN(2) == 0
	case 2:
		body["role"] = s.anyOf(s.roles)
	case 3:
		body["until"] = []string{"", "2026-12-01", "2027-12-31"}[s.choose.IntN(3)]
	default:
		body["notify"] = s.choose.IntN(2) == 0
	}
	return s.desk("change a grant", http.MethodPatch, "/accounts/"+g.account+"/contacts/"+g.contact+"/grants/"+g.portal, body)
}

func (s *seed) inviteStaff() *ask {
	p := s.people[1+s.choose.IntN(2)]
	a := s.desk("invite a colleague", http.MethodPost, "/staff/invitations", map[string]any{"address": p.address, "level": []string{"member", "admin"}[s.choose.IntN(2)]})
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && strings.HasPrefix(v, "inv_") {
			s.invited(v)
		}
	})
}

func (s *seed) changeStaff() *ask {
	p := s.people[1+s.choose.IntN(2)]
	if p.identity == "" {
		return nil
	}
	before := slices.Clone(p.sessions)
	a := s.desk("change a colleague's level", http.MethodPatch, "/staff/"+p.identity, map[string]any{"level": []string{"member", "none", "admin"}[s.choose.IntN(3)]})
	if a.flow == "sign in" {
		return a
	}
	_ = before // the level may be the one they have: then nothing ends
	return a
}

// member is a request about a client who can sign in.
func (s *seed) member(deed string, body any) (*ask, *person) {
	p := s.somebody(func(p *person) bool { return isClient(p) && isKnown(p) })
	if p == nil {
		return nil, nil
	}
	return s.desk(deed, http.MethodPost, "/members/"+p.identity+"/"+deed, body), p
}

func (s *seed) deactivate() *ask {
	a, p := s.member("deactivate", map[string]any{})
	if a == nil || a.flow != "deactivate" {
		return a
	}
	before := slices.Clone(p.sessions)
	return a.and(func(got answer) {
		if got.ok() {
			s.over(p, before...)
		}
	})
}

func (s *seed) reactivate() *ask {
	a, _ := s.member("reactivate", map[string]any{})
	return a
}

func (s *seed) promote() *ask {
	a, _ := s.member("promote", map[string]any{"level": "member"})
	return a
}

func (s *seed) listMembers() *ask { return s.desk("list members", http.MethodGet, "/members", nil) }

// Flows are the names of what people do and are answered with success for, in a
// run that is long enough.
func Flows() []string {
	return []string{
		"invite one", "invite many", "invite to an account", "invite a contact", "resend", "cancel", "change an invitation", "copy a link",
		"batch resend", "batch cancel", "batch link", "list invitations", "get an invitation", "open", "accept", "accept by signing in",
		"accept signed in", "decline", "opt out", "ask for a new link", "unsubscribe", "make a join link", "reset a join link",
		"switch a join link", "join", "join signed in", "confirm", "list join requests", "approve", "refuse", "sign in", "who am I", "sign out",
		"sign out everywhere", "change the password", "forget the password", "reset the password", "add an account", "add a contact",
		"add a role", "list contacts", "change a contact", "change a grant", "invite a colleague", "change a colleague's level", "list members",
		"deactivate", "reactivate", "promote", "begin a job", "delete a role", "send a colleague away", "add a test client", "remove a test client",
	}
}
