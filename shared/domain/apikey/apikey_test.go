package apikey

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
)

var (
	now   = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	ws    = id.Workspace("ws_01jd0h5m3w8q4v9x2c6k7n1t5z")
	ana   = id.Identity("idn_01jd0h5m3w8q4v9x2c6k7n1t5z")
	admin = access.Actor{Kind: access.Person, Workspace: ws, Identity: ana, Level: access.Admin}
)

func TestAKeyIsMade(t *testing.T) {
	for _, c := range []struct {
		name  string
		actor access.Actor
		draft Draft
		want  fault.Code
	}{
		{"with what an admin may do", admin, Draft{"CRM", []access.Permission{access.ContactRead, access.InvitationSend}, now.Add(time.Hour)}, ""},
		{"for a year", admin, Draft{"CRM", []access.Permission{access.ContactRead}, now.Add(MaxLife)}, ""},
		{"not for longer", admin, Draft{"CRM", []access.Permission{access.ContactRead}, now.Add(MaxLife + time.Second)}, "expiry_malformed"},
		{"not for the past", admin, Draft{"CRM", []access.Permission{access.ContactRead}, now}, "expiry_malformed"},
		{"not without an end", admin, Draft{"CRM", []access.Permission{access.ContactRead}, time.Time{}}, "expiry_malformed"},
		{"not without a scope", admin, Draft{"CRM", nil, now.Add(time.Hour)}, "scope_unknown"},
		{"not for what nobody knows", admin, Draft{"CRM", []access.Permission{"everything"}, now.Add(time.Hour)}, "scope_unknown"},
		{"not for making keys", admin, Draft{"CRM", []access.Permission{access.APIKeyManage}, now.Add(time.Hour)}, "scope_unknown"},
		{"not for what is about oneself", admin, Draft{"CRM", []access.Permission{access.OwnProfile}, now.Add(time.Hour)}, "scope_unknown"},
		{"not above its creator", access.Actor{Kind: access.Person, Workspace: ws, Identity: ana, Level: access.Member}, Draft{"CRM", []access.Permission{access.ContactManage}, now.Add(time.Hour)}, "scope_above_yours"},
		{"not without a name", admin, Draft{" ", []access.Permission{access.ContactRead}, now.Add(time.Hour)}, "name_malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, set, err := Desk{Actor: c.actor, Now: now}.Create(c.draft)
			if f := fault.As(err); (f == nil) != (c.want == "") || f != nil && (f.Code != c.want || !set.Empty()) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestWhoAKeyLetsIn(t *testing.T) {
	k, token, _, err := Desk{Actor: admin, Now: now}.Create(Draft{"CRM", []access.Permission{access.ContactRead}, now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	other := newToken(ws, ana, k.ID)
	creator := identity.Identity{ID: ana, Level: access.Admin}
	revoked, left, out := k, creator, creator
	back := creator
	back.LeftAt = now
	revoked.RevokedAt, left.Level, out.Deactivated = now, access.None, now
	for _, c := range []struct {
		name    string
		key     Key
		creator identity.Identity
		token   Token
		at      time.Time
		want    bool
	}{
		{"its holder", k, creator, token, now, true},
		{"nobody from its end on", k, creator, token, now.Add(time.Hour), false},
		{"nobody with another secret", k, creator, other, now, false},
		{"nobody once it is revoked", revoked, creator, token, now, false},
		{"nobody whose creator left", k, left, token, now, false},
		{"nobody whose creator left and came back", k, back, token, now, false},
		{"nobody whose creator is deactivated", k, out, token, now, false},
		{"nobody without a creator", k, identity.Identity{}, token, now, false},
		{"nobody by nothing", Key{}, creator, Token{}, now, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (Credentials{Key: c.key, Creator: c.creator}).Admit(c.token, c.at); got != c.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestATokenReadsAsItWasWrittenAndShowsNothing(t *testing.T) {
	token := newToken(ws, ana, "key_01jd0h5m3w8q4v9x2c6k7n1t5z")
	shown := token.Reveal()
	again, err := Parse(shown)
	if err != nil || again.Reveal() != shown || again.Workspace != ws || len(shown) != 3+3*27+52+7 {
		t.Fatalf("%v, %d characters", err, len(shown))
	}
	for _, form := range []string{fmt.Sprintf("%v %+v %#v %s %q", token, token, token, token, token)} {
		if strings.Contains(form, shown[90:110]) {
			t.Error("the secret is shown")
		}
	}
	for n := range len(shown) { // whatever is mistyped, the checksum says so
		for _, r := range "0z" {
			if wrong := shown[:n] + string(r) + shown[n+1:]; wrong != shown {
				if _, err := Parse(wrong); err == nil {
					t.Fatalf("taken with another character %d", n)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(newToken(ws, ana, "key_01jd0h5m3w8q4v9x2c6k7n1t5z").Reveal())
	f.Add("pk_")
	f.Add("pk_a_b_c")
	f.Fuzz(func(t *testing.T, s string) {
		if token, err := Parse(s); err == nil && token.Reveal() != s {
			t.Fatalf("%q reads as another", s)
		}
	})
}
