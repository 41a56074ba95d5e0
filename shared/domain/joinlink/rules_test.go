package joinlink

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

var at = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func TestWhatALinkComesTo(t *testing.T) {
	hour := time.Hour
	for name, c := range map[string]struct {
		link JoinLink
		want State
		why  error
	}{
		"without limits":                     {JoinLink{}, Open, nil},
		"before it begins":                   {JoinLink{From: at.Add(1)}, NotYet, ErrNotYet},
		"at the instant it begins":           {JoinLink{From: at}, Open, nil},
		"a second before its end":            {JoinLink{Until: at.Add(time.Second)}, Open, nil},
		"at its end":                         {JoinLink{Until: at}, Over, ErrOver},
		"with a place left":                  {JoinLink{MaxUses: 2, Uses: 1}, Open, nil},
		"full":                               {JoinLink{MaxUses: 2, Uses: 2}, Full, ErrFull},
		"fuller than it may be since":        {JoinLink{MaxUses: 2, Uses: 3}, Full, ErrFull},
		"used often without a limit":         {JoinLink{Uses: 1000}, Open, nil},
		"off, whatever else":                 {JoinLink{Off: true, MaxUses: 1, Uses: 1, Until: at.Add(-hour)}, Off, ErrOff},
		"over rather than full":              {JoinLink{MaxUses: 1, Uses: 1, Until: at.Add(-hour)}, Over, ErrOver},
		"full before it began, by a mistake": {JoinLink{MaxUses: 1, Uses: 1, From: at.Add(hour)}, Full, ErrFull},
	} {
		if got := c.link.StateAt(at); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if err := c.link.Usable(at); !errors.Is(err, c.why) && (err != nil || c.why != nil) {
			t.Errorf("%s: %v, want %v", name, err, c.why)
		}
	}
}

func TestALinkAdmitsAddressesOfItsDomainsOnly(t *testing.T) {
	l := JoinLink{Domains: []string{"client.example", "xn--pea-8ma.example"}}
	for address, want := range map[email.Address]bool{
		"lucia@client.example": true, "LUCIA@Client.EXAMPLE": true, "ana@peña.example": true,
		"lucia@sub.client.example": false, "lucia@client.example.evil.example": false, "lucia@evil-client.example": false,
	} {
		if got := l.Admits(address) == nil; got != want {
			t.Errorf("%s: %v", address, got)
		}
		if err := (JoinLink{}).Admits(address); err != nil {
			t.Errorf("%s by a link without domains: %v", address, err)
		}
	}
}

func TestAResetKillsTheFormerSecret(t *testing.T) {
	l, former := JoinLink{ID: id.New[id.JoinLink](at), Workspace: id.New[id.Workspace](at)}.Reset()
	again, token := l.Reset()
	if former.Opens(again.Hash) || !token.Opens(again.Hash) || again.ID != l.ID {
		t.Error("the former secret still opens, or the new one does not")
	}
}
