package invitations_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

func TestF4ListsByStateInTheOrderSent(t *testing.T) {
	w := testkit.New(t)
	var want []string
	ids := map[string]string{}
	for n := range 4 {
		a := fmt.Sprintf("c%d@client.example", n)
		ids[a] = w.Invite(a)[0]
		want = append(want, a)
		w.Advance(time.Minute)
	}
	w.Admin.Post(w.Path("/invitations/"+ids[want[0]]+"/resend"), one{}).OK()
	w.Settle()
	order := []string{want[1], want[2], want[3], want[0]}
	if got := listed(w, "state=pending&kind=client&order=oldest"); !slices.Equal(got, order) {
		t.Errorf("oldest first: %v, want %v", got, order)
	}
	slices.Reverse(order)
	if got := listed(w, "state=pending&kind=client"); !slices.Equal(got, order) {
		t.Errorf("newest first: %v, want %v", got, order)
	}
	w.AcceptMailed(want[1], testkit.Password)
	w.Admin.Post(w.Path("/invitations/"+ids[want[2]]+"/cancel"), one{}).OK()
	token := w.TokenIn(w.LastMailTo(want[3]))
	w.Anonymous().Post("/v1/invitations/decline", one{"token": token}).OK()
	for state, who := range map[string]string{"pending": want[0], "accepted": want[1], "cancelled": want[2], "declined": want[3]} {
		if got := listed(w, "kind=client&state="+state); !slices.Equal(got, []string{who}) {
			t.Errorf("%s: %v, want %s", state, got, who)
		}
	}
	if got := listed(w, "kind=client"); !slices.Equal(got, []string{want[0], want[3], want[2], want[1]}) {
		t.Errorf("every state: %v", got)
	}
	if got := listed(w, "kind=staff"); !slices.Equal(got, []string{testkit.AdminAddress}) {
		t.Errorf("to staff: %v", got)
	}
	if got := listed(w, "state=pending&delivery=bounced"); len(got) != 0 {
		t.Errorf("bounced: %v", got)
	}
	if got := listed(w, "state=pending&portal="+w.Portal); len(got) != 1 {
		t.Errorf("of the portal: %v", got)
	}
}

func TestF4NamesTheAccountsIfItIsAskedTo(t *testing.T) {
	w := testkit.New(t)
	sol := w.Admin.Post(w.Path("/accounts"), one{"name": "Panadería Sol"}).OK().String("id")
	w.Admin.Post(w.Path("/invitations"), one{"portal": w.Portal, "lines": []one{{"address": "a@client.example", "account": sol}}}).OK()
	for query, want := range map[string]int{"kind=client": 0, "kind=client&with=accounts": 1, "kind=staff&with=accounts": 0} {
		r := w.Admin.Get(w.Path("/invitations?" + query)).OK()
		if r.Len("items") != 1 || strings.Count(string(r.Body), `"accounts"`) != want {
			t.Errorf("%s: %s", query, r.Body)
		}
		if want == 1 && (r.String("items.0.accounts.0.id") != sol || r.String("items.0.accounts.0.name") != "Panadería Sol") {
			t.Errorf("%s: %s", query, r.Body)
		}
		if want == 1 && r.String("items.0.inviter.address") != testkit.AdminAddress {
			t.Errorf("an inviter without a name is a number: %s", r.Body)
		}
	}
}

func TestB1AMailThatMayHaveGoneOutTwiceIsShown(t *testing.T) {
	w := testkit.New(t)
	w.System.Mail().SetFault(func(_ int, action string) ses.Fault {
		if action == "SendRawEmail" {
			return ses.Cut
		}
		return ses.None
	})
	made := w.Admin.Post(w.Path("/invitations"), body(w, address("nora@client.example"))).OK().String("lines.0.invitation")
	w.Settle()
	w.System.Mail().SetFault(nil)
	w.Advance(30 * time.Minute)
	w.Tick("jobs/redeliver")
	w.Settle()
	r := w.Admin.Get(w.Path("/invitations/" + made)).OK()
	if r.String("duplicates") == "" || r.String("inviter.address") != testkit.AdminAddress {
		t.Errorf("%d mails: %s", len(w.MailTo("nora@client.example")), r.Body)
	}
}

func TestF4PagesHold50AndShowEveryOneOnce(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), one{"settings": one{"first_week_mails": 1, "daily_mails": 1}}).OK()
	var ids []string
	for part := range 3 {
		var lines []one
		for n := range 40 {
			lines = append(lines, address(fmt.Sprintf("c%d-%d@client.example", part, n)))
		}
		r := w.Admin.Post(w.Path("/invitations"), body(w, lines...)).OK()
		for n := range lines {
			ids = append(ids, r.String(fmt.Sprintf("lines.%d.invitation", n)))
		}
		w.Advance(time.Minute)
	}
	w.Admin.Post(w.Path("/invitations/batch"), one{"action": "cancel", "ids": ids[20:90]}).OK()
	for _, query := range []string{"kind=client", "kind=client&order=oldest", "state=cancelled", "state=cancelled&order=oldest", "delivery=queued"} {
		seen, cursor, last := map[string]bool{}, "", ""
		for pages := 0; ; pages++ {
			r := w.Admin.Get(w.Path("/invitations?" + query + cursor)).OK()
			if r.Len("items") > 50 || pages > 10 {
				t.Fatalf("%s: %d on page %d", query, r.Len("items"), pages)
			}
			for n := range r.Len("items") {
				sent := r.String(fmt.Sprintf("items.%d.sent_at", n))
				if oldest := query == "state=cancelled&order=oldest" || query == "kind=client&order=oldest"; last != "" && sent != last && (sent > last) != oldest {
					t.Fatalf("%s: %s after %s", query, sent, last)
				}
				last = sent
				if id := r.String(fmt.Sprintf("items.%d.id", n)); seen[id] {
					t.Fatalf("%s: %s is shown twice", query, id)
				} else {
					seen[id] = true
				}
			}
			if r.String("next") == "" {
				break
			}
			cursor = "&cursor=" + r.String("next")
		}
		want := 120
		if query[:5] == "state" {
			want = 70
		}
		if len(seen) < want || query != "delivery=queued" && len(seen) != want {
			t.Errorf("%s: %d were shown, want %d", query, len(seen), want)
		}
	}
}

func TestBadListsAreRefusedWithTheFieldsName(t *testing.T) {
	w := testkit.New(t)
	for query, want := range map[string]struct {
		status int
		code   string
	}{
		"state=open": {422, "invalid"}, "delivery=lost": {422, "invalid"}, "kind=lead": {422, "invalid"}, "order=best": {422, "invalid"},
		"portal=nonsense": {422, "id_malformed"}, "cursor=nonsense": {422, "cursor_invalid"}, "state=pending&cursor=nonsense": {422, "cursor_invalid"},
		"sort=name": {422, "invalid"}, "state=pending&state=expired": {400, "duplicate_parameter"},
	} {
		w.Admin.Get(w.Path("/invitations?"+query)).Problem(want.status, want.code)
	}
}

func TestAListCursorRunsOut(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), one{"settings": one{"first_week_mails": 1, "daily_mails": 1}}).OK()
	var lines []one
	for n := range 60 {
		lines = append(lines, address(fmt.Sprintf("c%d@client.example", n)))
	}
	w.Admin.Post(w.Path("/invitations"), body(w, lines...)).OK()
	next := w.Admin.Get(w.Path("/invitations?state=pending")).OK().String("next")
	other := testkit.New(t)
	other.Admin.Get(other.Path("/invitations?state=pending&cursor="+next)).Problem(422, "cursor_invalid")
	w.Advance(25 * time.Hour)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	w.Admin.Get(w.Path("/invitations?state=pending&cursor="+next)).Problem(422, "cursor_expired")
}
