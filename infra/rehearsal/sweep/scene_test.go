//go:build rehearsal

package sweep

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/contract"
	"portero/shared/domain/factor"
	"portero/shared/domain/message"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// What stands in the event samples (functions/events_test.go).
const (
	unique        = "01jd0h5m3w8q4v9x2c6k7n1t5z"
	sampleBearer  = "of-the-demo-admin"
	sampleWord    = "the doorman knows my face"
	sampleAdmin   = "admin@firm.example"
	sampleSecret  = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	sceneLogo     = "iVBORw0KGgoAAAANSUhEUgAAABEAAAARAQMAAAABo9W5AAAAA1BMVEUdTthVdjWUAAAADElEQVR42mNgoBwAAABEAAHpHptRAAAAAElFTkSuQmCC" // 17 × 17, which is not the sample's
	sampleInstant = "2026-11-23T08:00:00Z"
)

var (
	sampleMailed  = "ws_" + unique + ".msg_" + unique + "." + strings.Repeat("A", 43)
	sampleShared  = "ws_" + unique + ".jln_" + unique + "." + strings.Repeat("A", 43)
	sampleBinding = "ws_" + unique + ".ver_" + unique + "." + strings.Repeat("A", 43)
)

// scene is a workspace with one of everything that samples name, made through
// the front door: what takes the place of each identifier and each secret.
type scene struct {
	*testkit.World
	put map[string]string
	// instead is what takes another's place in the samples of some rows, because
	// they are about a thing in another state.
	instead map[string]map[string]string
}

type m = map[string]any

// id puts an identifier in the place of the sample's of the same kind.
func (s *scene) id(is string) string {
	prefix, _, ok := strings.Cut(is, "_")
	if !ok {
		s.T.Helper()
		s.T.Fatalf("%q is no identifier", is)
	}
	s.put[prefix+"_"+unique] = is
	return is
}

// small is a workspace with one pending invitation, unreminded with one that is
// never reminded of.
func small(w *testkit.World) *scene      { return pending(w, nil) }
func unreminded(w *testkit.World) *scene { return pending(w, m{"days": []int{}, "at": "09:00"}) }

// pending makes them; plan is when to remind, nil for the workspace's own plan.
func pending(w *testkit.World, plan m) *scene {
	s := &scene{World: w, put: map[string]string{}, instead: map[string]map[string]string{}}
	w.Seed("Garrigues & Vega", sampleAdmin)
	w.LiftCaps()
	w.Admin.Patch(w.Path(""), m{"look": m{"footer": "Garrigues & Vega, S.L.P."}}).OK()
	w.Admin.Put(w.Path("/logo"), m{"image": sceneLogo}).OK()
	s.put[sampleWord] = testkit.Password
	s.put[sampleBearer] = w.Admin.Token()
	s.put["vega-partners"] = w.PortalName
	s.id(w.Workspace)
	s.id(w.Portal)
	account := s.id(w.Admin.Post(w.Path("/accounts"), m{"name": "Bodegas Sol"}).OK().String("id"))
	contact := s.id(w.Admin.Post(w.Path("/contacts"), m{"name": "Paula", "address": "paula@client.example", "accounts": []string{account}}).OK().String("id"))
	asked := m{"portal": w.Portal, "lines": []m{{"contact": contact}}}
	if plan != nil {
		asked["reminders"] = plan
	}
	s.id(w.Admin.Post(w.Path("/invitations"), asked).OK().String("lines.0.invitation"))
	w.Settle()
	mail := w.LastMailTo("paula@client.example")
	s.put[sampleMailed] = w.TokenIn(mail)
	s.id(mail.Tags["message"])
	s.put["lucia@client.example"] = "paula@client.example" // a bounce's
	return s
}

func (s *scene) invite(lines ...m) string {
	r := s.Admin.Post(s.Path("/invitations"), m{"portal": s.Portal, "lines": lines}).OK()
	return r.String("lines.0.invitation")
}

// pieces are what a scene has beside the small one's things, each made where a
// room's rows or their samples name what it is of: a case is a copy of everything.
var pieces = []struct {
	of   []string
	make func(*scene)
}{
	{[]string{"rol_"}, (*scene).auditor},
	{[]string{"grants/create", "contacts/change"}, (*scene).ungranted},
	{[]string{"contacts/remove"}, (*scene).testing},
	{[]string{"invitations/renew"}, (*scene).cancelled},
	{[]string{"idn_", "ses_", "staff/"}, (*scene).staff},
	{[]string{"jln_", "jrq_", "ver_"}, (*scene).joining},
	{[]string{"sessions/"}, (*scene).twoGrants},
	{[]string{"members/"}, (*scene).members},
	{[]string{"apikeys/"}, (*scene).apikey},
	{[]string{"secondfactors/"}, (*scene).secondFactors},
	{[]string{"passwords/first"}, (*scene).credentials},
	{[]string{"passwords/reset"}, (*scene).forgotten},
	{[]string{"optouts/"}, (*scene).stopping},
	{[]string{"colleagues/"}, (*scene).colleagues},
	{[]string{"/find"}, (*scene).external},
	{[]string{"job_"}, (*scene).bulk},
	{[]string{"bulk/resume"}, (*scene).stuck},
}

// large is small with everything that some rows' samples are about.
func large(rows []contract.Row) func(*testkit.World) *scene {
	return func(w *testkit.World) *scene {
		s := small(w)
		delete(s.put, "lucia@client.example")
		w.Admin.Patch(w.Path(""), m{"settings": m{"code_sign_in": true, "support_dates": true}}).OK()
		var named strings.Builder
		for _, row := range rows {
			text, err := sample(row.Base().Name)
			if err != nil {
				w.T.Fatal(err)
			}
			fmt.Fprintln(&named, row.Base().Name, text)
		}
		for _, piece := range pieces {
			if slices.ContainsFunc(piece.of, func(one string) bool { return strings.Contains(named.String(), one) }) {
				piece.make(s)
			}
		}
		w.Settle()
		w.Advance(6 * time.Minute) // so that a request notes that its session was used (shared/web)
		s.instead["secondfactors/setup"] = m2("123456", s.shows(sampleSecret))
		return s
	}
}

// account is the one that samples name.
func (s *scene) account() string { return s.put["acc_"+unique] }

// auditor is a role beside the default one.
func (s *scene) auditor() {
	s.id(s.Admin.Post(s.Path("/roles"), m{"name": "Auditor", "portal": s.Portal}).OK().String("id"))
}

// testing is a test client, who was invited.
func (s *scene) testing() {
	tried := s.Admin.Post(s.Path("/contacts"), m{"name": "Prueba", "address": "prueba@client.example", "accounts": []string{s.account()}, "test": true}).OK().String("id")
	s.Admin.Post(s.Path("/invitations"), m{"portal": s.Portal, "lines": []m{{"contact": tried}}}).OK()
	s.instead["contacts/remove"] = m2("con_"+unique, tried)
}

// ungranted is a contact whom nothing was granted.
func (s *scene) ungranted() {
	free := s.Admin.Post(s.Path("/contacts"), m{"name": "Olga", "address": "olga@client.example", "accounts": []string{s.account()}}).OK().String("id")
	for _, row := range []string{"grants/create", "contacts/change"} {
		s.instead[row] = m2("con_"+unique, free)
	}
}

// cancelled is an invitation that was.
func (s *scene) cancelled() {
	over, token := s.mailed("carla@client.example")
	s.Admin.Post(s.Path("/invitations/"+over+"/cancel"), m{}).OK()
	s.instead["invitations/renew"] = m2(sampleMailed, token)
}

func (s *scene) apikey() {
	s.id(s.Admin.Post(s.Path("/apikeys"), m{"name": "CRM", "scopes": []string{"contact.read"}, "expires_at": "2027-01-01T00:00:00Z"}).OK().String("apikey.id"))
}

// forgotten is the admin's mail to choose a new password.
func (s *scene) forgotten() {
	s.Anonymous().Post(s.Path("/password-resets"), m{"address": sampleAdmin}).OK()
	s.Settle()
	s.instead["passwords/reset"] = m2("ws_"+unique+".msg_"+unique+".secret", s.TokenIn(s.LastMailTo(sampleAdmin)))
}

// stopping is a mail's link to get no more.
func (s *scene) stopping() {
	stop := stopLink.FindStringSubmatch(strings.Join(s.LastMailTo("paula@client.example").Header["List-Unsubscribe"], ""))
	for _, row := range []string{"optouts/create", "optouts/open"} {
		s.instead[row] = m2("u=sample", "u="+stop[1])
	}
}

var stopLink = regexp.MustCompile(`[?]u=([^>]+)`)

// m2 is one replacement.
func m2(from, to string) map[string]string { return map[string]string{from: to} }

// mailed invites an address and returns the mailed link's token.
func (s *scene) mailed(address string) (invitation, token string) {
	invitation = s.invite(m{"address": address})
	s.Settle()
	return invitation, s.TokenIn(s.LastMailTo(address))
}

// staff are a second admin, and a second session of the first.
func (s *scene) staff() {
	s.Admin.Post(s.Path("/staff/invitations"), m{"address": "berta@firm.example", "level": "admin"}).OK()
	s.Settle()
	berta := s.AcceptMailed("berta@firm.example", testkit.Password)
	s.id(berta.Get(s.Path("/sessions/current")).OK().String("identity.id"))
	spare := s.SignIn(sampleAdmin, testkit.Password)
	s.id(spare.Get(s.Path("/sessions/current")).OK().String("session.id"))
}

// joining is a join link, somebody who waits behind another, and somebody who
// has a code to type.
func (s *scene) joining() {
	share := func(approval bool) (token string) {
		r := s.Admin.Post(s.Path("/joinlinks"), m{"portal": s.Portal, "create_contact": true, "approval": approval}).OK()
		_, token, _ = strings.Cut(r.String("url"), "#")
		return token
	}
	join := func(token, address string) m {
		r := s.Anonymous().Post("/v1/joinlinks/join", m{"token": token, "address": address, "password": testkit.Password, "name": "Lia"}).OK()
		s.Settle()
		return m{"workspace": r.String("workspace"), "verification": r.String("verification"), "binding": r.String("binding"), "code": s.CodeIn(s.LastMailTo(address))}
	}
	s.Anonymous().Post("/v1/verifications/confirm", join(share(true), "rosa@client.example")).OK()
	s.id(s.Admin.Get(s.Path("/joinrequests?state=waiting")).OK().String("items.0.id"))
	open := share(false)
	s.id(strings.Split(open, ".")[1])
	s.put[sampleShared] = open
	typed := join(open, "lia@client.example")
	s.id(typed["verification"].(string))
	s.put[sampleBinding], s.put["12345678"] = typed["binding"].(string), typed["code"].(string)
}

// twoGrants is a member of two accounts.
func (s *scene) twoGrants() {
	one := s.Admin.Post(s.Path("/accounts"), m{"name": "Casa Nora"}).OK().String("id")
	two := s.Admin.Post(s.Path("/accounts"), m{"name": "Taller Nora"}).OK().String("id")
	nora := s.Admin.Post(s.Path("/contacts"), m{"name": "Nora", "address": "nora@client.example", "accounts": []string{one, two}}).OK().String("id")
	s.invite(m{"contact": nora, "account": one}, m{"contact": nora, "account": two})
	s.Settle()
	member := s.AcceptMailed("nora@client.example", testkit.Password)
	other := two
	if member.Get(s.Path("/sessions/current")).OK().String("grant.account.id") == two {
		other = one
	}
	s.instead["sessions/switch"] = map[string]string{sampleBearer: member.Token(), "acc_" + unique: other, "con_" + unique: nora}
}

// members are one who may be deactivated, and one who is.
func (s *scene) members() {
	who := func(address string) string {
		s.mailed(address)
		return s.AcceptMailed(address, testkit.Password).Get(s.Path("/sessions/current")).OK().String("identity.id")
	}
	s.instead["members/deactivate"] = m2("idn_"+unique, who("tomas@client.example"))
	s.instead["members/promote"] = s.instead["members/deactivate"]
	out := who("ivo@client.example")
	s.Admin.Post(s.Path("/members/"+out+"/deactivate"), m{}).OK()
	s.instead["members/reactivate"] = m2("idn_"+unique, out)
	s.instead["members/batch"] = s.instead["members/reactivate"] // the sample's action
}

// colleagues are a member who may invite, and whom they invited.
func (s *scene) colleagues() {
	s.Admin.Patch(s.Path(""), m{"settings": m{"colleagues": true}}).OK()
	s.Admin.Patch(s.Path("/roles/"+s.Role), m{"may": []string{"own.profile", "colleague.invite"}}).OK()
	s.mailed("hugo@client.example")
	hugo := s.AcceptMailed("hugo@client.example", testkit.Password)
	invited := hugo.Post(s.Path("/colleagues"), m{"address": "hilda@client.example"}).OK().String("contact")
	s.Settle()
	for _, row := range []string{"colleagues/create", "colleagues/list", "colleagues/resend", "colleagues/cancel"} {
		s.instead[row] = map[string]string{sampleBearer: hugo.Token(), "con_" + unique: invited}
	}
}

// external is what an integrator calls an account and a contact of theirs.
func (s *scene) external() {
	const theirs = "crm-1"
	s.Admin.Put(s.Path("/external/accounts/"+theirs), m{"name": "Cava Ruiz"}).OK()
	s.Admin.Put(s.Path("/external/contacts/"+theirs), m{"name": "Ruth", "address": "ruth@client.example", "accounts": []string{s.account()}}).OK()
	s.instead["accounts/find"] = m2("crm-4711", theirs)
	s.instead["contacts/find"] = s.instead["accounts/find"]
}

// bulk is a job that is done, at an account that no other sample is about.
func (s *scene) bulk() {
	account := s.Admin.Post(s.Path("/accounts"), m{"name": "Hotel Ruiz"}).OK().String("id")
	s.Admin.Post(s.Path("/contacts"), m{"name": "Teo", "address": "teo@client.example", "accounts": []string{account}}).OK()
	s.id(s.Admin.Post(s.Path("/jobs"), m{"access": "grant", "accounts": []string{account}, "portal": s.Portal}).OK().String("id"))
	s.Settle()
}

// stuck is a job that cannot go on.
func (s *scene) stuck() {
	one := s.listed()
	s.Stick(one)
	s.instead["bulk/resume"] = m2("job_"+unique, one)
}

// listed begins a job over the people of an account, which nobody has come to yet.
func (s *scene) listed() string {
	account := s.Admin.Post(s.Path("/accounts"), m{"name": "Hostal Paz"}).OK().String("id")
	s.Admin.Post(s.Path("/contacts"), m{"name": "Pau", "address": "pau@client.example", "accounts": []string{account}}).OK()
	return s.Admin.Post(s.Path("/jobs"), m{"access": "invite", "accounts": []string{account}, "portal": s.Portal}).OK().String("id")
}

// scenes are what is due, by job: small for a job that is not here.
var scenes = map[string][]func(*testkit.World) *scene{
	"jobs/redeliver": {queued},
	"jobs/release":   {parked},
	"jobs/expire":    {unreminded},
	"jobs/digest":    {noted},
	"jobs/advance":   {listing, moving, leaving, clearing, clearingLast},
}

func listing(w *testkit.World) *scene {
	s := small(w)
	s.listed()
	return s
}

// moving is small with a role whose people move, and everything that names it.
func moving(w *testkit.World) *scene {
	s := small(w)
	s.auditor()
	role := s.put["rol_"+unique]
	contact := func(name string) string {
		return s.Admin.Post(s.Path("/contacts"), m{"name": name, "address": name + "@client.example", "accounts": []string{s.account()}}).OK().String("id")
	}
	s.Admin.Post(s.Path("/accounts/"+s.account()+"/contacts/"+contact("olga")+"/grants"), m{"portal": s.Portal, "role": role}).OK()
	s.Admin.Post(s.Path("/invitations"), m{"portal": s.Portal, "role": role, "lines": []m{{"contact": contact("vera")}}}).OK()
	s.Admin.Post(s.Path("/joinlinks"), m{"portal": s.Portal, "role": role}).OK()
	s.Settle()
	s.Admin.Post(s.Path("/roles/"+role+"/delete"), m{"move_to": s.Role}).OK()
	return s
}

// leaving is small with an admin who left, and what was theirs.
func leaving(w *testkit.World) *scene {
	s := small(w)
	s.staff()
	berta := s.SignIn("berta@firm.example", testkit.Password)
	admin := s.Admin
	s.Admin = berta
	s.mailed("vera@client.example")
	s.AcceptMailed("vera@client.example", testkit.Password)
	s.mailed("olga@client.example")
	berta.Post(s.Path("/joinlinks"), m{"portal": s.Portal}).OK()
	s.Admin = admin
	s.Settle()
	s.Admin.Patch(s.Path("/staff/"+s.put["idn_"+unique]), m{"level": "none"}).OK()
	return s
}

// clearing is small with a test client who was invited and is to be removed.
func clearing(w *testkit.World) *scene { return removing(w, func(*scene) {}) }

// clearingLast is small with one of whom nothing is left but what goes at last.
func clearingLast(w *testkit.World) *scene {
	s := removing(w, func(s *scene) { s.AcceptMailed("prueba@client.example", testkit.Password) })
	s.Settle()
	return s
}

func removing(w *testkit.World, meanwhile func(*scene)) *scene {
	s := small(w)
	tried := s.Admin.Post(s.Path("/contacts"), m{"name": "Prueba", "address": "prueba@client.example", "accounts": []string{s.account()}, "test": true}).OK().String("id")
	s.Admin.Post(s.Path("/invitations"), m{"portal": s.Portal, "lines": []m{{"contact": tried}}}).OK()
	s.Settle()
	meanwhile(s)
	s.Settle()
	s.Admin.Delete(s.Path("/contacts/" + tried)).OK()
	return s
}

// noted is small with a notice that waits for the admin's digest.
func noted(w *testkit.World) *scene {
	s := small(w)
	s.Admin.Patch(s.Path("/me"), m{"profile": m{"notices": "digest"}}).OK()
	s.AcceptMailed("paula@client.example", testkit.Password)
	return s
}

// credentials is somebody with a temporary password, as passwords/first takes it.
func (s *scene) credentials() {
	s.Admin.Post(s.Path("/invitations"), m{"portal": s.Portal, "by": "credentials", "lines": []m{{"address": "sara@client.example"}}}).OK()
	s.Settle()
	typed := temporary.FindStringSubmatch(s.LastMailTo("sara@client.example").Text)
	if typed == nil {
		s.T.Fatal("no temporary password in the mail")
	}
	s.instead["passwords/first"] = map[string]string{"lucia@client.example": "sara@client.example", "1234 5678 1234 5678": typed[1]}
}

var temporary = regexp.MustCompile(`(?m)^    (\d{4} \d{4} \d{4} \d{4})$`)

// secondFactors is a colleague who has one.
func (s *scene) secondFactors() {
	s.Admin.Post(s.Path("/staff/invitations"), m{"address": "dora@firm.example", "level": "member"}).OK()
	s.Settle()
	dora := s.AcceptMailed("dora@firm.example", testkit.Password)
	codes := dora.Post(s.Path("/me/second-factor"), m{"secret": sampleSecret, "code": s.shows(sampleSecret), "password": testkit.Password}).OK()
	shown := map[string]string{sampleBearer: dora.Token(), "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF": codes.String("recovery_codes.0")}
	s.instead["secondfactors/renew"], s.instead["secondfactors/remove"] = shown, shown
	s.instead["secondfactors/reset"] = m2("idn_"+unique, dora.Get(s.Path("/sessions/current")).OK().String("identity.id"))
}

// shows is what an authenticator app with a secret shows.
func (s *scene) shows(secret string) string {
	s.T.Helper()
	parsed, err := factor.ParseSecret(secret)
	if err != nil {
		s.T.Fatal(err)
	}
	code, err := parsed.CodeAt(s.Now())
	if err != nil {
		s.T.Fatal(err)
	}
	return code
}

// queued is small with a mail that nobody has sent yet.
func queued(w *testkit.World) *scene {
	s := small(w)
	s.instead["triggers/feedback"] = m2("msg_"+unique, s.put["msg_"+unique]) // one that is out
	s.invite(m{"address": "vera@client.example"})
	err := everything(w.T.Context(), local.DatabaseClient(w.System.Database()), w.System.Tables(), func(_ schema.Name, item dynamo.Item) error {
		if word(item, schema.KindAttr) == string(schema.Message) && word(item, "delivery") == string(message.Queued) {
			s.id(word(item, "id"))
		}
		return nil
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return s
}

// parked is queued with the mail waiting since a restore; nothing in the
// templates says that there was one.
func parked(w *testkit.World) *scene {
	s := queued(w)
	m, far := s.put["msg_"+unique], "2126-11-23T08:00:00Z"
	_, err := local.DatabaseClient(w.System.Database()).UpdateItem(w.T.Context(), &dynamodb.UpdateItemInput{
		TableName:                 aws.String(w.System.Tables()[schema.Core]),
		Key:                       dynamo.Item{schema.PK: words(w.Workspace, string(schema.Message), m), schema.SK: words("@")},
		UpdateExpression:          aws.String("SET reason = :reason, due = :far, dsk = :key"),
		ExpressionAttributeValues: dynamo.Item{":reason": words(message.ReasonRestored), ":far": words(far), ":key": words(far, w.Workspace, m)},
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return s
}

func words(parts ...string) types.AttributeValue {
	return &types.AttributeValueMemberS{Value: strings.Join(parts, schema.Sep)}
}

// sample reads a row's event sample.
func sample(row string) (string, error) {
	raw, err := os.ReadFile("../../../events/" + row + ".json")
	return string(raw), err
}

// request is a row's sample about the scene's things.
func (s *scene) request(row contract.Row) (string, error) {
	text, err := sample(row.Base().Name)
	if err != nil {
		return "", err
	}
	swap := func(with map[string]string) {
		// Longer ones first: a token holds identifiers.
		for _, long := range []bool{true, false} {
			for from, to := range with {
				if (len(from) > 40) == long {
					text = strings.ReplaceAll(text, from, to)
				}
			}
		}
	}
	swap(s.instead[row.Base().Name])
	swap(s.put)
	return text, nil
}

// due is when the clock has something to do with what the scene left, by job.
var due = map[string]time.Duration{
	"jobs/remind":    3*24*time.Hour + time.Hour, // the first reminder, and it is 09:00 in Madrid
	"jobs/expire":    16 * 24 * time.Hour,
	"jobs/redeliver": message.Lease + time.Second,
	"jobs/advance":   3 * time.Minute, // what a leaver may still have written is written
	"jobs/digest":    26 * time.Hour,
}
