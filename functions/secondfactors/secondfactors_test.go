package secondfactors_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/domain/factor"
	"portero/shared/testkit"
)

type object = map[string]any

const luis = "luis@firm.example"

// colleague invites somebody to staff and returns them signed in.
func colleague(w *testkit.World, address, level string) *testkit.Client {
	w.T.Helper()
	w.Admin.Post(w.Path("/staff/invitations"), object{"address": address, "level": level}).OK()
	w.Settle()
	return w.AcceptMailed(address, testkit.Password)
}

// phone is somebody's authenticator app.
type phone struct {
	w      *testkit.World
	secret string
}

// code is what the app shows now.
func (p phone) code() string {
	p.w.T.Helper()
	s, err := factor.ParseSecret(p.secret)
	if err != nil {
		p.w.T.Fatal(err)
	}
	code, err := s.CodeAt(p.w.Now())
	if err != nil {
		p.w.T.Fatal(err)
	}
	return code
}

// setUp sets up a second factor and waits for the next code.
func setUp(w *testkit.World, c *testkit.Client, password string) (phone, []string) {
	w.T.Helper()
	p := phone{w, c.Post(w.Path("/me/second-factor/begin"), nil).OK().String("secret")}
	r := c.Post(w.Path("/me/second-factor"), object{"secret": p.secret, "code": p.code(), "password": password}).OK()
	w.Advance(factor.Period)
	return p, strings.Fields(strings.NewReplacer("[", "", "]", "", `"`, "", ",", " ").Replace(string(r.Body[len(`{"recovery_codes":`) : len(r.Body)-1])))
}

func signIn(w *testkit.World, address, password, code string) testkit.Response {
	w.T.Helper()
	body := object{"address": address, "password": password}
	if code != "" {
		body["code"] = code
	}
	return w.Anonymous().Post(w.Path("/sessions"), body)
}

func TestB3StaffSetUpASecondFactor(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	other := w.Bearer(signIn(w, luis, testkit.Password, "").OK().String("token"))
	begun := c.Post(w.Path("/me/second-factor/begin"), nil).OK()
	p := phone{w, begun.String("secret")}
	if link := begun.String("link"); !strings.HasPrefix(link, "otpauth://totp/Garrigues%20") || !strings.Contains(link, p.secret) || begun.String("qr.path") == "" {
		t.Fatalf("%s", begun.Body)
	}
	try := func(secret, code, password string) testkit.Response {
		return c.Post(w.Path("/me/second-factor"), object{"secret": secret, "code": code, "password": password})
	}
	t.Run("wrong password, code or secret set up nothing", func(t *testing.T) {
		try(p.secret, p.code(), "not the password at all").Problem(401, "sign_in_failed")
		try(p.secret, "000000", testkit.Password).Problem(422, "second_factor_wrong")
		try("nonsense", p.code(), testkit.Password).Problem(422, "secret_malformed")
		signIn(w, luis, testkit.Password, "").OK()
	})
	before := len(w.MailTo(luis))
	keyed := c.With("Idempotency-Key", "setup-1")
	body := object{"secret": p.secret, "code": p.code(), "password": testkit.Password}
	first := keyed.Post(w.Path("/me/second-factor"), body).OK()
	if first.Len("recovery_codes") != factor.RecoveryCodes {
		t.Fatalf("%s", first.Body)
	}
	other.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	again := keyed.Post(w.Path("/me/second-factor"), body).OK()
	if again.Len("recovery_codes") != factor.RecoveryCodes || again.String("recovery_codes.0") == first.String("recovery_codes.0") {
		t.Fatalf("B2: %s", again.Body)
	}
	try(p.secret, p.code(), testkit.Password).Problem(409, "second_factor_there")
	if me := c.Get(w.Path("/sessions/current")).OK(); me.At("identity.second_factor.app") != true || me.At("identity.second_factor.recovery_codes") != float64(factor.RecoveryCodes) {
		t.Fatalf("%s", me.Body)
	}
	w.Settle()
	if got := w.MailTo(luis); len(got) != before+1 || !strings.Contains(got[len(got)-1].Subject, "segundo paso") {
		t.Errorf("%d mails", len(got)-before)
	}

	t.Run("the password alone lets nobody in", func(t *testing.T) {
		signIn(w, luis, testkit.Password, "").Problem(401, "second_factor_needed")
		signIn(w, luis, testkit.Password, "000000").Problem(422, "second_factor_wrong")
		signIn(w, luis, "not the password at all", p.code()).Problem(401, "sign_in_failed")
	})
	t.Run("a code works once, and the one of the set-up is over", func(t *testing.T) {
		signIn(w, luis, testkit.Password, p.code()).Problem(422, "second_factor_wrong")
		w.Advance(factor.Period)
		signIn(w, luis, testkit.Password, p.code()).OK()
		signIn(w, luis, testkit.Password, p.code()).Problem(422, "second_factor_wrong")
	})
	t.Run("a recovery code works once", func(t *testing.T) {
		one := again.String("recovery_codes.2")
		signIn(w, luis, testkit.Password, first.String("recovery_codes.2")).Problem(422, "second_factor_wrong")
		signIn(w, luis, testkit.Password, strings.ToLower(one)).OK()
		signIn(w, luis, testkit.Password, one).Problem(422, "second_factor_wrong")
	})
	t.Run("clients have none", func(t *testing.T) {
		w.Invite("eva@client.example")
		eva := w.AcceptMailed("eva@client.example", testkit.Password)
		eva.Post(w.Path("/me/second-factor"), object{"secret": p.secret, "code": p.code(), "password": testkit.Password}).Problem(409, "second_factor_staff_only")
	})
	t.Run("it is in the trail", func(t *testing.T) {
		seen := string(w.Admin.Get(w.Path("/audit")).OK().Body)
		for _, action := range []string{"secondfactor.set_up", "secondfactor.codes_renewed"} {
			if !strings.Contains(seen, action) {
				t.Errorf("no %s", action)
			}
		}
	})
}

func TestB3TheWorkspaceAsksStaffForASecondFactor(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "admin")
	w.Admin.Patch(w.Path(""), object{"settings": object{"second_factor": true}}).OK()
	c.Get(w.Path("/staff")).OK() // until the next sign-in
	r := signIn(w, luis, testkit.Password, "").OK()
	if r.String("owes") != "second_factor" {
		t.Fatalf("%s", r.Body)
	}
	c = w.Bearer(r.String("token"))
	t.Run("until it is set up, nothing else can be done", func(t *testing.T) {
		for _, path := range []string{"/staff", "", "/audit", "/sessions", "/accounts"} {
			c.Get(w.Path(path)).Problem(403, "sign_in_unfinished")
		}
		c.Patch(w.Path(""), object{"settings": object{"second_factor": false}}).Problem(403, "sign_in_unfinished")
		c.Delete(w.Path("/sessions")).Problem(403, "sign_in_unfinished")
		if me := c.Get(w.Path("/sessions/current")).OK(); me.String("session.owes") != "second_factor" || me.At("workspace.second_factor") != true {
			t.Fatalf("%s", me.Body)
		}
	})
	t.Run("nor by a link, as if they were in", func(t *testing.T) {
		link := w.Admin.Post(w.Path("/joinlinks"), object{"portal": w.Portal, "create_contact": true}).OK().String("url")
		_, token, _ := strings.Cut(link, "#")
		c.Post("/v1/joinlinks/join", object{"token": token, "name": "Luis"}).Problem(422, "address_malformed")
	})
	p, _ := setUp(w, c, testkit.Password)
	t.Run("then the same session goes on", func(t *testing.T) {
		c.Get(w.Path("/staff")).OK()
		if r := signIn(w, luis, testkit.Password, p.code()).OK(); r.At("owes") != nil {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("and it cannot be taken away", func(t *testing.T) {
		w.Advance(factor.Period)
		c.Post(w.Path("/me/second-factor/remove"), object{"password": testkit.Password, "code": p.code()}).Problem(409, "second_factor_required")
	})
	t.Run("a new colleague sets it up first", func(t *testing.T) {
		fresh := colleague(w, "nuria@firm.example", "member")
		fresh.Get(w.Path("/staff")).Problem(403, "sign_in_unfinished")
		setUp(w, fresh, testkit.Password)
		fresh.Get(w.Path("/staff")).OK()
	})
	t.Run("switched off again, nobody is asked", func(t *testing.T) {
		w.Admin.Patch(w.Path(""), object{"settings": object{"second_factor": false}}).OK()
		colleague(w, "olga@firm.example", "member").Get(w.Path("/staff")).OK()
		w.Admin.Patch(w.Path(""), object{"settings": object{"second_factor": true}}).OK()
	})
	t.Run("clients are not asked", func(t *testing.T) {
		w.Invite("eva@client.example")
		w.AcceptMailed("eva@client.example", testkit.Password).Get(w.Path("/sessions")).OK()
	})
}

func TestB3ASecondFactorIsTakenAwayOrReset(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	who := c.Get(w.Path("/sessions/current")).OK().String("identity.id")
	reset := w.Path("/staff/" + who + "/second-factor/reset")
	p, codes := setUp(w, c, testkit.Password)
	t.Run("with password and code", func(t *testing.T) {
		c.Post(w.Path("/me/second-factor/remove"), object{"password": "not the password at all", "code": p.code()}).Problem(401, "sign_in_failed")
		c.Post(w.Path("/me/second-factor/remove"), object{"password": testkit.Password, "code": "123"}).Problem(422, "second_factor_wrong")
		c.Post(w.Path("/me/second-factor/remove"), object{"password": testkit.Password, "code": p.code()}).OK()
		c.Post(w.Path("/me/second-factor/remove"), object{"password": testkit.Password, "code": p.code()}).Problem(409, "second_factor_none")
		signIn(w, luis, testkit.Password, "").OK()
	})
	t.Run("its recovery codes are drawn anew", func(t *testing.T) {
		p, codes = setUp(w, c, testkit.Password)
		fresh := c.Post(w.Path("/me/second-factor/recovery-codes"), object{"password": testkit.Password, "code": codes[0]}).OK()
		signIn(w, luis, testkit.Password, codes[1]).Problem(422, "second_factor_wrong")
		signIn(w, luis, testkit.Password, fresh.String("recovery_codes.0")).OK()
	})
	t.Run("by another admin, who is not a member of staff only, nor oneself", func(t *testing.T) {
		own := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		w.Admin.Post(w.Path("/staff/"+own+"/second-factor/reset"), nil).Problem(409, "second_factor_own")
		c.Post(reset, nil).Problem(403, "not_allowed")
		w.Admin.Post(w.Path("/staff/idn_01jd0h5m3w8q4v9x2c6k7n1t5z/second-factor/reset"), nil).Problem(404, "not_found")
		w.Settle()
		before := len(w.MailTo(luis))
		w.Admin.Post(reset, nil).OK()
		w.Admin.Post(reset, nil).Problem(409, "second_factor_none")
		c.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		signIn(w, luis, testkit.Password, "").OK()
		w.Settle()
		if got := len(w.MailTo(luis)) - before; got != 1 {
			t.Errorf("%d mails", got)
		}
	})
}

func TestB3AnotherPasswordAndTheSecondFactor(t *testing.T) {
	const next = "another long password 3"
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	p, codes := setUp(w, c, testkit.Password)
	t.Run("changed: the app goes on", func(t *testing.T) {
		r := c.Post(w.Path("/me/password"), object{"old": testkit.Password, "new": next}).OK()
		c = w.Bearer(r.String("token"))
		signIn(w, luis, next, p.code()).OK()
	})
	t.Run("reset by mail: the mailbox does not take the app's place", func(t *testing.T) {
		w.Anonymous().Post(w.Path("/password-resets"), object{"address": luis}).OK()
		w.Settle()
		w.Anonymous().Post("/v1/password-resets/redeem", object{"token": w.TokenIn(w.LastMailTo(luis)), "password": testkit.Password}).OK()
		w.Advance(factor.Period)
		signIn(w, luis, testkit.Password, "").Problem(422, "recovery_code_needed")
		signIn(w, luis, testkit.Password, p.code()).Problem(422, "recovery_code_needed")
		r := signIn(w, luis, testkit.Password, codes[0]).OK()
		c = w.Bearer(r.String("token"))
		c.Get(w.Path("/staff")).Problem(403, "sign_in_unfinished")
		p, _ = setUp(w, c, testkit.Password)
		c.Get(w.Path("/staff")).OK()
		signIn(w, luis, testkit.Password, p.code()).OK()
	})
	t.Run("eight characters do with a second factor, if the workspace says so", func(t *testing.T) {
		const short = "aj7Kq2xw"
		change := func(old, new string) testkit.Response {
			return c.Post(w.Path("/me/password"), object{"old": old, "new": new})
		}
		change(testkit.Password, short).Problem(422, "password_too_short")
		w.Admin.Patch(w.Path(""), object{"settings": object{"min_password_second": 7}}).Problem(422, "invalid")
		w.Admin.Patch(w.Path(""), object{"settings": object{"min_password_second": 8}}).OK()
		w.Admin.Post(w.Path("/me/password"), object{"old": testkit.Password, "new": short}).Problem(422, "password_too_short")
		c = w.Bearer(change(testkit.Password, short).OK().String("token"))
		w.Advance(factor.Period)
		c.Post(w.Path("/me/second-factor/remove"), object{"password": short, "code": p.code()}).Problem(422, "password_too_short")
		who := c.Get(w.Path("/sessions/current")).OK().String("identity.id")
		w.Admin.Post(w.Path("/staff/"+who+"/second-factor/reset"), nil).OK()
		r := signIn(w, luis, short, "").OK()
		if r.String("owes") != "password" {
			t.Fatalf("%s", r.Body)
		}
		c = w.Bearer(r.String("token"))
		c.Get(w.Path("/staff")).Problem(403, "sign_in_unfinished")
		change(short, "short as well").Problem(422, "password_too_short")
		c = w.Bearer(change(short, testkit.Password).OK().String("token"))
		c.Get(w.Path("/staff")).OK()
	})
}

func TestB3GuessingASecondFactor(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	p, codes := setUp(w, c, testkit.Password)
	for range 10 {
		signIn(w, luis, testkit.Password, "000000").Problem(422, "second_factor_wrong")
	}
	signIn(w, luis, testkit.Password, p.code()).Problem(429, "too_many_requests")
	signIn(w, luis, testkit.Password, codes[0]).Problem(429, "too_many_requests")
	w.Advance(15 * time.Minute)
	signIn(w, luis, testkit.Password, p.code()).OK()
}

func TestB3AnInvitationIsNoWayAroundTheSecondFactor(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	p, _ := setUp(w, c, testkit.Password)
	w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "lines": []any{object{"address": luis}}}).OK()
	w.Settle()
	token := w.TokenIn(w.LastMailTo(luis))
	w.Anonymous().Post("/v1/invitations/accept", object{"token": token, "password": testkit.Password, "sign_in": true}).Problem(401, "second_factor_needed")
	in := w.Bearer(signIn(w, luis, testkit.Password, p.code()).OK().String("token"))
	in.Post("/v1/invitations/accept", object{"token": token}).OK()

	link := w.Admin.Post(w.Path("/joinlinks"), object{"portal": w.Portal, "create_contact": true}).OK().String("url")
	_, token, _ = strings.Cut(link, "#")
	r := w.Anonymous().Post("/v1/joinlinks/join", object{"token": token, "address": luis, "password": testkit.Password, "name": "Luis"}).OK()
	w.Settle()
	w.Anonymous().Post("/v1/verifications/confirm", object{"workspace": r.String("workspace"), "verification": r.String("verification"),
		"binding": r.String("binding"), "code": w.CodeIn(w.LastMailTo(luis))}).Problem(401, "second_factor_needed")
}
