package invitations_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

func TestF2OneBadLineNeverBlocksTheOthers(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": "Acme"}).OK().String("id")
	marta := w.Admin.Post(w.Path("/contacts"), one{"name": "Marta", "address": "marta@acme.example", "accounts": []string{acme}, "language": "en"}).OK().String("id")
	silent := w.Admin.Post(w.Path("/contacts"), one{"name": "Silent", "accounts": []string{acme}}).OK().String("id")
	r := w.Admin.Post(w.Path("/invitations"), body(w,
		address("nora@client.example"), address("no address"), one{"contact": marta}, one{"contact": silent}, address("MARTA@acme.example"),
		one{"address": "x@client.example", "role": "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"}, one{"address": "ñ@client.example"},
		one{"address": "leo@client.example", "account": acme, "name": "Leo", "language": "en"},
	)).OK()
	want := "invited malformed invited contact_without_address twice role_unknown malformed invited"
	if got := verdicts(r); got != want {
		t.Fatalf("verdicts: %s\nwant:     %s", got, want)
	}
	if r.String("counts.invited") != "3" || r.String("counts.malformed") != "2" || r.String("lines.6.code") != "address_unsupported" {
		t.Errorf("counts and codes: %s", r.Body)
	}
	w.Settle()
	for to, subject := range map[string]string{"nora@client.example": "Invitación", "marta@acme.example": "Invitation", "leo@client.example": "Invitation"} {
		mails := w.MailTo(to)
		if len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, subject) {
			t.Errorf("%s: %d mails, want one in their own language", to, len(mails))
		}
	}
	if len(w.MailTo("x@client.example")) != 0 {
		t.Error("a refused line was mailed")
	}
	if got := len(listed(w, "state=pending&kind=client")); got != 3 {
		t.Errorf("%d pending, want 3", got)
	}
}

func TestT4ThePersonalMessageIsTextInMailAndPage(t *testing.T) {
	w := testkit.New(t)
	b := body(w, address("nora@client.example"))
	b["note"], b["source"] = "Hola <b>Nora</b>\nnos vemos", "la feria de Sevilla"
	w.Admin.Post(w.Path("/invitations"), b).OK()
	w.Settle()
	mail := w.LastMailTo("nora@client.example")
	if !strings.Contains(mail.Text, "Hola <b>Nora</b>") || !strings.Contains(mail.HTML, "Hola &lt;b&gt;Nora&lt;/b&gt;") {
		t.Errorf("the note is not shown as text: %s", mail.HTML)
	}
	seen := open(w, w.TokenIn(mail)).OK()
	if seen.String("note") != b["note"] || seen.String("source") != b["source"] {
		t.Errorf("the page shows %s", seen.Body)
	}
}

func TestPain6InvitingTwiceIsSafe(t *testing.T) {
	w := testkit.New(t)
	first := w.Invite("nora@client.example")[0]
	r := w.Admin.Post(w.Path("/invitations"), body(w, address("Nora@Client.example"))).OK()
	if verdicts(r) != "already_pending" || r.String("lines.0.invitation") != first {
		t.Errorf("again: %s", r.Body)
	}
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": "Acme"}).OK().String("id")
	r = w.Admin.Post(w.Path("/invitations"), body(w, one{"address": "nora@client.example", "account": acme})).OK()
	if verdicts(r) != "added_to_open" || r.String("lines.0.invitation") != first {
		t.Errorf("another account: %s", r.Body)
	}
	w.Settle()
	if got := len(w.MailTo("nora@client.example")); got != 1 {
		t.Errorf("%d mails, want 1", got)
	}
	member := w.AcceptMailed("nora@client.example", testkit.Password)
	if got := member.Get(w.Path("/sessions/current")).OK().Len("grants"); got != 2 {
		t.Errorf("accepting brought %d grants, want both", got)
	}
	r = w.Admin.Post(w.Path("/invitations"), body(w, one{"address": "nora@client.example", "account": acme})).OK()
	if verdicts(r) != "already_member" {
		t.Errorf("a member: %s", r.Body)
	}
	bolt := w.Admin.Post(w.Path("/accounts"), one{"name": "Bolt"}).OK().String("id")
	r = w.Admin.Post(w.Path("/invitations"), body(w, one{"address": "nora@client.example", "account": bolt})).OK()
	if verdicts(r) != "offered" {
		t.Errorf("a member's new account: %s", r.Body)
	}
	w.Settle()
	if got := len(w.MailTo("nora@client.example")); got != 2 {
		t.Errorf("%d mails, want the offer as the second", got)
	}
}

func TestPain11APreviewSaysTheSameAndChangesNothing(t *testing.T) {
	w := testkit.New(t)
	b := body(w, address("nora@client.example"), address("bad"), one{"address": "leo@client.example", "language": "en", "zone": "America/New_York"})
	b["validity"], b["reminders"] = "P10D", one{"days": []int{2, 4}, "at": "10:30"}
	before := w.Admin.Get(w.Path("/audit")).OK().Body
	seen := w.Admin.Post(w.Path("/invitations/preview"), b).OK()
	w.Settle()
	if !bytes.Equal(before, w.Admin.Get(w.Path("/audit")).OK().Body) || len(listed(w, "kind=client")) != 0 || len(w.MailTo("nora@client.example")) != 0 {
		t.Error("the preview left something behind")
	}
	if got := w.Admin.Get(w.Path("/contacts")).OK().Len("items"); got != 0 {
		t.Errorf("the preview made %d contacts", got)
	}
	want := map[string]string{
		"lines.0.verdict": "invited", "lines.0.sends_at": "2026-11-23T08:00:00Z", "lines.0.expires_at": "2026-12-03T22:59:59Z",
		"lines.0.reminders.0": "2026-11-25T09:30:00Z", "lines.0.reminders.1": "2026-11-27T09:30:00Z", "lines.0.language": "es", "lines.0.role": w.Role,
		"lines.1.verdict": "malformed", "lines.1.sends_at": "", "lines.2.expires_at": "2026-12-04T04:59:59Z", "lines.2.language": "en",
		"lines.2.reminders.0": "2026-11-25T15:30:00Z", "lines.0.invitation": "",
	}
	for path, value := range want {
		if got := seen.String(path); got != value {
			t.Errorf("%s is %q, want %q", path, got, value)
		}
	}
	done := w.Admin.Post(w.Path("/invitations"), b).OK()
	if verdicts(seen) != verdicts(done) {
		t.Errorf("previewed %s, done %s", verdicts(seen), verdicts(done))
	}
	made := w.Admin.Get(w.Path("/invitations/" + done.String("lines.0.invitation"))).OK()
	if made.String("expires_at") != seen.String("lines.0.expires_at") || made.String("next.at") != seen.String("lines.0.reminders.0") {
		t.Errorf("previewed %s, made %s", seen.Body, made.Body)
	}
}

func TestAPreviewForeseesTheDailyCap(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), one{"settings": one{"first_week_mails": 3, "daily_mails": 3}}).OK()
	var lines []one
	for n := range 5 {
		lines = append(lines, address(fmt.Sprintf("c%d@client.example", n)))
	}
	r := w.Admin.Post(w.Path("/invitations/preview"), body(w, lines...)).OK()
	sent := map[string]int{}
	for n := range 5 {
		sent[r.String(fmt.Sprintf("lines.%d.sends_at", n))]++
	}
	// The admin's own invitation counted against today.
	if sent["2026-11-23T08:00:00Z"] != 2 || sent["2026-11-23T23:00:00Z"] != 3 {
		t.Errorf("mails go %v", sent)
	}
}

func TestBadInvitesAreRefusedWithTheFieldsName(t *testing.T) {
	w := testkit.New(t)
	foreign := testkit.New(t)
	path := w.Path("/invitations")
	many := make([]one, 1001)
	for n := range many {
		many[n] = address("a@client.example")
	}
	with := func(name string, value any) one {
		b := body(w, address("a@client.example"))
		b[name] = value
		return b
	}
	cases := []struct {
		name   string
		body   any
		status int
		code   string
		field  string
	}{
		{"no lines", with("lines", []one{}), 422, "lines_missing", "lines"},
		{"lines that are null", with("lines", nil), 422, "invalid", "lines"},
		{"1,001 lines", with("lines", many), 422, "too_many_lines", "lines"},
		{"lines that are no list", with("lines", "a@client.example"), 422, "invalid", "lines"},
		{"an unknown field", with("lang", "es"), 422, "invalid", "lang"},
		{"an unknown field of a line", with("lines", []one{{"adress": "a@client.example"}}), 422, "invalid", "lines[0].adress"},
		{"no portal", one{"lines": []one{address("a@client.example")}}, 422, "invalid", ""},
		{"an empty portal", with("portal", ""), 422, "id_malformed", "portal"},
		{"another firm's portal", with("portal", foreign.Portal), 422, "portal_unknown", "portal"},
		{"a role where a portal belongs", with("portal", w.Role), 422, "id_malformed", "portal"},
		{"another firm's role", with("role", foreign.Role), 422, "role_unknown", "role"},
		{"an unknown language", with("language", "fr"), 422, "language_unknown", "language"},
		{"a validity in weeks", with("validity", "P2W"), 422, "validity_malformed", "validity"},
		{"a validity of 366 days", with("validity", "P366D"), 422, "validity_malformed", "validity"},
		{"a validity of no time", with("validity", "PT0H"), 422, "validity_malformed", "validity"},
		{"reminders on day 0", with("reminders", one{"days": []int{0}, "at": "09:00"}), 422, "reminders_malformed", "reminders.days"},
		{"reminders at 25 o'clock", with("reminders", one{"days": []int{1}, "at": "25:00"}), 422, "reminders_malformed", "reminders.at"},
		{"a note of 1,001 characters", with("note", strings.Repeat("ñ", 1001)), 422, "note_malformed", "note"},
		{"a note with control characters", with("note", "a\u0000b"), 422, "note_malformed", "note"},
		{"a source of two lines", with("source", "a\nb"), 422, "source_malformed", "source"},
		{"a body that ends early", `{"portal":"`, 400, "json_malformed", ""},
		{"a name twice", `{"portal":"a","portal":"b","lines":[]}`, 400, "duplicate_parameter", "portal"},
		{"a body of 2 MB", with("note", strings.Repeat("x", 2<<20)), 413, "too_large", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range []string{path, path + "/preview"} {
				r := w.Admin.Post(p, c.body).Problem(c.status, c.code)
				if c.field != "" && r.String("errors.0.name") != c.field {
					t.Errorf("%s: the field is %q, want %q", p, r.String("errors.0.name"), c.field)
				}
			}
		})
	}
	w.Settle()
	if got := len(listed(w, "kind=client")); got != 0 {
		t.Errorf("%d invitations were made", got)
	}
	foreign.Admin.Post(path, body(w, address("a@client.example"))).Problem(401, "sign_in_required")
	if r := w.Admin.Post(w.Path("/invitations"), body(w, one{"address": "a@client.example", "account": "acc_01jd0h5m3w8q4v9x2c6k7n1t5z"})).OK(); verdicts(r) != "account_unknown" {
		t.Errorf("another firm's account: %s", r.Body)
	}
}

func TestF7MembersOfStaffInviteWhileTheSwitchIsOn(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Post(w.Path("/staff/invitations"), one{"address": "berta@firm.example", "level": "member"}).OK()
	w.Settle()
	berta := w.AcceptMailed("berta@firm.example", testkit.Password)
	b := body(w, address("a@client.example"))
	set := func(on bool) { w.Admin.Patch(w.Path(""), one{"settings": one{"members_invite": on}}).OK() }
	set(false)
	berta.Post(w.Path("/invitations"), b).Problem(403, "not_allowed")
	berta.Post(w.Path("/invitations/preview"), b).Problem(403, "not_allowed")
	set(true)
	r := berta.Post(w.Path("/invitations"), b).OK()
	pending := w.Admin.Post(w.Path("/staff/invitations"), one{"address": "carl@firm.example", "level": "admin"}).OK().String("id")
	for _, deed := range []string{"/resend", "/cancel", "/link"} {
		berta.Post(w.Path("/invitations/"+pending+deed), one{}).Problem(404, "not_found")
	}
	berta.Patch(w.Path("/invitations/"+pending), one{"address": "mine@evil.example"}).Problem(404, "not_found")
	berta.Post(w.Path("/invitations/"+r.String("lines.0.invitation")+"/resend"), one{}).OK()
}

func TestB2AThousandLinesTakeSecondsAndMayBeRepeated(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), one{"settings": one{"first_week_mails": 1, "daily_mails": 1}}).OK() // mails wait: this is about the rest
	var lines []one
	all := soak.Trials(t, 1000)
	for n := range all {
		lines = append(lines, address(fmt.Sprintf("c%d@client.example", n)))
	}
	bad, good := all/2, fmt.Sprint(all-2)
	lines[bad], lines[bad+1] = address("bad"), address("c1@client.example")
	keyed := w.Admin.With("Idempotency-Key", "bulk-1")
	began := time.Now()
	first := keyed.Post(w.Path("/invitations"), body(w, lines...)).OK()
	t.Logf("%d lines in %s", all, time.Since(began).Round(time.Millisecond))
	if first.String("counts.invited") != good || first.String("counts.malformed") != "1" || first.String("counts.twice") != "1" {
		t.Fatalf("counts: %v", first.At("counts"))
	}
	again := keyed.Post(w.Path("/invitations"), body(w, lines...)).OK()
	if !bytes.Equal(first.Body, again.Body) || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("a repeat is not the first answer")
	}
	keyed.Post(w.Path("/invitations"), body(w, address("other@client.example"))).Problem(422, "idempotency_key_reused")
	fresh := w.Admin.Post(w.Path("/invitations"), body(w, lines...)).OK()
	if fresh.String("counts.already_pending") != good {
		t.Errorf("the same lines under no key: %v", fresh.At("counts"))
	}
	var answer struct {
		Lines []struct{ Invitation string }
	}
	if err := json.Unmarshal(first.Body, &answer); err != nil {
		t.Fatal(err)
	}
	ids := make([]string, all)
	for n := range ids {
		ids[n] = answer.Lines[n].Invitation
	}
	ids[bad] = "inv_01jd0h5m3w8q4v9x2c6k7n1t5z" // the malformed line has none
	cancel := func() testkit.Response {
		return keyed.Post(w.Path("/invitations/batch"), one{"action": "cancel", "ids": ids, "withdraw": true}).OK()
	}
	began = time.Now()
	done := cancel()
	t.Logf("%d cancelled in %s", all, time.Since(began).Round(time.Millisecond))
	if done.String("counts.done") != good || done.String("counts.refused") != "2" {
		t.Errorf("cancelled: %v", done.At("counts"))
	}
	if repeat := cancel(); !bytes.Equal(done.Body, repeat.Body) || repeat.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("the repeat of a batch is not the first answer")
	}
	if got := len(listed(w, "state=pending&kind=client")); got != 0 {
		t.Errorf("%d still pending", got)
	}
}

func TestTheLongestAnswersAreKeptToo(t *testing.T) {
	w := testkit.New(t)
	lines := []one{address("nora@client.example")}
	ids := []string{w.Invite("leo@client.example")[0]}
	for range 999 {
		lines = append(lines, address(strings.Repeat("x", 900)))
		ids = append(ids, strings.Repeat("x", 900))
	}
	keyed := w.Admin.With("Idempotency-Key", "long")
	r := keyed.Post(w.Path("/invitations"), body(w, lines...)).OK()
	if r.String("counts.invited") != "1" || r.String("counts.malformed") != "999" || r.String("lines.0.invitation") == "" {
		t.Errorf("counts: %v", r.At("counts"))
	}
	if got := keyed.Post(w.Path("/invitations/batch"), one{"action": "resend", "ids": ids}); got.Status != 413 && got.String("counts.done") != "1" {
		t.Errorf("batch: %d %.300s", got.Status, got.Body)
	}
}

func TestFiftyInvitesOfOneAddressAtOnceMakeOneOpenInvitation(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	trials := soak.Trials(t, 100)
	for trial := range trials {
		fiftyInvites(w, fmt.Sprintf("nora%d@client.example", trial))
		w.Advance(time.Minute) // the next window of the row's limit
	}
	if got := w.Count(w.Path("/invitations?state=pending&kind=client")); got != trials {
		t.Errorf("%d open of %d", got, trials)
	}
	if got := w.Count(w.Path("/contacts")); got != trials {
		t.Errorf("%d contacts of %d", got, trials)
	}
}

func fiftyInvites(w *testkit.World, who string) {
	w.T.Helper()
	var wait sync.WaitGroup
	answers := make([]testkit.Response, 50)
	for n := range answers {
		wait.Go(func() {
			r, err := w.Admin.Try("POST", w.Path("/invitations"), body(w, address(who)))
			if err != nil {
				w.T.Error(err)
			}
			answers[n] = r
		})
	}
	wait.Wait()
	counts, named := map[string]int{}, map[string]bool{}
	for _, r := range answers {
		if r.Status != 200 {
			w.T.Fatalf("status %d: %s", r.Status, r.Body)
		}
		counts[verdicts(r)]++
		named[r.String("lines.0.invitation")] = true
	}
	if counts["invited"] != 1 || counts["already_pending"] != 49 || len(named) != 1 {
		w.T.Fatalf("verdicts %v, %d invitations", counts, len(named))
	}
	w.Settle()
	if got := len(w.MailTo(who)); got != 1 {
		w.T.Fatalf("%d mails", got)
	}
}

func TestAPreviewKnowsContactsAndWhatIsOpen(t *testing.T) {
	w := testkit.New(t)
	w.Invite("nora@client.example")
	leo := w.Admin.Post(w.Path("/contacts"), one{"name": "Leo", "address": "leo@client.example"}).OK()
	seen := w.Admin.Post(w.Path("/invitations/preview"), body(w, address("nora@client.example"), one{"contact": leo.String("id")})).OK()
	if got := verdicts(seen); got != "already_pending invited" {
		t.Errorf("%s: %s", got, seen.Body)
	}
}

func TestPain11APreviewNamesNoInvitationThatIsNotThere(t *testing.T) {
	w := testkit.New(t)
	open := w.Invite("nora@client.example")[0]
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": "Acme"}).OK().String("id")
	leo := w.Admin.Post(w.Path("/contacts"), one{"name": "Leo", "address": "leo@client.example"}).OK().String("id")
	seen := w.Admin.Post(w.Path("/invitations/preview"), body(w,
		address("ana@client.example"), address("Ana@client.example"), one{"address": "ana@client.example", "account": acme},
		one{"contact": leo}, address("leo@client.example"),
		address("nora@client.example"), address("NORA@client.example"), one{"address": "nora@client.example", "account": acme},
	)).OK()
	if got, want := verdicts(seen), "invited twice added_to_open invited twice already_pending twice added_to_open"; got != want {
		t.Errorf("verdicts: %s\nwant:     %s", got, want)
	}
	for n := range 8 {
		named := seen.String(fmt.Sprintf("lines.%d.invitation", n))
		if n < 5 && named != "" || n >= 5 && named != open {
			t.Errorf("line %d names %q", n, named)
		}
	}
}
