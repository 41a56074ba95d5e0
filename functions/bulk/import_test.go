package bulk_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// send posts a file.
func send(w *testkit.World, path, query, file string) testkit.Response {
	w.T.Helper()
	return w.Admin.With("Content-Type", "text/csv; charset=utf-8").Post(w.Path(path)+"?"+query, file)
}

// imported sends a file, lets its job run, and returns the job.
func imported(w *testkit.World, query, file string) testkit.Response {
	w.T.Helper()
	r := send(w, "/imports", query, file).OK()
	if r.Status != 202 {
		w.T.Fatalf("status %d", r.Status)
	}
	w.Settle()
	j := w.Admin.Get(w.Path("/jobs/" + r.String("id"))).OK()
	if j.String("state") != "done" {
		w.T.Fatalf("%s", j.Body)
	}
	return j
}

// verdicts of a job, in the order of its lines.
func verdicts(w *testkit.World, job string) []string {
	w.T.Helper()
	var all []string
	next := ""
	for {
		r := w.Admin.Get(w.Path("/jobs/"+job+"/lines") + "?cursor=" + next).OK()
		for n := range r.Len("items") {
			all = append(all, r.String(fmt.Sprintf("items.%d.verdict", n)))
		}
		if next = r.String("next"); next == "" {
			return all
		}
	}
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// everything is a file with a row for each verdict.
const everything = "\ufeffCorreo electrónico;Nombre;Apellidos;Empresa;Rol;Idioma\r\n" +
	"marta@gil.example;Marta;Gil;Gil SL;;es\r\n" +
	"no address;Nadie;;Gil SL;;es\r\n" +
	"luis@gil.example;Luis;Gil;\"gil sl\";;español\r\n" +
	"MARTA@gil.example;Marta;Gil;GIL SL;;es\r\n" +
	"member@client.example;Eva;;;;en\r\n" +
	"pending@client.example;Ana;;;;en\r\n" +
	"bounce@simulator.amazonses.com;Rita;;;;en\r\n" +
	"rosa@client.example;Rosa;;;jefa;es\r\n" +
	"sara@client.example;Sara;;;;\r\n" +
	"tomas@client.example;Tomás;;;;fr\r\n" +
	";;;;;\r\n" +
	"ursula@client.example;Úrsula;;acc_01jd0h5m3w8q4v9x2c6k7n1t5z;;es\r\n" +
	"víctor@client.example;Víctor;;;;es\r\n" +
	"wide@client.example;W;;;;es;more\r\n"

var everythingsVerdicts = []string{"ready", "malformed", "ready", "twice", "already_member", "already_pending", "suppressed", "role_unknown",
	"language_missing", "language_unknown", "account_unknown", "malformed", "malformed"}

// peopled has a member, somebody pending, and an address that bounced.
func peopled(w *testkit.World) {
	w.T.Helper()
	w.Invite("member@client.example", "pending@client.example", "bounce@simulator.amazonses.com")
	w.AcceptMailed("member@client.example", testkit.Password)
	w.Settle()
}

func TestT1ADryRunHasAVerdictForEachRowAndChangesNothing(t *testing.T) {
	w := testkit.New(t)
	peopled(w)
	contacts, accounts := w.Count(w.Path("/contacts")), w.Count(w.Path("/accounts"))
	r := send(w, "/imports/preview", "access=invite&portal="+w.Portal, everything).OK()
	var got []string
	for n := range r.Len("rows") {
		got = append(got, r.String(fmt.Sprintf("rows.%d.verdict", n)))
	}
	same(t, got, everythingsVerdicts...)
	if r.At("accounts") != 1.0 || r.At("counts.ready") != 2.0 || r.String("rows.0.does") != "invited" || r.At("rows.1.row") != 3.0 || r.At("mapping.address") != 0.0 {
		t.Errorf("%s", r.Body)
	}
	if c, a := w.Count(w.Path("/contacts")), w.Count(w.Path("/accounts")); c != contacts || a != accounts || w.Count(w.Path("/jobs")) != 0 {
		t.Errorf("%d contacts and %d accounts, were %d and %d", c, a, contacts, accounts)
	}
	w.Settle()
	if len(w.MailTo("marta@gil.example")) != 0 {
		t.Error("a dry run mailed somebody")
	}
}

func TestT1AnImportDoesWhatItsDryRunSaid(t *testing.T) {
	w := testkit.New(t)
	peopled(w)
	j := imported(w, "access=invite&portal="+w.Portal, everything)
	want := append([]string{"invited"}, everythingsVerdicts[1:]...)
	want[2] = "invited"
	same(t, verdicts(w, j.String("id")), want...)
	if j.At("done") != 13.0 || j.At("lines") != 13.0 || j.At("counts.malformed") != 3.0 || j.String("by_name") == "-" {
		t.Errorf("%s", j.Body)
	}
	if n := len(w.MailTo("marta@gil.example")); n != 1 {
		t.Errorf("%d mails", n)
	}
	w.AcceptMailed("luis@gil.example", testkit.Password)
	accounts := w.Admin.Get(w.Path("/accounts")).OK()
	if n := strings.Count(strings.ToLower(string(accounts.Body)), `"gil sl"`); n != 1 {
		t.Errorf("the company was made %d times: %s", n, accounts.Body)
	}
	w.Advance(time.Second)
	if again := imported(w, "access=invite&portal="+w.Portal, everything); again.At("counts.already_pending") != 2.0 || again.At("counts.already_member") != 2.0 {
		t.Errorf("imported again: %s", again.Body)
	}
	if l := w.Admin.Get(w.Path("/jobs")).OK(); l.Len("items") != 2 || l.String("items.1.id") != j.String("id") || l.String("items.1.state") != "done" {
		t.Errorf("%s", l.Body)
	}
	if a := w.Admin.Get(w.Path("/audit?subject=" + j.String("id"))).OK(); a.String("items.0.action") != "job.created" || strings.Contains(string(a.Body), "gil") {
		t.Errorf("%s", a.Body)
	}
}

func TestT1T3PuttingOnFileGrantingAndInvitingAreSeparateChoices(t *testing.T) {
	w := testkit.New(t)
	const file = "email,name,company\nmarta@gil.example,Marta Gil,Gil SL\nluis@gil.example,Luis Gil,Gil SL\n"
	j := imported(w, "", file)
	same(t, verdicts(w, j.String("id")), "added", "added")
	contact := w.Admin.Get(w.Path("/jobs/" + j.String("id") + "/lines")).OK()
	account, person := contact.String("items.0.account"), contact.String("items.0.contact")
	grant := w.Path("/accounts/" + account + "/contacts/" + person + "/grants/" + w.Portal)
	w.Admin.Get(grant).Problem(404, "not_found")
	same(t, verdicts(w, imported(w, "access=none", file).String("id")), "already_known", "already_known")

	same(t, verdicts(w, imported(w, "access=grant&portal="+w.Portal, file).String("id")), "granted", "granted")
	if g := w.Admin.Get(grant).OK(); g.String("state") != "granted" || g.At("sign_in") != true || g.String("role") != w.Role {
		t.Errorf("%s", g.Body)
	}
	same(t, verdicts(w, imported(w, "access=grant&portal="+w.Portal, file).String("id")), "already_granted", "already_granted")
	if n := len(w.MailTo("marta@gil.example")); n != 0 {
		t.Fatalf("%d mails before anybody was invited", n)
	}
	same(t, verdicts(w, imported(w, "access=invite&portal="+w.Portal, file).String("id")), "invited", "invited")
	if n := len(w.MailTo("marta@gil.example")); n != 1 {
		t.Errorf("%d mails", n)
	}
	if n := w.Count(w.Path("/contacts")); n != 2 {
		t.Errorf("%d contacts", n)
	}
	w.AcceptMailed("marta@gil.example", testkit.Password)
}

func TestT1AColumnMayBeNamedAndAnImportIsIdempotent(t *testing.T) {
	w := testkit.New(t)
	file := "Titular;Buzón\nMarta Gil;marta@gil.example\n"
	send(w, "/imports", "", file).Problem(422, "column_missing")
	mapping := "mapping=" + url.QueryEscape(`{"address":"buzon","name":"Titular"}`)
	keyed := func(file string) testkit.Response {
		return w.Admin.With("Content-Type", "text/csv").With("Idempotency-Key", "one").Post(w.Path("/imports")+"?"+mapping, file)
	}
	first := keyed(file).OK()
	w.Settle()
	if again := keyed(file).OK(); again.String("id") != first.String("id") {
		t.Errorf("a repeat made %s", again.String("id"))
	}
	keyed(file+"Luis;luis@gil.example\n").Problem(422, "idempotency_key_reused")
	if n := w.Count(w.Path("/contacts")); n != 1 {
		t.Errorf("%d contacts", n)
	}
}

// TestT1AHostileFileGetsAClearAnswer sends what no address book writes.
func TestT1AHostileFileGetsAClearAnswer(t *testing.T) {
	w := testkit.New(t)
	const head = "email,name\n"
	wide := strings.Repeat("x,", 999) + "email\n" + strings.Repeat(",", 999) + "a@b.example\n"
	for says, c := range map[string]struct {
		file   string
		status int
		code   string
	}{
		"nothing":                 {"", 422, "csv_empty"},
		"a header alone":          {head, 422, "csv_empty"},
		"a byte too many":         {head + strings.Repeat("x", 5_000_001-len(head)), 413, "too_large"},
		"a row too many":          {head + strings.Repeat("a@b.example,\n", 10_001), 413, "csv_rows"},
		"1,000 columns":           {wide, 422, "csv_columns"},
		"NUL bytes":               {head + "a@b.example,\x00\n", 422, "csv_binary"},
		"Latin-1":                 {head + "a@b.example,Mar\xeda\n", 422, "csv_encoding"},
		"mixed encodings":         {head + "a@b.example,María\nb@b.example,Mar\xeda\n", 422, "csv_encoding"},
		"what was Latin-1":        {head + "a@b.example,Mar\ufffda\n", 422, "csv_encoding"},
		"UTF-16":                  {"\xff\xfee\x00m\x00", 422, "csv_encoding"},
		"an unclosed quote":       {head + "a@b.example,\"Mar\n", 422, "csv_quotes"},
		"a quote in a cell":       {head + "a@b.example,Ma\"r\n", 422, "csv_quotes"},
		"two columns of the same": {"email,correo\na@b.example,b@b.example\n", 422, "column_twice"},
		"no addresses":            {"name\nMarta\n", 422, "column_missing"},
		"a zip file":              {"PK\x03\x04\x14\x00", 422, "csv_binary"},
	} {
		t.Run(says, func(t *testing.T) {
			for _, path := range []string{"/imports", "/imports/preview"} {
				r := send(w, path, "", c.file)
				if r.Status != c.status || r.String("code") != c.code {
					t.Errorf("%s: %d %s", path, r.Status, r.Body)
				}
			}
		})
	}
	for query, code := range map[string]string{
		"access=everything": "access_unknown", "access=invite": "portal_unknown", "access=invite&portal=por_01jd0h5m3w8q4v9x2c6k7n1t5z": "portal_unknown",
		"mapping=[]": "mapping_malformed", `mapping={"x":"y"}`: "mapping_malformed", `mapping={"address":"nowhere"}`: "mapping_malformed",
		"delimiter=tab": "delimiter_unknown", "language=xx": "language_unknown", "validity=P999D&access=invite&portal=" + w.Portal: "validity_malformed",
		"role=king&access=invite&portal=" + w.Portal: "role_unknown",
	} {
		if r := send(w, "/imports", query, head+"a@b.example,\n"); r.Status != 422 || r.String("code") != code {
			t.Errorf("%s: %d %s", query, r.Status, r.Body)
		}
	}
	if r := w.Admin.Post(w.Path("/imports"), map[string]any{}); r.Status != 415 {
		t.Errorf("JSON: %d %s", r.Status, r.Body)
	}
	if n := w.Count(w.Path("/jobs")); n != 0 {
		t.Errorf("%d jobs all the same", n)
	}
}

func TestT1NobodyElseImportsOrSeesAJob(t *testing.T) {
	w := testkit.New(t)
	j := imported(w, "", "email\nmarta@gil.example\n")
	other := *w
	other.Seed("Another Firm", "boss@other.example")
	for _, path := range []string{"", "/lines", "/report"} {
		other.Admin.Get(other.Path("/jobs/"+j.String("id")+path)).Problem(404, "not_found")
		other.Admin.Get(w.Path("/jobs/"+j.String("id")+path)).Problem(401, "sign_in_required")
	}
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "member@firm.example", "level": "member"}).OK()
	w.Settle()
	member := w.AcceptMailed("member@firm.example", testkit.Password)
	member.Get(w.Path("/jobs/" + j.String("id"))).OK()
	member.With("Content-Type", "text/csv").Post(w.Path("/imports"), "email\nx@gil.example\n").Problem(403, "not_allowed")
}

func TestT7EverybodyOfChosenAccounts(t *testing.T) {
	w := testkit.New(t)
	var file strings.Builder
	file.WriteString("email,name,company\n")
	for n := range 30 {
		fmt.Fprintf(&file, "p%d@client.example,P %d,Company %d\n", n, n, n%3)
	}
	imported(w, "", file.String())
	var chosen []string
	accounts := w.Admin.Get(w.Path("/accounts")).OK()
	for n := range accounts.Len("items") {
		if a := accounts.String(fmt.Sprintf("items.%d.name", n)); a != "Company 2" {
			chosen = append(chosen, accounts.String(fmt.Sprintf("items.%d.id", n)))
		}
	}
	body := map[string]any{"accounts": append(chosen, chosen[0]), "access": "grant", "portal": w.Portal}
	foreseen := func() testkit.Response { return w.Admin.Post(w.Path("/jobs/preview"), body).OK() }
	run := func() testkit.Response {
		r := w.Admin.Post(w.Path("/jobs"), body).OK()
		w.Settle()
		return w.Admin.Get(w.Path("/jobs/" + r.String("id"))).OK()
	}
	if r := foreseen(); r.At("contacts") != 20.0 || r.At("counts.granted") != 20.0 || r.At("more") != false || r.Len("lines") != 0 || w.Count(w.Path("/jobs")) != 1 {
		t.Errorf("a dry run: %s", r.Body)
	}
	if j := run(); j.String("state") != "done" || j.At("counts.granted") != 20.0 || j.At("lines") != 20.0 || j.At("done") != 20.0 {
		t.Fatalf("%s", j.Body)
	}
	body["access"], body["role"] = "invite", w.Role
	if j := run(); j.At("counts.invited") != 20.0 {
		t.Fatalf("%s", j.Body)
	}
	if len(w.MailTo("p0@client.example")) != 1 || len(w.MailTo("p2@client.example")) != 0 {
		t.Error("the wrong ones were mailed")
	}
	w.AcceptMailed("p0@client.example", testkit.Password)
	if r := foreseen(); r.At("counts.already_pending") != 19.0 || r.At("counts.already_member") != 1.0 || r.Len("lines") != 20 || r.String("lines.19.address") == "" || !strings.HasPrefix(r.String("lines.0.name"), "P ") {
		t.Errorf("a dry run: %s", r.Body)
	}
	if j := run(); j.At("counts.already_pending") != 19.0 {
		t.Errorf("%s", j.Body)
	}
	body["accounts"] = []string{chosen[0], "acc_01jd0h5m3w8q4v9x2c6k7n1t5z"}
	refuse := func(code string) {
		t.Helper()
		w.Admin.Post(w.Path("/jobs"), body).Problem(422, code)
		w.Admin.Post(w.Path("/jobs/preview"), body).Problem(422, code)
	}
	refuse("account_unknown")
	body["accounts"], body["role"] = chosen[:1], "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"
	refuse("role_unknown")
	body["accounts"] = []string{}
	refuse("nothing_chosen")
	other := *w
	other.Seed("Another Firm", "boss@other.example")
	other.Admin.Post(other.Path("/jobs/preview"), map[string]any{"accounts": chosen, "access": "grant", "portal": other.Portal}).Problem(422, "account_unknown")
}

func TestT1TheReportHasALineForEachRowAndNoFormulas(t *testing.T) {
	w := testkit.New(t)
	j := imported(w, "", "email,name\n=cmd|' /C calc'!A0,Eve\n@sum,Eve\nmarta@gil.example,=Marta\n-1,Eve\n")
	r := w.Admin.Get(w.Path("/jobs/" + j.String("id") + "/report")).OK()
	if kind := r.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") || !strings.Contains(r.Header.Get("Content-Disposition"), j.String("id")+".csv") {
		t.Errorf("%v", r.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(string(r.Body))).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%v: %s", err, r.Body)
	}
	for n, want := range [][]string{{"row", "address", "verdict"}, {"2", "'=cmd|' /C calc'!A0", "malformed"}, {"3", "'@sum", "malformed"}, {"4", "marta@gil.example", "added"}, {"5", "'-1", "malformed"}} {
		same(t, rows[n][:3], want...)
	}
	w.Anonymous().Get(w.Path("/jobs/"+j.String("id")+"/report")).Problem(401, "sign_in_required")
}

// TestT1TheSampleFileHasTwoBadRows keeps the README's first import as it says.
func TestT1TheSampleFileHasTwoBadRows(t *testing.T) {
	w := testkit.New(t)
	raw, err := os.ReadFile("../../events/bulk/people.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := send(w, "/imports/preview", "access=invite&portal="+w.Portal, string(raw)).OK()
	if r.At("counts.ready") != 6.0 || r.At("counts.malformed") != 1.0 || r.At("counts.twice") != 1.0 || r.At("accounts") != 3.0 {
		t.Errorf("%s", r.Body)
	}
}

// TestAJobGoesWithItsReport: what people wrote of others does not stay.
func TestAJobGoesWithItsReport(t *testing.T) {
	w := testkit.New(t)
	j := imported(w, "", "email\nmarta@gil.example\nnobody\n")
	for _, c := range []struct {
		after  time.Duration
		status int
	}{{30*24*time.Hour - time.Minute, 200}, {time.Minute, 404}} {
		w.Advance(c.after)
		w.Tick("jobs/advance")
		admin := w.SignIn(testkit.AdminAddress, testkit.Password)
		for _, path := range []string{"", "/lines", "/report"} {
			if r := admin.Get(w.Path("/jobs/" + j.String("id") + path)); r.Status != c.status {
				t.Errorf("after %s, %s: %d %s", c.after, path, r.Status, r.Body)
			}
		}
	}
}

func TestT1AProgramImportsWhatItsKeyLetsIt(t *testing.T) {
	w := testkit.New(t)
	r := w.Admin.Post(w.Path("/apikeys"), map[string]any{"name": "CRM", "scopes": []string{"contact.manage", "job.read"}, "expires_at": "2027-11-23T08:00:00Z"}).OK()
	program := w.Bearer(r.String("key"))
	post := func(query string) testkit.Response {
		return program.With("Content-Type", "text/csv").Post(w.Path("/imports?"+query), "email,company\nmarta@gil.example,Gil SL\nluis@gil.example,\n")
	}
	for _, reach := range []string{"grant", "invite"} {
		post("access="+reach+"&portal="+w.Portal).Problem(403, "not_allowed")
	}
	j := post("access=none").OK().String("id")
	w.Settle()
	same(t, verdicts(w, j), "account_unknown", "added")
	if a := w.Admin.Get(w.Path("/audit?actor=" + r.String("apikey.id"))).OK(); a.Len("items") != 2 {
		t.Errorf("the trail names somebody else: %s", a.Body)
	}
}

func TestT1AnAddressOfTheFirmsOwnDomainIsRefused(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"own_domains": []string{"vega.example"}}}).OK()
	const file = "email\nlia@vega.example\n"
	if r := send(w, "/imports/preview", "access=invite&portal="+w.Portal, file).OK(); r.String("rows.0.verdict") != "domain_refused" {
		t.Errorf("%s", r.Body)
	}
	same(t, verdicts(w, imported(w, "access=grant&portal="+w.Portal, file).String("id")), "domain_refused")
	same(t, verdicts(w, imported(w, "access=none", file).String("id")), "added")
}
