package contacts_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/infra/local"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

const tryout = "ana+prueba@firm.example"

// ours makes the firm's domain its own.
func ours(w *testkit.World) {
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"own_domains": []any{"firm.example"}}}).OK()
}

// cleared lets the job of a removal come to its end.
func cleared(w *testkit.World, job string) {
	w.T.Helper()
	w.Tick("jobs/advance")
	if r := w.Admin.Get(w.Path("/jobs/" + job)).OK(); r.String("kind") != "test_client" || r.String("state") != "waiting" || r.String("reason") != "settling" {
		w.T.Fatalf("%s", r.Body)
	}
	w.Advance(2 * time.Minute)
	w.Tick("jobs/advance")
	w.Settle()
	if r := w.Admin.Get(w.Path("/jobs/" + job)).OK(); r.String("state") != "done" {
		w.T.Fatalf("%s", r.Body)
	}
}

// traces is everything that still names somebody, in the table where nothing goes
// by itself; jobs do, and say whom they were about by identifier.
func traces(w *testkit.World, words ...string) (left []string) {
	w.T.Helper()
	db := local.DatabaseClient(w.System.Database())
	in := &dynamodb.ScanInput{TableName: &[]string{w.System.Tables()[schema.Core]}[0]}
	for {
		out, err := db.Scan(context.Background(), in)
		if err != nil {
			w.T.Fatal(err)
		}
		for _, item := range out.Items {
			if item[schema.KindAttr].(*types.AttributeValueMemberS).Value == string(schema.Job) {
				continue
			}
			for _, word := range words {
				if one := fmt.Sprint(flat(item)); strings.Contains(one, word) {
					left = append(left, one)
					break
				}
			}
		}
		if in.ExclusiveStartKey = out.LastEvaluatedKey; in.ExclusiveStartKey == nil {
			return left
		}
	}
}

func TestT6ATestClientIsMarkedNeverCountedAndRemovedWithAllItMade(t *testing.T) {
	w := testkit.New(t)
	ours(w)
	one := account(w, "Bodegas Sol")
	w.Admin.Patch(w.Path("/roles/"+w.Role), map[string]any{"seats": 1}).OK()
	real := contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one}})
	w.Advance(time.Second) // lists of an account are in the order in which its people were made
	r := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Ana Prueba", "address": tryout, "accounts": []any{one}, "test": true, "external_id": "try-1"}).OK()
	id := r.String("id")
	path := w.Path("/contacts/" + id)
	if r.At("test") != true {
		t.Fatalf("%s", r.Body)
	}
	if v := invite(w, map[string]any{"contact": id}); v != "invited" {
		t.Fatalf("with an address of the firm's own: %s", v)
	}
	client := w.AcceptMailed(tryout, testkit.Password)
	client.Get(w.Path("/sessions/current")).OK()
	w.SignIn(tryout, testkit.Password).Get(w.Path("/sessions/current")).OK()

	t.Run("it is marked wherever it is shown", func(t *testing.T) {
		for list, at := range map[string]string{"/contacts?account=" + one: "items.1.test", "/members": "items.0.test", "/invitations?state=accepted": "items.0.test", "/accounts/" + one: "contacts.1.test"} {
			if r := w.Admin.Get(w.Path(list)).OK(); r.At(at) != true {
				t.Errorf("%s: %s", list, r.Body)
			}
		}
		if r := w.Admin.Get(path).OK(); r.At("test") != true {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("a list shows test clients alone", func(t *testing.T) {
		for query, want := range map[string]int{"": 1, "&name=ana": 1, "&name=eva": 0} {
			if r := w.Admin.Get(w.Path("/contacts?test=true" + query)).OK(); r.Len("items") != want || want == 1 && r.String("items.0.id") != id {
				t.Errorf("%s: %s", query, r.Body)
			}
		}
		w.Admin.Get(w.Path("/contacts?test=true&account="+one)).Problem(422, "filters_together")
	})
	t.Run("it takes no seat", func(t *testing.T) {
		if v := invite(w, map[string]any{"contact": real}); v != "invited" {
			t.Fatalf("the only seat is taken: %s", v)
		}
		if r := w.Admin.Get(w.Path("/roles/" + w.Role)).OK(); r.At("taken") == 2.0 {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("its account is not active by it", func(t *testing.T) {
		w.Tick("jobs/assess")
		if r := w.Admin.Get(w.Path("/accounts?state=active")).OK(); r.Len("items") != 0 {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(w.Path("/accounts/" + one)).OK(); r.String("state") != "pending" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("only test clients are removed, and only by who manages contacts", func(t *testing.T) {
		w.Admin.Delete(w.Path("/contacts/"+real)).Problem(409, "not_a_test_client")
		client.Delete(path).Problem(403, "not_allowed")
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		other.Admin.Delete(other.Path("/contacts/"+id)).Problem(404, "not_found")
	})
	w.Anonymous().Post(w.Path("/passwords/forgot"), map[string]any{"address": tryout})
	w.Settle()
	job := w.Admin.Delete(path).OK().String("job")
	t.Run("it is shut out with the next request", func(t *testing.T) {
		client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": tryout, "password": testkit.Password}).Problem(403, "deactivated")
		if v := invite(w, map[string]any{"contact": id}); v == "invited" {
			t.Error("invited while it goes")
		}
		w.Admin.Post(w.Path("/accounts/"+one+"/contacts/"+id+"/grants"), map[string]any{"portal": w.Portal}).Problem(422, "contact_unknown")
		if again := w.Admin.Delete(path).OK().String("job"); again != job {
			t.Errorf("two jobs: %s, %s", job, again)
		}
	})
	cleared(w, job)
	w.Admin.Get(path).Problem(404, "not_found")
	w.Admin.Delete(path).Problem(404, "not_found")
	if left := traces(w, id, "prueba"); len(left) > 0 {
		t.Errorf("%d left:\n%s", len(left), strings.Join(left, "\n"))
	}
	t.Run("the trail stays, by identifiers", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + id)).OK()
		if !strings.Contains(string(r.Body), `"contact.removed"`) || strings.Contains(string(r.Body), "prueba") {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("and the address is free for another", func(t *testing.T) {
		again := contact(w, map[string]any{"address": tryout, "test": true})
		if v := invite(w, map[string]any{"contact": again}); v != "invited" {
			t.Error(v)
		}
	})
}

func TestT6ATestClientsAddressIsItsOwn(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	contact(w, map[string]any{"address": eva, "accounts": []any{one}})
	create := func(body map[string]any) testkit.Response { return w.Admin.Post(w.Path("/contacts"), body) }
	create(map[string]any{"name": "Ana", "test": true}).Problem(422, "test_client_without_address")
	create(map[string]any{"address": eva, "test": true}).Problem(422, "test_client_address")
	id := create(map[string]any{"address": tryout, "test": true, "accounts": []any{one}}).OK().String("id")
	create(map[string]any{"address": tryout, "test": true}).Problem(422, "test_client_address")
	create(map[string]any{"address": tryout, "accounts": []any{two}}).Problem(422, "test_client_address")
	w.Admin.Patch(w.Path("/contacts/"+id), map[string]any{"address": "ana@firm.example"}).Problem(422, "test_client_fixed")
	w.Admin.Patch(w.Path("/contacts/"+id), map[string]any{"test": false}).Problem(422, "invalid")
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": tryout, "account": two}}}).OK()
	if r.String("lines.0.code") != "test_client_address" {
		t.Errorf("%s", r.Body)
	}
	if v := invite(w, map[string]any{"address": tryout}); v != "invited" {
		t.Fatal(v)
	}
	i := w.Admin.Get(w.Path("/invitations?state=pending")).OK()
	w.Admin.Patch(w.Path("/invitations/"+i.String("items.0.id")), map[string]any{"address": "ana@firm.example"}).Problem(422, "test_client_fixed")
}

func TestT6WhatElseAStaffMemberIsStays(t *testing.T) {
	w := testkit.New(t)
	ours(w)
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"name": "Ana", "address": testkit.AdminAddress, "accounts": []any{one}, "test": true})
	if v := invite(w, map[string]any{"contact": id}); v != "offered" {
		t.Fatal(v)
	}
	tried := w.Bearer(w.Admin.Post("/v1/invitations/accept", map[string]any{"token": w.TokenIn(w.LastMailTo(testkit.AdminAddress))}).OK().String("token"))
	if r := tried.Get(w.Path("/sessions/current")).OK(); r.String("grant.contact.id") != id {
		t.Fatalf("%s", r.Body)
	}
	job := w.Admin.Delete(w.Path("/contacts/" + id)).OK().String("job")
	tried.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	cleared(w, job) // as the admin, who is signed in still
	w.Admin.Get(w.Path("")).OK()
	w.Admin.Get(w.Path("/contacts/"+id)).Problem(404, "not_found")
	if left := traces(w, id); len(left) > 0 {
		t.Errorf("%s", strings.Join(left, "\n"))
	}
}

// flat is an item as words.
func flat(item map[string]types.AttributeValue) map[string]any {
	var out map[string]any
	_ = attributevalue.UnmarshalMap(item, &out)
	return out
}

func TestT6WhomATestClientInvitesIsOneAsWell(t *testing.T) {
	w := testkit.New(t)
	ours(w)
	one := account(w, "Bodegas Sol")
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"colleagues": true}}).OK()
	w.Admin.Patch(w.Path("/roles/"+w.Role), map[string]any{"may": []string{"own.profile", "colleague.invite"}, "seats": 1}).OK()
	contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one}})
	id := contact(w, map[string]any{"name": "Ana", "address": tryout, "accounts": []any{one}, "test": true})
	if v := invite(w, map[string]any{"contact": id}); v != "invited" {
		t.Fatal(v)
	}
	client := w.AcceptMailed(tryout, testkit.Password)
	client.Post(w.Path("/colleagues"), map[string]any{"address": eva}).Problem(409, "colleague_refused") // who is none
	client.Post(w.Path("/colleagues"), map[string]any{"address": "luis@firm.example", "name": "Luis"}).OK()
	w.Settle()
	if r := w.Admin.Get(w.Path("/contacts?test=true")).OK(); r.Len("items") != 2 {
		t.Errorf("%s", r.Body)
	}
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	luis.Get(w.Path("/sessions/current")).OK()
	job := w.Admin.Delete(w.Path("/contacts/" + id)).OK().String("job")
	w.Tick("jobs/advance")
	luis.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required") // who goes with it
	cleared(w, job)
	w.Tick("jobs/advance")
	if r := w.Admin.Get(w.Path("/contacts?test=true")).OK(); r.Len("items") != 0 {
		t.Errorf("%s", r.Body)
	}
	if left := traces(w, id, "luis", "prueba"); len(left) > 0 {
		t.Errorf("%d left:\n%s", len(left), strings.Join(left, "\n"))
	}
}

func TestT6TheAccountThatALinkMadeForATestClientGoesWithIt(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	const address = "prueba@client.example"
	id := contact(w, map[string]any{"name": "Ana Prueba", "address": address, "accounts": []any{one}, "test": true})
	link := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "max_uses": 1}).OK()
	_, token, _ := strings.Cut(link.String("url"), "#")
	r := w.Anonymous().Post("/v1/joinlinks/join", map[string]any{"token": token, "address": address, "password": testkit.Password, "name": "Ana Prueba"}).OK()
	w.Settle()
	w.Anonymous().Post("/v1/verifications/confirm", map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"),
		"binding": r.String("binding"), "code": w.CodeIn(w.LastMailTo(address))}).OK()
	if r := w.Admin.Get(w.Path("/joinlinks/" + link.String("joinlink.id"))).OK(); r.At("uses") != 0.0 {
		t.Errorf("it was counted: %s", r.Body)
	}
	card := w.Admin.Get(w.Path("/contacts/" + id)).OK()
	if card.Len("accounts") != 2 {
		t.Fatalf("%s", card.Body)
	}
	made := card.String("accounts.0")
	if made == one {
		made = card.String("accounts.1")
	}
	w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva", "accounts": []any{made}}).Problem(422, "account_unknown")
	r = w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": eva, "account": made}}}).OK()
	if r.String("lines.0.code") != "account_unknown" {
		t.Errorf("%s", r.Body)
	}
	w.Tick("jobs/assess") // how the account stands goes with it
	cleared(w, w.Admin.Delete(w.Path("/contacts/"+id)).OK().String("job"))
	w.Admin.Get(w.Path("/accounts/"+made)).Problem(404, "not_found")
	w.Admin.Get(w.Path("/accounts/" + one)).OK()
	if left := traces(w, id, "prueba", made); len(left) > 0 {
		t.Errorf("%d left:\n%s", len(left), strings.Join(left, "\n"))
	}
}

func TestT6ATestClientWithoutAccountJoinsByALinkAsItself(t *testing.T) {
	w := testkit.New(t)
	const address = "prueba@client.example"
	id := contact(w, map[string]any{"address": address, "test": true})
	_, token, _ := strings.Cut(w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal}).OK().String("url"), "#")
	join := map[string]any{"token": token, "address": address, "password": testkit.Password, "name": "Ana Prueba"}
	r := w.Anonymous().Post("/v1/joinlinks/join", join).OK()
	w.Settle()
	w.Anonymous().Post("/v1/verifications/confirm", map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"),
		"binding": r.String("binding"), "code": w.CodeIn(w.LastMailTo(address))}).OK()
	if r := w.Admin.Get(w.Path("/contacts/" + id)).OK(); r.Len("accounts") != 1 {
		t.Errorf("%s", r.Body)
	}
	if r := w.Admin.Get(w.Path("/contacts")).OK(); r.Len("items") != 1 {
		t.Errorf("somebody else was made: %s", r.Body)
	}
}

func TestT6NobodyComesInAsATestClientThatIsRemoved(t *testing.T) {
	w := testkit.New(t)
	ours(w)
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"address": tryout, "accounts": []any{one}, "test": true})
	if v := invite(w, map[string]any{"contact": id}); v != "invited" {
		t.Fatal(v)
	}
	w.Settle()
	sent := w.Admin.Get(w.Path("/invitations?state=pending")).OK().String("items.0.id")
	token := w.TokenIn(w.LastMailTo(tryout))
	job := w.Admin.Delete(w.Path("/contacts/" + id)).OK().String("job")
	w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": testkit.Password}).Problem(404, "link_unknown")
	w.Admin.Post(w.Path("/invitations/"+sent+"/resend"), nil).Problem(404, "not_found")
	cleared(w, job)
	if n := len(w.MailTo(tryout)); n != 1 {
		t.Errorf("%d mails", n)
	}
	if left := traces(w, id, "prueba"); len(left) > 0 {
		t.Errorf("%d left:\n%s", len(left), strings.Join(left, "\n"))
	}
}

func TestT6ATestClientIsRemovedWhileItAccepts(t *testing.T) {
	w := testkit.New(t)
	ours(w)
	w.LiftCaps()
	one := account(w, "Bodegas Sol")
	for trial := range 8 {
		address := fmt.Sprintf("prueba%d@firm.example", trial)
		id := contact(w, map[string]any{"address": address, "accounts": []any{one}, "test": true})
		if v := invite(w, map[string]any{"contact": id}); v != "invited" {
			t.Fatal(v)
		}
		w.Settle()
		token := w.TokenIn(w.LastMailTo(address))
		var accepted, removed testkit.Response
		var both sync.WaitGroup
		both.Go(func() {
			accepted = w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": testkit.Password})
		})
		both.Go(func() { removed = w.Admin.Delete(w.Path("/contacts/" + id)) })
		both.Wait()
		switch accepted.Status {
		case 200:
			w.Bearer(accepted.String("token")).Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		default:
			accepted.Problem(404, "link_unknown")
		}
		cleared(w, removed.OK().String("job"))
		if left := traces(w, id, address); len(left) > 0 {
			t.Errorf("%d left, accepting was answered %d:\n%s", len(left), accepted.Status, strings.Join(left, "\n"))
		}
	}
}

func TestT6AJoinRequestOfATestClientIsMarkedAndGoesWithIt(t *testing.T) {
	w := testkit.New(t)
	const address = "prueba@client.example"
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"name": "Ana Prueba", "address": address, "accounts": []any{one}, "test": true})
	link := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "approval": true}).OK()
	_, token, _ := strings.Cut(link.String("url"), "#")
	r := w.Anonymous().Post("/v1/joinlinks/join", map[string]any{"token": token, "address": address, "password": testkit.Password, "name": "Ana Prueba"}).OK()
	w.Settle()
	w.Anonymous().Post("/v1/verifications/confirm", map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"),
		"binding": r.String("binding"), "code": w.CodeIn(w.LastMailTo(address))})
	list := w.Admin.Get(w.Path("/joinrequests?state=waiting")).OK()
	if list.Len("items") != 1 || list.At("items.0.test") != true {
		t.Fatalf("%s", list.Body)
	}
	job := w.Admin.Delete(w.Path("/contacts/" + id)).OK().String("job")
	cleared(w, job)
	if left := traces(w, id, "prueba"); len(left) > 0 {
		t.Errorf("%d left:\n%s", len(left), strings.Join(left, "\n"))
	}
}
